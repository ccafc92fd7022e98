import { AdviceDetail } from '@headroom/plugin-cost-common';
import { CsvCell } from '@headroom/react';
import { CostTranslate } from '../../useCostTranslation';

const UNITS = { cpu: 'cores', memory: 'bytes' } as const;

/** The settings of one container as CSV: one line for each resource, with exact numbers. */
export function settingsCsv(
  detail: AdviceDetail,
  t: CostTranslate,
): { header: string[]; rows: CsvCell[][] } {
  const { row, advice } = detail;
  const { workload } = row;
  return {
    header: [
      t('column.cluster'),
      t('column.namespace'),
      t('column.workload'),
      t('dimension.container'),
      'Resource',
      'Unit',
      t('advice.detail.line.request'),
      t('advice.detail.line.limit'),
      t('advice.detail.line.proposedRequest'),
      t('advice.detail.line.proposedLimit'),
      t('advice.filter.status'),
    ],
    rows: (['cpu', 'memory'] as const).map(resource => {
      const { current, proposed, status } = advice[resource];
      return [
        row.cluster,
        workload.namespace,
        `${workload.kind} ${workload.name}`,
        row.container,
        resource,
        UNITS[resource],
        current.request,
        current.limit,
        proposed?.request,
        proposed?.limit === null ? t('advice.detail.none') : proposed?.limit,
        status,
      ];
    }),
  };
}
