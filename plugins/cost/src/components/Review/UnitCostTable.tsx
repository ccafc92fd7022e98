import { ReviewUnitCost } from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  formatCount,
  formatPrice,
  formatQuantity,
  Section,
} from '@headroom/react';
import { useReviewTranslation } from '../../useReviewTranslation';

/** What a unit of each service's business metrics cost, and in the week before. */
export function UnitCostTable(props: {
  rows: ReviewUnitCost[];
  currency: string;
  fileName: string;
}) {
  const { rows, currency, fileName } = props;
  const { t } = useReviewTranslation();
  const priceOf = (decimal: string | undefined) =>
    decimal === undefined ? undefined : Number(decimal);
  return (
    <Section title={t('units.title')} subtitle={t('units.subtitle')}>
      {rows.length === 0 ? (
        t('units.none')
      ) : (
        <DataTable
          id="review-units"
          label={t('units.title')}
          columns={[
            {
              id: 'service',
              title: t('units.service'),
              value: (row: ReviewUnitCost) =>
                row.title ?? entityName(row.entityRef),
            },
            {
              id: 'metric',
              title: t('units.metric'),
              value: row =>
                row.per === 1
                  ? row.metricTitle
                  : t('units.perMany', {
                      per: formatCount(row.per),
                      title: row.metricTitle,
                    }),
            },
            {
              id: 'quantity',
              title: t('units.quantity'),
              numeric: true,
              value: row => row.quantity,
              render: row =>
                row.quantity === undefined
                  ? t('figure.unknown')
                  : formatQuantity(row.quantity),
            },
            {
              id: 'cost',
              title: t('units.cost'),
              numeric: true,
              value: row => priceOf(row.unitCost),
              csv: row => row.unitCost,
              render: row =>
                row.unitCost === undefined
                  ? t(`units.reason.${row.reason ?? 'no-data'}`)
                  : formatPrice(row.unitCost, currency),
            },
            {
              id: 'before',
              title: t('units.before'),
              numeric: true,
              value: row => priceOf(row.previousUnitCost),
              csv: row => row.previousUnitCost,
              render: row =>
                row.previousUnitCost === undefined
                  ? t('figure.unknown')
                  : formatPrice(row.previousUnitCost, currency),
            },
          ]}
          rows={rows}
          rowKey={row => `${row.entityRef} ${row.metric}`}
          initialSorting={{ column: 'service', direction: 'asc' }}
          fileName={`${fileName}-units`}
        />
      )}
    </Section>
  );
}
