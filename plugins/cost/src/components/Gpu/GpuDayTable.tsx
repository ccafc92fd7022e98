import { GpuReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  formatDayLong,
  formatQuantity,
  formatShare,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { energyColumns } from './energyColumns';
import { busyShareOf, GpuUseDay, isOfEverything } from './gpuNumbers';

const UNKNOWN = '\u2013';

/** Device-hours by day as a table. */
export function GpuDayTable(props: {
  report: GpuReport;
  days: readonly GpuUseDay[];
  fileName: string;
}) {
  const { report, days, fileName } = props;
  const { t } = useCostTranslation();
  const hoursColumn = (
    part: 'held' | 'busy' | 'idle',
  ): DataColumn<GpuUseDay> => ({
    id: part,
    title: t(`gpuUse.days.${part}`),
    numeric: true,
    value: day => day[part],
    render: day => {
      const hours = day[part];
      return hours === undefined ? UNKNOWN : formatQuantity(hours);
    },
  });
  const shareColumn = (
    id: 'busyShare' | 'memory',
    value: (day: GpuUseDay) => number | undefined,
  ): DataColumn<GpuUseDay> => ({
    id,
    title: t(`gpuUse.days.${id}`),
    numeric: true,
    value,
    render: day => {
      const share = value(day);
      return share === undefined ? UNKNOWN : formatShare(share);
    },
  });
  return (
    <DataTable
      id="gpuDay"
      label={t('gpuUse.days.table')}
      columns={[
        {
          id: 'day',
          title: t('column.day'),
          value: day => day.day,
          render: day => formatDayLong(day.day),
        },
        hoursColumn('held'),
        hoursColumn('busy'),
        shareColumn('busyShare', day => busyShareOf(day.busy, day.known ?? 0)),
        ...(isOfEverything(report) ? [hoursColumn('idle')] : []),
        shareColumn('memory', day => day.memoryHeldShare),
        ...((report.energy?.total.knownHours ?? 0) > 0
          ? energyColumns<GpuUseDay>({
              of: day => day.energy,
              currency: report.currency,
              priced: report.energy?.total.micros !== undefined,
              summed: true,
              t,
            })
          : []),
      ]}
      rows={days}
      rowKey={day => day.day}
      initialSorting={{ column: 'day', direction: 'desc' }}
      fileName={`${fileName}-by-day`}
    />
  );
}
