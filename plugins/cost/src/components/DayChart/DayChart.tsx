import { useTheme } from '@material-ui/core/styles';
import { useCallback, useMemo } from 'react';
import { ReportWindow } from '@headroom/common';
import { DayCost } from '@headroom/plugin-cost-common';
import {
  ChartDay,
  ChartLegend,
  ChartPart,
  ChartSection,
  DayBars,
  DayNotes,
  formatDayRange,
  formatMoney,
  formatMoneyTick,
  Money,
  yearOf,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { CostPart, partColor } from '../colors';
import { partMicros, partsInUse, sumAmounts } from '../parts';
import { chartDays, isGap } from './chartDays';
import { CostDayCard } from './CostDayCard';
import { DayTable } from './DayTable';
import { useDayNote } from './useDayNote';

/** Spend by day: the chart, its legend with amounts, what is special about single days, and the same as a table. */
export function DayChart(props: {
  days: DayCost[];
  window: ReportWindow;
  currency: string;
  fileName: string;
  onOrigin: () => void;
}) {
  const { days, window, currency, fileName, onOrigin } = props;
  const { t } = useCostTranslation();
  const theme = useTheme();
  const noteOf = useDayNote();
  const used = useMemo(() => partsInUse(days), [days]);
  const parts = useMemo<ChartPart[]>(
    () =>
      used.map(id => ({
        id,
        label: t(`part.${id}`),
        color: partColor(id, theme),
      })),
    [used, t, theme],
  );
  const drawn = useMemo(() => chartDays(days), [days]);
  const sources = useMemo(
    () => new Map(days.map(day => [day.day, day])),
    [days],
  );
  const tooltip = useCallback(
    ({ day, gap }: ChartDay) => {
      const source = sources.get(day);
      return source ? (
        <CostDayCard
          source={source}
          parts={gap ? [] : parts}
          currency={currency}
        />
      ) : null;
    },
    [sources, parts, currency],
  );
  const formatHeight = useCallback(
    (height: number) => formatMoneyTick(height, currency),
    [currency],
  );
  const known = days.filter(day => !isGap(day));

  return (
    <ChartSection
      title={t('chart.title')}
      subtitle={t('chart.zone', { timezone: window.timezone })}
      onOrigin={onOrigin}
      param="chart"
      summary={t('chart.summary', {
        window: formatDayRange(window.start, window.end, yearOf(window.end)),
        total: formatMoney(sumAmounts(known.map(day => day.total)), currency),
        days: String(known.length),
        gaps: String(days.length - known.length),
      })}
      chart={
        <DayBars
          days={drawn}
          parts={parts}
          formatHeight={formatHeight}
          tooltip={tooltip}
        />
      }
      below={
        <>
          <ChartLegend
            parts={parts}
            amountOf={({ id }) => (
              <Money
                micros={known.reduce(
                  (sum, day) => sum + partMicros(day, id as CostPart),
                  0n,
                )}
                currency={currency}
              />
            )}
          />
          <DayNotes days={days} noteOf={noteOf} />
        </>
      }
      table={
        <DayTable
          days={days}
          parts={used}
          currency={currency}
          fileName={fileName}
        />
      }
    />
  );
}
