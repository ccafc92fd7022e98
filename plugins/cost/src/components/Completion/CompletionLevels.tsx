import Typography from '@material-ui/core/Typography';
import {
  CompletionLevel,
  CompletionReport,
  LEVEL_MEASURES,
  LevelMeasure,
} from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  formatQuantity,
  formatShare,
  Notice,
  Section,
  useColumn,
} from '@headroom/react';
import {
  CompletionTranslate,
  useCompletionTranslation,
} from '../../useCompletionTranslation';
import { VerdictTag } from './VerdictTag';

const ORDER = { broken: 0, unknown: 1, held: 2 };
/** The series and the line of configuration of each measure. */
const SERIES: Record<LevelMeasure, 'latency' | 'errors' | 'requests'> = {
  p95: 'latency',
  errorRate: 'errors',
  throughput: 'requests',
};

/** Whether each service is as good as it was; what is not known is never taken for held. */
export function CompletionLevels(props: {
  levels: CompletionReport['levels'];
}) {
  const { services, others, read, tolerance } = props.levels;
  const { t } = useCompletionTranslation();
  const column = useColumn();
  return (
    <Section
      title={t('levels.title')}
      subtitle={t('levels.subtitle', {
        p95: String(tolerance.p95Percent),
        errors: String(tolerance.errorPoints),
        throughput: String(tolerance.throughputPercent),
      })}
    >
      <div className={column.root}>
        {LEVEL_MEASURES.filter(measure => !read[SERIES[measure]]).map(
          measure => (
            <Notice key={measure} severity="warning">
              {t('levels.notRead', {
                measure: t(`levels.${measure}`),
                key: `headroom.cost.serviceLevels.${SERIES[measure]}`,
              })}
            </Notice>
          ),
        )}
        {services.length === 0 ? (
          <Typography variant="body2">{t('levels.none')}</Typography>
        ) : (
          <DataTable
            id="completion-levels"
            label={t('levels.title')}
            columns={[
              {
                id: 'service',
                title: t('levels.service'),
                value: nameOf,
              },
              {
                id: 'verdict',
                title: t('levels.verdict'),
                value: row => ORDER[row.verdict],
                render: row => <VerdictTag verdict={row.verdict} />,
                csv: row => t(`verdict.${row.verdict}`),
              },
              ...LEVEL_MEASURES.map(measure => ({
                id: measure,
                title: t(`levels.${measure}`),
                value: (row: CompletionLevel) => row.checks[measure].after,
                render: (row: CompletionLevel) => checkText(row, measure, t),
                csv: (row: CompletionLevel) => checkText(row, measure, t),
              })),
            ]}
            rows={services}
            rowKey={row => row.entityRef}
            initialSorting={{ column: 'verdict', direction: 'asc' }}
            fileName="completion-service-levels"
          />
        )}
        {others > 0 && (
          <Typography variant="body2">
            {t('levels.others', { count: others })}
          </Typography>
        )}
      </div>
    </Section>
  );
}

function nameOf({ title, entityRef }: CompletionLevel): string {
  return title ?? entityName(entityRef);
}

function checkText(
  { checks }: CompletionLevel,
  measure: LevelMeasure,
  t: CompletionTranslate,
): string {
  const { verdict, before, after, reason } = checks[measure];
  const known =
    before === undefined && after === undefined
      ? undefined
      : t('levels.change', {
          before: levelText(measure, before, t),
          after: levelText(measure, after, t),
        });
  return [
    known,
    verdict === 'held' && !reason ? undefined : t(`verdict.${verdict}`),
    reason && t(`reason.${reason}`),
  ]
    .filter(part => part !== undefined)
    .join(' · ');
}

function levelText(
  measure: LevelMeasure,
  value: number | undefined,
  t: CompletionTranslate,
): string {
  if (value === undefined) {
    return t('levels.notKnown');
  }
  switch (measure) {
    case 'p95':
      return t('levels.seconds', { value: formatQuantity(value * 1000) });
    case 'errorRate':
      return formatShare(value);
    default:
      return formatQuantity(value);
  }
}
