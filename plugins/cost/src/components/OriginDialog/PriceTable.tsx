import { Origin } from '@headroom/plugin-cost-common';
import { formatDay, formatPrice, formatQuantity } from '../../format';
import { useCostTranslation } from '../../useCostTranslation';
import { DataColumn, DataTable } from '../DataTable';

type Price = Origin['prices'][number];

/** What a node of each kind costs an hour, and who says so. */
export function PriceTable(props: { prices: Price[]; fileName: string }) {
  const { prices, fileName } = props;
  const { t } = useCostTranslation();
  const columns: DataColumn<Price>[] = [
    { id: 'cluster', title: t('column.cluster'), value: row => row.cluster },
    { id: 'pool', title: t('column.nodePool'), value: row => row.nodePool },
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
      value: row => Number(row.hourlyPrice),
      render: row => formatPrice(row.hourlyPrice, row.currency),
      csvTitle: t('column.hourlyPrice'),
      csv: row => `${row.hourlyPrice} ${row.currency}`,
    },
    {
      id: 'hours',
      title: t('column.nodeHours'),
      numeric: true,
      value: row => row.nodeHours,
      render: row => formatQuantity(row.nodeHours),
    },
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
      initialSorting={{ column: 'hours', direction: 'desc' }}
      fileName={`${fileName}-prices`}
    />
  );
}
