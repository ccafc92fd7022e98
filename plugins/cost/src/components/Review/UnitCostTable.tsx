import { ReviewUnitCost } from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  formatCount,
  formatPrice,
  formatQuantity,
  Money,
  Section,
  toMicros,
} from '@headroom/react';
import { useReviewTranslation } from '../../useReviewTranslation';

/** In the unit that the row names, which may be a thousand or a million of the metric's. */
function unitsOf({ quantity, per }: ReviewUnitCost): number | undefined {
  return quantity === undefined ? undefined : quantity / per;
}

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
              value: unitsOf,
              render: row => {
                const units = unitsOf(row);
                return units === undefined
                  ? t('figure.unknown')
                  : formatQuantity(units);
              },
            },
            {
              id: 'cost',
              title: t('units.cost'),
              numeric: true,
              value: row => toMicros(row.cost),
              render: row => (
                <Money micros={toMicros(row.cost)} currency={currency} />
              ),
            },
            {
              id: 'price',
              title: t('units.price'),
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
          initialSorting={{ column: 'cost', direction: 'desc' }}
          fileName={`${fileName}-units`}
        />
      )}
    </Section>
  );
}
