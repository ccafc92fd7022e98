import { useTheme } from '@material-ui/core/styles';
import { memo } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatDayShort, formatQuantity } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { partColor } from '../colors';
import { GpuDay } from './gpuDays';

const HEIGHT = 180;

/** Paid device-hours as outlines, busy ones filled beside them. */
export const GpuBars = memo(function Bars(props: { days: GpuDay[] }) {
  const theme = useTheme();
  const { t } = useCostTranslation();
  const color = partColor('gpu', theme);
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <BarChart
        data={props.days}
        margin={{ top: 8, right: 8, bottom: 0, left: 8 }}
        barGap={0}
      >
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
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: theme.palette.action.hover }}
          contentStyle={{
            backgroundColor: theme.palette.background.paper,
            border: `1px solid ${theme.palette.divider}`,
          }}
          itemStyle={{ color: theme.palette.text.primary }}
          formatter={(hours: number) => formatQuantity(hours)}
          labelFormatter={formatDayShort}
        />
        <Bar
          dataKey="paidHours"
          name={t('gpu.paidHours')}
          isAnimationActive={false}
          fill={color}
          fillOpacity={0}
          stroke={color}
        />
        <Bar
          dataKey="busyHours"
          name={t('gpu.busyHours')}
          isAnimationActive={false}
          fill={color}
          stroke={color}
        />
      </BarChart>
    </ResponsiveContainer>
  );
});
