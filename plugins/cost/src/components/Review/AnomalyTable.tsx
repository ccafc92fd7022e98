import { AnomalyRow } from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  formatDay,
  Section,
  toMicros,
} from '@headroom/react';
import { useReviewTranslation } from '../../useReviewTranslation';
import { useAnomalyText } from '../Anomalies/useAnomalyText';
import { moneyColumn } from '../costColumns';

/** What cost too much in the week, and what was known of it when the review was made. */
export function AnomalyTable(props: {
  rows: AnomalyRow[];
  currency: string;
  timezone: string;
  fileName: string;
}) {
  const { rows, currency, timezone, fileName } = props;
  const { t } = useReviewTranslation();
  const { causeTexts } = useAnomalyText(currency, timezone);
  return (
    <Section title={t('anomalies.title')} subtitle={t('anomalies.subtitle')}>
      {rows.length === 0 ? (
        t('anomalies.none')
      ) : (
        <DataTable
          id="review-anomalies"
          label={t('anomalies.title')}
          columns={[
            {
              id: 'name',
              title: t('anomalies.of'),
              value: (row: AnomalyRow) => entityName(row.entityRef),
            },
            {
              id: 'since',
              title: t('anomalies.since'),
              value: row => row.firstDay,
              render: row => formatDay(row.firstDay),
            },
            moneyColumn<AnomalyRow>({
              id: 'excess',
              title: t('anomalies.excess'),
              currency,
              micros: row => toMicros(row.excess),
              // A team's has that of its services in it.
              summed: false,
            }),
            {
              id: 'state',
              title: t('anomalies.state'),
              value: row => t(`anomalies.${row.end ?? 'open'}`),
            },
            {
              id: 'why',
              title: t('anomalies.why'),
              value: row => causeTexts(row).join(' '),
              render: row =>
                causeTexts(row).map((text, i) => <div key={i}>{text}</div>),
            },
          ]}
          rows={rows}
          rowKey={row => String(row.id)}
          initialSorting={{ column: 'excess', direction: 'desc' }}
          fileName={`${fileName}-anomalies`}
        />
      )}
    </Section>
  );
}
