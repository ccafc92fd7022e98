import { microsToDecimal } from '@headroom/common';
import { RunningService, RunningWorkload } from '@headroom/plugin-cost-common';
import { DataTable, formatPrice, toMicros } from '@headroom/react';
import { useRunningTranslation } from '../../useRunningTranslation';
import { moneyColumn } from '../costColumns';

const micros = (amount: string | undefined) =>
  amount === undefined ? undefined : toMicros(amount);

/** Each workload that runs, with its replicas and what it costs; what isn't known is a dash. */
export function RunningTable(props: {
  running: RunningService;
  fileName: string;
}) {
  const { running, fileName } = props;
  const { currency, complete, workloads } = running;
  const { t } = useRunningTranslation();
  return (
    <DataTable
      id="running"
      label={t('workloads')}
      columns={[
        {
          id: 'workload',
          title: t('workload'),
          value: ({ kind, name }: RunningWorkload) => `${kind} ${name}`,
        },
        {
          id: 'where',
          title: t('where'),
          value: ({ cluster, namespace }) => `${cluster} · ${namespace}`,
        },
        {
          id: 'replicas',
          title: t('replicas'),
          numeric: true,
          value: ({ replicas }) => replicas,
          render: ({ replicas }) => replicas ?? '\u2013',
        },
        {
          ...moneyColumn<RunningWorkload>({
            id: 'hourly',
            title: t('hourly'),
            currency,
            micros: ({ hourly }) => micros(hourly),
            summed: false,
          }),
          // A price, of which cents would say too little.
          render: ({ hourly }) =>
            hourly === undefined
              ? '\u2013'
              : formatPrice(microsToDecimal(toMicros(hourly)), currency),
        },
        moneyColumn<RunningWorkload>({
          id: 'monthly',
          title: t('monthly'),
          hint: t('monthlyHint'),
          currency,
          micros: ({ monthly }) => micros(monthly),
          // A sum of what is known would pass for the whole.
          summed: complete,
        }),
      ]}
      rows={workloads}
      rowKey={({ cluster, namespace, kind, name }) =>
        JSON.stringify([cluster, namespace, kind, name])
      }
      initialSorting={{ column: 'monthly', direction: 'desc' }}
      fileName={fileName}
    />
  );
}
