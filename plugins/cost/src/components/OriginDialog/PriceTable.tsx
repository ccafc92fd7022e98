import { Origin } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  formatDay,
  formatPrice,
  formatQuantity,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

type Price = Origin['prices'][number];

/**
 * What a node of each kind costs an hour, and who says so. Pools and hours only
 * when the report has them: they are of whole clusters.
 */
export function PriceTable(props: { prices: Price[]; fileName: string }) {
  const { prices, fileName } = props;
  const { t } = useCostTranslation();
  const hasPools = prices.some(price => price.nodePool !== undefined);
  const hasHours = prices.some(price => price.nodeHours !== undefined);
  const pool: DataColumn<Price> = {
    id: 'pool',
    title: t('column.nodePool'),
    value: row => row.nodePool,
  };
  const hours: DataColumn<Price> = {
    id: 'hours',
    title: t('column.nodeHours'),
    numeric: true,
    value: row => row.nodeHours,
    render: row =>
      row.nodeHours === undefined ? '\u2013' : formatQuantity(row.nodeHours),
  };
  const columns: DataColumn<Price>[] = [
    { id: 'cluster', title: t('column.cluster'), value: row => row.cluster },
    ...(hasPools ? [pool] : []),
    {
      id: 'type',
      title: t('column.instanceType'),
      value: row => row.instanceType,
    },
    { id: 'region', title: t('column.region'), value: row => row.region },
    {
      id: 'capacity',
      title: t('column.capacity'),
      value: row => t(`capacity.${row.capacityType}`),
    },
    {
      id: 'price',
      title: t('column.hourlyPrice'),
      numeric: true,
      value: row => (isUnpriced(row) ? undefined : Number(row.hourlyPrice)),
      render: row =>
        isUnpriced(row) ? '\u2013' : formatPrice(row.hourlyPrice, row.currency),
      csvTitle: t('column.hourlyPrice'),
      csv: row => (isUnpriced(row) ? '' : `${row.hourlyPrice} ${row.currency}`),
    },
    ...(hasHours ? [hours] : []),
    {
      id: 'origin',
      title: t('column.priceOrigin'),
      value: row =>
        [
          t(`priceOrigin.${row.origin.kind}`),
          row.origin.description,
          row.origin.validFrom &&
            t('origin.validFrom', { day: formatDay(row.origin.validFrom) }),
        ]
          .filter(Boolean)
          .join(', '),
    },
  ];
  return (
    <DataTable
      id="prices"
      label={t('origin.prices')}
      columns={columns}
      rows={prices}
      rowKey={row =>
        [
          row.cluster,
          row.nodePool,
          row.instanceType,
          row.region,
          row.capacityType,
          row.hourlyPrice,
        ].join('/')
      }
      initialSorting={{
        column: hasHours ? 'hours' : 'price',
        direction: 'desc',
      }}
      fileName={`${fileName}-prices`}
    />
  );
}

/** A price nobody knows is none, not 0. */
function isUnpriced({ origin }: Price): boolean {
  return origin.kind === 'unpriced';
}
