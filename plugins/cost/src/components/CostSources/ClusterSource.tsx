import { SourcesReport } from '@headroom/plugin-cost-common';
import {
  FigureStepList,
  Notice,
  Section,
  formatInstant,
  formatQuantity,
  hourEnd,
  useColumn,
} from '@headroom/react';
import { CostTranslate, useCostTranslation } from '../../useCostTranslation';
import { ClusterCheck } from '../ClusterCheck';
import { Problems } from '../ReportFrame';
import { BackfillProgress } from './BackfillProgress';
import { GapTable } from './GapTable';
import { SourceState } from './SourceState';
import { UnfinishedHours } from './UnfinishedHours';

/** One cluster as the Sources page knows it. */
export type SourceCluster = SourcesReport['clusters'][number];

/** `12`, or `1 per 24 hours` where one query asks for many hours. */
function queriesText(queriesPerHour: number, t: CostTranslate): string {
  return queriesPerHour > 0 && queriesPerHour < 1
    ? t('sources.queryPerHours', {
        hours: formatQuantity(Math.round(1 / queriesPerHour)),
      })
    : formatQuantity(queriesPerHour);
}

/** One cluster: its state, what is in, what is missing and why. */
export function ClusterSource(props: {
  cluster: SourceCluster;
  timezone: string;
}) {
  const { cluster, timezone } = props;
  const column = useColumn();
  const { t } = useCostTranslation();
  const instant = (at: string | undefined) =>
    at ? formatInstant(at, timezone) : t('sources.never');
  const facts = [
    { label: t('sources.source'), formula: cluster.source },
    { label: t('column.region'), formula: cluster.region ?? '\u2013' },
    { label: t('sources.firstHour'), formula: instant(cluster.firstHour) },
    {
      label: t('sources.dataUntil'),
      formula: instant(cluster.lastHour && hourEnd(cluster.lastHour)),
    },
    { label: t('sources.lastRun'), formula: instant(cluster.lastRunAt) },
    ...(cluster.queriesPerHour === undefined
      ? []
      : [
          {
            label: t('sources.queriesPerHour'),
            formula: queriesText(cluster.queriesPerHour, t),
          },
        ]),
  ];
  return (
    <Section
      title={cluster.title}
      subtitle={cluster.simulated ? t('origin.simulated') : undefined}
      action={<SourceState state={cluster.state} />}
    >
      <div className={column.root}>
        {cluster.state === 'down' && (
          <Notice severity="error">
            {cluster.downSince
              ? t('sourceDown', {
                  source: cluster.source,
                  cluster: cluster.title,
                  at: formatInstant(cluster.downSince, timezone),
                })
              : t('sources.down')}
            {cluster.lastError && ` ${cluster.lastError}`}
          </Notice>
        )}
        {cluster.state === 'no-source' && (
          <Notice severity="warning">
            {t('sources.noSource', { key: 'headroom.clusters' })}
          </Notice>
        )}
        {cluster.state === 'waiting' && (
          <Notice severity="info">{t('sources.waiting')}</Notice>
        )}
        <FigureStepList steps={facts} />
        {cluster.backfill && (
          <BackfillProgress
            backfill={cluster.backfill}
            title={cluster.title}
            timezone={timezone}
          />
        )}
        {cluster.unfinished && (
          <UnfinishedHours unfinished={cluster.unfinished} />
        )}
        <GapTable
          cluster={cluster.name}
          gaps={cluster.gaps}
          timezone={timezone}
        />
        <Problems problems={cluster.problems} timezone={timezone} />
        <ClusterCheck
          cluster={cluster.name}
          title={cluster.title}
          timezone={timezone}
        />
      </div>
    </Section>
  );
}
