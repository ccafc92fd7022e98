import { useTheme } from '@material-ui/core/styles';
import { memo, useId } from 'react';
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
import { CHART_HEIGHT, formatDayShort, formatQuantity } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { nobodyColor, partColor } from '../colors';
import { gapId, chartPatterns } from '../DayChart/chartPatterns';
import { GpuDayTooltip } from './GpuDayTooltip';
import { GpuUseDay } from './gpuNumbers';
import { GPU_PARTS, GpuPart, gpuFill, gpuPatterns } from './gpuPatterns';

/** Busy, held and not busy, unallocated: stacked to all device-hours of a day. Gaps stay open. */
export const GpuDayBars = memo(function Bars(props: {
  days: GpuUseDay[];
  parts: readonly GpuPart[];
}) {
  const { days, parts } = props;
  const theme = useTheme();
  const { t } = useCostTranslation();
  // Colons of React's ids don't survive url(#…).
  const chartId = useId().replace(/:/g, '');
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  const edge = (part: GpuPart) =>
    part === 'busy' ? partColor('gpu', theme) : nobodyColor(theme);
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
      <BarChart
        data={days}
        margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
        barCategoryGap="15%"
      >
        {gpuPatterns(chartId, theme)}
        {chartPatterns(chartId, [], theme)}
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
          tickFormatter={formatQuantity}
        />
        {days
          .filter(day => day.gap)
          .map(({ day }) => (
            <ReferenceArea
              key={day}
              x1={day}
              x2={day}
              fill={`url(#${gapId(chartId)})`}
              fillOpacity={1}
            />
          ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: theme.palette.action.hover }}
          content={<GpuDayTooltip />}
        />
        {GPU_PARTS.filter(part => parts.includes(part)).map(part => (
          <Bar
            key={part}
            dataKey={part}
            name={t(`gpuUse.part.${part}`)}
            stackId="devices"
            isAnimationActive={false}
            stroke={edge(part)}
            strokeWidth={0.75}
          >
            {days.map(day => (
              <Cell key={day.day} fill={gpuFill(chartId, part, day, theme)} />
            ))}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
});
