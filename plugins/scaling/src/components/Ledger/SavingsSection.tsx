import Typography from '@material-ui/core/Typography';
import {
  DataTable,
  entityName,
  formatInstant,
  formatQuantity,
  Money,
  Section,
  toMicros,
  useMoneyRange,
} from '@headroom/react';
import { SavingRow } from '@headroom/plugin-scaling-common';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';

/** What each policy, or advice that was applied, saved on each workload: expected and measured. */
export function SavingsSection(props: {
  rows: readonly SavingRow[];
  /** Of amounts that aren't measured yet; absent = not known. */
  currency?: string;
  fileName: string;
}) {
  const { rows, currency, fileName } = props;
  const { t } = useScalingTranslation();
  const rangeOf = useMoneyRange();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const perHour = (micros: string | undefined, of: string | undefined) =>
    micros !== undefined && of ? (
      <Money micros={toMicros(micros)} currency={of} />
    ) : (
      '\u2013'
    );
  return (
    <Section title={t('savings.title')} subtitle={t('savings.subtitle')}>
      {rows.length === 0 ? (
        <Typography variant="body2">{t('savings.none')}</Typography>
      ) : (
        <DataTable
          id="savings"
          label={t('savings.title')}
          rows={rows}
          rowKey={row =>
            [row.controller, row.policyId, row.cluster, row.subject].join(' ')
          }
          initialSorting={{ column: 'measured', direction: 'desc' }}
          fileName={fileName}
          columns={[
            {
              id: 'subject',
              title: t('column.workload'),
              value: ({ subject, cluster, entityRef }) =>
                [subject, cluster, entityRef].filter(Boolean).join(' '),
              render: ({ subject, cluster, entityRef }) => (
                <>
                  {subject}
                  <div>
                    {cluster}
                    {entityRef && ` · ${entityName(entityRef)}`}
                  </div>
                </>
              ),
              csv: ({ subject }) => subject,
            },
            {
              id: 'policy',
              title: t('column.policy'),
              value: ({ policyTitle }) => policyTitle,
            },
            {
              id: 'since',
              title: t('column.since'),
              value: ({ since }) => since,
              render: ({ since }) => formatInstant(since, timezone),
            },
            {
              id: 'actions',
              title: t('column.actions'),
              numeric: true,
              value: ({ actions }) => actions,
            },
            {
              id: 'before',
              title: t('column.baseline'),
              hint: t('hint.baseline'),
              numeric: true,
              value: ({ baselinePerHour }) =>
                baselinePerHour === undefined
                  ? undefined
                  : BigInt(baselinePerHour),
              render: ({ baselinePerHour, measured }) =>
                perHour(baselinePerHour, measured?.currency ?? currency),
            },
            {
              id: 'expected',
              title: t('column.expectedSaving'),
              hint: t('hint.expectedSaving'),
              numeric: true,
              value: ({ expectedPerHour }) =>
                expectedPerHour === undefined
                  ? undefined
                  : BigInt(expectedPerHour),
              render: ({ expectedPerHour, measured }) =>
                perHour(expectedPerHour, measured?.currency ?? currency),
            },
            {
              id: 'measured',
              title: t('column.measured'),
              hint: t('hint.measured'),
              numeric: true,
              value: ({ measured }) => measured && BigInt(measured.saved),
              render: ({ measured }) =>
                measured ? (
                  <>
                    <Money
                      micros={toMicros(measured.saved)}
                      currency={measured.currency}
                    />
                    <div>
                      {t('savings.interval', {
                        range: rangeOf(
                          toMicros(measured.low),
                          toMicros(measured.high),
                          measured.currency,
                        ),
                        hours: formatQuantity(measured.hours),
                      })}
                    </div>
                  </>
                ) : (
                  t('savings.notYet')
                ),
            },
            {
              id: 'remark',
              title: t('column.because'),
              value: ({ remark, inEffect }) =>
                [wordingOf(remark), !inEffect && t('savings.over')]
                  .filter(Boolean)
                  .join(' '),
            },
          ]}
        />
      )}
    </Section>
  );
}
