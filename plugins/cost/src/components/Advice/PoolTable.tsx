import Typography from '@material-ui/core/Typography';
import { PoolRelease } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatPrice,
  formatQuantity,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { moneyColumn } from '../costColumns';

/** Node pools that give nodes back when all advice is taken, and what keeps the rest. */
export function PoolTable(props: {
  pools: PoolRelease[];
  currency: string;
  fileName: string;
}) {
  const { pools, currency, fileName } = props;
  const { t } = useCostTranslation();
  const columns: DataColumn<PoolRelease>[] = [
    {
      id: 'pool',
      title: t('column.nodePool'),
      value: pool => pool.nodePool,
    },
    { id: 'cluster', title: t('column.cluster'), value: pool => pool.cluster },
    {
      id: 'nodes',
      title: t('advice.pools.nodes'),
      hint: t('advice.pools.nodesHint'),
      numeric: true,
      value: pool => pool.nodes,
      render: pool => formatQuantity(Math.round(pool.nodes * 10) / 10),
    },
    {
      id: 'needed',
      title: t('advice.pools.needed'),
      hint: t('advice.pools.neededHint'),
      numeric: true,
      value: pool => pool.nodesNeeded,
    },
    {
      id: 'after',
      title: t('advice.pools.after'),
      numeric: true,
      value: pool => pool.nodesAfter,
    },
    {
      id: 'bound',
      title: t('advice.pools.boundBy'),
      hint: t('advice.pools.boundByHint'),
      value: pool => t(`advice.pools.bound.${pool.boundBy}`),
    },
    {
      id: 'price',
      title: t('advice.pools.price'),
      numeric: true,
      value: pool => Number(pool.nodeHourlyPrice),
      render: pool => formatPrice(pool.nodeHourlyPrice, currency),
      csvTitle: `${t('advice.pools.price')} (${currency})`,
      csv: pool => pool.nodeHourlyPrice,
    },
    moneyColumn<PoolRelease>({
      id: 'released',
      title: t('advice.pools.released'),
      hint: t('advice.pools.releasedHint'),
      currency,
      micros: pool => toMicros(pool.releasedMicros),
    }),
  ];
  return (
    <Section
      title={t('advice.pools.title')}
      subtitle={t('advice.pools.subtitle')}
    >
      {pools.length === 0 ? (
        <Typography variant="body2">{t('advice.pools.none')}</Typography>
      ) : (
        <DataTable
          id="pools"
          label={t('advice.pools.label')}
          columns={columns}
          rows={pools}
          rowKey={pool => `${pool.cluster}/${pool.nodePool}`}
          initialSorting={{ column: 'released', direction: 'desc' }}
          fileName={`${fileName}-node-pools`}
        />
      )}
    </Section>
  );
}
