import { useCallback, useMemo } from 'react';
import { GpuReport } from '@headroom/plugin-cost-common';
import {
  ChartDay,
  ChartLegend,
  ChartSection,
  DayBars,
  DayNotes,
  formatDayRange,
  formatQuantity,
  yearOf,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { GpuDayCard } from './GpuDayCard';
import { GpuDayTable } from './GpuDayTable';
import { GpuUseDay, gpuUseDays, isOfEverything } from './gpuNumbers';
import { GPU_PARTS, GpuPart, useGpuParts } from './useGpuParts';

/** Device-hours by day: the chart, its legend, what is special about single days, and the same as a table. */
export function GpuDays(props: { report: GpuReport; fileName: string }) {
  const { report, fileName } = props;
  const { window } = report;
  const { t } = useCostTranslation();
  const everything = isOfEverything(report);
  const days = useMemo(() => gpuUseDays(report), [report]);
  const parts = useGpuParts(days);
  const drawn = useMemo(() => days.map(toChartDay), [days]);
  const tooltip = useCallback(
    ({ day }: ChartDay) => {
      const source = days.find(each => each.day === day);
      return source ? <GpuDayCard day={source} parts={parts} /> : null;
    },
    [days, parts],
  );
  const sum = (part: GpuPart | 'held') =>
    formatQuantity(days.reduce((all, day) => all + (day[part] ?? 0), 0));
  const noteOf = ({ gap, partial }: GpuUseDay) => {
    if (gap) {
      return t('day.gap');
    }
    return partial ? t('day.partial') : undefined;
  };
  return (
    <ChartSection
      title={t(everything ? 'gpuUse.days.title' : 'gpuUse.days.titleHeld')}
      subtitle={t('gpuUse.days.zone', { timezone: window.timezone })}
      param="gpuChart"
      summary={t(
        everything ? 'gpuUse.days.summary' : 'gpuUse.days.summaryHeld',
        {
          window: formatDayRange(window.start, window.end, yearOf(window.end)),
          held: sum('held'),
          busy: sum('busy'),
          idle: sum('idle'),
        },
      )}
      chart={
        <DayBars
          days={drawn}
          parts={parts}
          formatHeight={formatQuantity}
          tooltip={tooltip}
        />
      }
      below={
        <>
          <ChartLegend
            parts={parts}
            amountOf={({ id }) => sum(id as GpuPart)}
          />
          <DayNotes days={days} noteOf={noteOf} />
        </>
      }
      table={<GpuDayTable report={report} days={days} fileName={fileName} />}
    />
  );
}

function toChartDay(day: GpuUseDay): ChartDay {
  return {
    day: day.day,
    gap: day.gap,
    partial: day.partial,
    heights: Object.fromEntries(GPU_PARTS.map(part => [part, day[part]])),
  };
}
