import { Origin } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { DataColumn, DataTable } from '@headroom/react';

type Link = Origin['links'][number];

/** Which workloads count, and what links them to the service. */
export function LinkTable(props: { links: Link[]; fileName: string }) {
  const { links, fileName } = props;
  const { t } = useCostTranslation();
  const columns: DataColumn<Link>[] = [
    {
      id: 'workload',
      title: t('column.workload'),
      value: row => `${row.workloadKind} ${row.workload}`,
    },
    {
      id: 'namespace',
      title: t('column.namespace'),
      value: row => row.namespace,
    },
    { id: 'cluster', title: t('column.cluster'), value: row => row.cluster },
    {
      id: 'provenance',
      title: t('column.provenance'),
      value: row => t(`provenance.${row.provenance}`),
    },
    { id: 'detail', title: t('column.matched'), value: row => row.detail },
  ];
  return (
    <DataTable
      id="links"
      label={t('origin.links')}
      columns={columns}
      rows={links}
      rowKey={row =>
        [row.cluster, row.namespace, row.workloadKind, row.workload].join('/')
      }
      initialSorting={{ column: 'workload', direction: 'asc' }}
      fileName={`${fileName}-links`}
    />
  );
}
