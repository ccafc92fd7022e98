import { AdvisedResource, AdviceDetail } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  formatAmount,
  formatInstant,
  formatShare,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { HistoryPoint } from './HistoryChart';
import { historyPoints, historyValues } from './history';

type Bucket = AdviceDetail['distribution']['cpu'][number];

const UNITS = { cpu: 'cores', memory: 'bytes' } as const;

/** The two charts of a resource as tables, every sample of the history among them. */
export function ResourceTables(props: {
  detail: AdviceDetail;
  resource: AdvisedResource;
  fileName: string;
}) {
  const { detail, resource, fileName } = props;
  const { timezone, history } = detail;
  const { t } = useCostTranslation();
  const unit = UNITS[resource];
  const name = t(`advice.resource.${resource}`);
  const bucketColumns: DataColumn<Bucket>[] = [
    ...(['from', 'upTo'] as const).map(
      (part): DataColumn<Bucket> => ({
        id: part,
        title: t(`advice.detail.${part}`),
        numeric: true,
        value: bucket => bucket[part],
        render: bucket => formatAmount(resource, bucket[part]),
        csvTitle: `${t(`advice.detail.${part}`)} (${unit})`,
      }),
    ),
    {
      id: 'share',
      title: t('advice.detail.share'),
      numeric: true,
      value: bucket => bucket.share,
      render: bucket => formatShare(bucket.share),
    },
  ];
  const pointColumns: DataColumn<HistoryPoint>[] = [
    {
      id: 'at',
      title: t('advice.detail.at'),
      value: point => point.at,
      render: point =>
        formatInstant(new Date(point.at).toISOString(), timezone),
      csv: point => new Date(point.at).toISOString(),
    },
    {
      id: 'used',
      title: t('advice.detail.used'),
      numeric: true,
      value: point => point.used ?? undefined,
      render: point =>
        point.used === null ? '\u2013' : formatAmount(resource, point.used),
      csvTitle: `${t('advice.detail.used')} (${unit})`,
      csv: point => point.used ?? undefined,
    },
  ];
  return (
    <>
      <DataTable
        id={`${resource}.use`}
        label={t('advice.detail.distributionTable', { resource: name })}
        columns={bucketColumns}
        rows={detail.distribution[resource]}
        rowKey={bucket => String(bucket.from)}
        initialSorting={{ column: 'from', direction: 'asc' }}
        fileName={`${fileName}-${resource}-distribution`}
      />
      <DataTable
        id={`${resource}.at`}
        label={t('advice.detail.historyTable', { resource: name })}
        columns={pointColumns}
        rows={historyPoints(
          detail,
          historyValues(detail, resource),
          history.stepSeconds,
        )}
        rowKey={point => String(point.at)}
        initialSorting={{ column: 'at', direction: 'asc' }}
        fileName={`${fileName}-${resource}-history`}
      />
    </>
  );
}
