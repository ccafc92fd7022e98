import { Link } from '@backstage/core-components';
import { PolicyView } from '@headroom/plugin-scaling-common';
import { DataColumn, DataTable, entityName, Tag } from '@headroom/react';
import PauseIcon from '@material-ui/icons/Pause';
import ProblemIcon from '@material-ui/icons/ReportProblemOutlined';
import { ReactNode } from 'react';
import { momentText, scheduleLines, scopeText } from '../../format';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';
import { ModeTag } from '../tags';
import { PolicyButtons } from './PolicyButtons';

/** Policies with who made them, what they are for, and what of it they win. */
export function PolicyTable(props: {
  id: string;
  policies: readonly PolicyView[];
  tools?: ReactNode;
  fileName: string;
  onChanged: () => void;
}) {
  const { id, policies, tools, fileName, onChanged } = props;
  const { t } = useScalingTranslation();
  const { timezone } = useScalingSettings();
  const links = useScalingLinks();
  const columns: Array<DataColumn<PolicyView>> = [
    {
      id: 'policy',
      title: t('column.policy'),
      value: ({ policy }) => policy.title,
      render: ({ policy }) =>
        links ? (
          <Link to={links.policy(policy.id)}>{policy.title}</Link>
        ) : (
          policy.title
        ),
    },
    {
      id: 'scope',
      title: t('column.scope'),
      value: ({ policy }) => scopeText(policy.scope, t),
    },
    {
      id: 'origin',
      title: t('column.origin'),
      value: ({ policy }) => t(`origin.${policy.origin.type}.name`),
      render: ({ policy }) => (
        <>
          {t(`origin.${policy.origin.type}.name`)}
          <div>
            {policy.origin.type === 'annotation'
              ? policy.origin.of
              : policy.by && entityName(policy.by)}
          </div>
        </>
      ),
    },
    {
      id: 'mode',
      title: t('column.mode'),
      value: ({ policy }) => t(`mode.${policy.mode}.name`),
      render: ({ policy }) => <ModeTag mode={policy.mode} />,
    },
    {
      id: 'schedule',
      title: t('column.schedule'),
      sortable: false,
      value: ({ policy }) => scheduleLines(policy, t).join('; '),
      render: ({ policy }) =>
        scheduleLines(policy, t).map(line => <div key={line}>{line}</div>),
    },
    {
      id: 'wins',
      title: t('column.wins'),
      hint: t('hint.wins'),
      numeric: true,
      value: ({ wins }) => wins,
      render: ({ wins, matches }) =>
        t('policy.winsOf', { wins: String(wins), matches: String(matches) }),
      csv: ({ wins }) => String(wins),
    },
    {
      id: 'state',
      title: t('column.state'),
      value: ({ issues, pausedUntil }) =>
        [
          pausedUntil && t('policy.paused'),
          issues.length > 0 && t('policy.issues', { count: issues.length }),
        ]
          .filter(Boolean)
          .join(' '),
      render: ({ issues, pausedUntil }) => (
        <>
          {pausedUntil && (
            <Tag tone="wait" icon={PauseIcon}>
              {t('policy.pausedUntil', {
                until: momentText(pausedUntil, timezone),
              })}
            </Tag>
          )}
          {issues.length > 0 && (
            <Tag
              tone={
                issues.some(({ severity }) => severity === 'error')
                  ? 'bad'
                  : 'wait'
              }
              icon={ProblemIcon}
            >
              {t('policy.issues', { count: issues.length })}
            </Tag>
          )}
          {!pausedUntil && issues.length === 0 && '\u2013'}
        </>
      ),
    },
  ];
  const act: DataColumn<PolicyView> = {
    id: 'act',
    title: t('column.act'),
    sortable: false,
    value: () => undefined,
    render: view =>
      view.mayChange && (
        <PolicyButtons
          view={view}
          named
          onChanged={onChanged}
          onDeleted={onChanged}
        />
      ),
  };
  return (
    <DataTable
      id={id}
      label={t('policies.title')}
      rows={policies}
      rowKey={({ policy }) => policy.id}
      columns={
        policies.some(({ mayChange }) => mayChange)
          ? [...columns, act]
          : columns
      }
      initialSorting={{ column: 'policy', direction: 'asc' }}
      fileName={fileName}
      tools={tools}
    />
  );
}
