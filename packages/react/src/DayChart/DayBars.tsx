import { useTheme } from '@material-ui/core/styles';
import { memo, ReactElement, useId } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatDayShort } from '../format';
import { CHART_HEIGHT } from '../layout';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';
import { fillOf, gapId, partPatterns } from './partPatterns';
import { runsOf } from './runsOf';
import { ChartDay, ChartPart } from './types';

interface TooltipProps {
  active?: boolean;
  payload?: Array<{ payload?: ChartDay }>;
  tooltip: (day: ChartDay) => ReactElement | null;
}

function DayTooltip({ active, payload, tooltip }: TooltipProps) {
  const day = payload?.[0]?.payload;
  return active && day ? tooltip(day) : null;
}

/**
 * Bars by day: whole days filled, partial ones hatched, days without data left
 * open. Parts are stacked in their order from the axis up, or stand side by side.
 *
 * @public
 */
export const DayBars = memo(function Bars(props: {
  /** Must be stable, as `parts` and `tooltip`: charts are slow to draw. */
  days: readonly ChartDay[];
  parts: readonly ChartPart[];
  /** A height in words, for the axis. */
  formatHeight: (height: number) => string;
  /** What to say of a day under the pointer. */
  tooltip: (day: ChartDay) => ReactElement | null;
  /** Side by side instead of stacked. */
  beside?: boolean;
  /** In pixels; {@link CHART_HEIGHT} when absent. */
  height?: number;
}) {
  const { days, parts, formatHeight, tooltip, beside } = props;
  const theme = useTheme();
  const { t } = useHeadroomTranslation();
  // Colons of React's ids don't survive url(#…).
  const chartId = useId().replace(/:/g, '');
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={props.height ?? CHART_HEIGHT}>
      <BarChart
        data={days as ChartDay[]}
        margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
        barCategoryGap="15%"
        barGap={0}
      >
        {partPatterns(chartId, parts, theme)}
        <CartesianGrid vertical={false} stroke={theme.palette.divider} />
        <XAxis
          dataKey="day"
          tickFormatter={formatDayShort}
          tick={axis}
          tickLine={false}
          minTickGap={24}
          stroke={theme.palette.text.secondary}
        />
        <YAxis
          tick={axis}
          tickLine={false}
          axisLine={false}
          width={64}
          tickFormatter={formatHeight}
        />
        {runsOf(days, day => day.gap).map(run => (
          <ReferenceArea
            key={run.first}
            x1={run.first}
            x2={run.last}
            fill={`url(#${gapId(chartId)})`}
            fillOpacity={1}
            label={{ value: t('chart.noData'), ...axis }}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: theme.palette.action.hover }}
          content={<DayTooltip tooltip={tooltip} />}
        />
        {parts.map(part => (
          <Bar
            key={part.id}
            dataKey={`heights.${part.id}`}
            name={part.label}
            stackId={beside ? undefined : 'day'}
            isAnimationActive={false}
            fill={part.color}
            stroke={
              (part.fill ?? 'solid') === 'solid' && !beside
                ? theme.palette.background.paper
                : part.color
            }
            strokeWidth={0.75}
          >
            {days.map(day => (
              <Cell key={day.day} fill={fillOf(chartId, part, day.partial)} />
            ))}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
});
