import Button from '@material-ui/core/Button';
import { useMemo } from 'react';
import { GpuReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatDayLong,
  formatDayRange,
  formatQuantity,
  formatShare,
  useUrlParam,
  yearOf,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { GpuDayBars } from './GpuDayBars';
import { GpuDayLegend } from './GpuDayLegend';
import { GpuDayNotes } from './GpuDayNotes';
import { energyColumns } from './energyColumns';
import { busyShareOf, GpuUseDay, gpuUseDays } from './gpuNumbers';
import { GPU_PARTS } from './gpuPatterns';

const UNKNOWN = '\u2013';

/** Device-hours by day: the chart, its legend, what is special about single days, and the same as a table. */
export function GpuDays(props: { report: GpuReport; fileName: string }) {
  const { report, fileName } = props;
  const { window } = report;
  const { t } = useCostTranslation();
  const [view, setView] = useUrlParam('gpuChart');
  const asTable = view === 'table';
  const days = useMemo(() => gpuUseDays(report), [report]);
  const parts = useMemo(
    () =>
      GPU_PARTS.filter(
        part => part === 'busy' || days.some(day => (day[part] ?? 0) > 0),
      ),
    [days],
  );
  const sum = (part: 'held' | 'busy' | 'unallocated') =>
    formatQuantity(days.reduce((all, day) => all + (day[part] ?? 0), 0));
  const hoursColumn = (
    part: 'held' | 'busy' | 'unallocated',
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
    <Section
      title={t('gpuUse.days.title')}
      subtitle={t('gpuUse.days.zone', { timezone: window.timezone })}
      action={
        <Button
          size="small"
          aria-pressed={asTable}
          onClick={() => setView(asTable ? undefined : 'table')}
        >
          {t('chart.showTable')}
        </Button>
      }
    >
      {asTable ? (
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
            shareColumn('busyShare', day =>
              busyShareOf(day.busy, day.known ?? 0),
            ),
            hoursColumn('unallocated'),
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
      ) : (
        <>
          <div
            role="img"
            aria-label={t('gpuUse.days.summary', {
              window: formatDayRange(
                window.start,
                window.end,
                yearOf(window.end),
              ),
              held: sum('held'),
              busy: sum('busy'),
              unallocated: sum('unallocated'),
            })}
          >
            <GpuDayBars days={days} parts={parts} />
          </div>
          <GpuDayLegend days={days} parts={parts} />
          <GpuDayNotes days={days} />
        </>
      )}
    </Section>
  );
}
