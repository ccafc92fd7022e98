import { useTheme } from '@material-ui/core/styles';
import { memo, useId, useMemo } from 'react';
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
import { DayCost } from '@headroom/plugin-cost-common';
import { CHART_HEIGHT, formatDayShort, formatMoneyTick } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { CostPart, partColor } from '../colors';
import { chartDays, runsOf } from './chartDays';
import { chartPatterns, gapId, hatchId } from './chartPatterns';
import { ChartTooltip } from './ChartTooltip';

/** Bars by day, stacked by part: whole days solid, partial ones hatched, gaps left open. */
export const DayBars = memo(function Bars(props: {
  days: readonly DayCost[];
  parts: CostPart[];
  currency: string;
}) {
  const { days, parts, currency } = props;
  const theme = useTheme();
  const { t } = useCostTranslation();
  // Colons of React's ids don't survive url(#…).
  const chartId = useId().replace(/:/g, '');
  const data = useMemo(() => chartDays(days), [days]);
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
      <BarChart
        data={data}
        margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
        barCategoryGap="15%"
      >
        {chartPatterns(chartId, parts, theme)}
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
          tickFormatter={(height: number) => formatMoneyTick(height, currency)}
        />
        {runsOf(data, day => day.gap).map(run => (
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
          content={<ChartTooltip parts={parts} currency={currency} />}
        />
        {parts.map(part => (
          <Bar
            key={part}
            dataKey={`heights.${part}`}
            stackId="cost"
            isAnimationActive={false}
            fill={partColor(part, theme)}
            stroke={theme.palette.background.paper}
            strokeWidth={0.5}
          >
            {data.map(day => (
              <Cell
                key={day.day}
                fill={
                  day.partial
                    ? `url(#${hatchId(chartId, part)})`
                    : partColor(part, theme)
                }
              />
            ))}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
});
