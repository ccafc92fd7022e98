import { useTheme } from '@material-ui/core/styles';
import { memo } from 'react';
import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { AdvisedResource } from '@headroom/plugin-cost-common';
import { DateTime } from 'luxon';
import { formatAmount, formatInstant } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { partColor } from '../colors';
import { ChartLine, niceTicks } from './chartLines';
import { lineMarks } from './lineMarks';

const HEIGHT = 240;
const TICK_DAYS = 4;

/** One point of a history; null = not known. */
export interface HistoryPoint {
  /** Milliseconds since 1970. */
  at: number;
  used: number | null;
}

/** Every few days at midnight of the zone. */
function dayTicks(points: readonly HistoryPoint[], timezone: string): number[] {
  const first = points[0]?.at ?? 0;
  const last = points[points.length - 1]?.at ?? 0;
  const ticks: number[] = [];
  let day = DateTime.fromMillis(first, { zone: timezone }).startOf('day');
  while (day.toMillis() <= last) {
    if (day.toMillis() >= first) {
      ticks.push(day.toMillis());
    }
    day = day.plus({ days: TICK_DAYS });
  }
  return ticks;
}

/** Use of the worst pod over the window, with requests and limits as lines across it; what is not known stays open. */
export const HistoryChart = memo(function History(props: {
  resource: AdvisedResource;
  points: HistoryPoint[];
  lines: readonly ChartLine[];
  end: number;
  timezone: string;
}) {
  const { resource, points, lines, end, timezone } = props;
  const theme = useTheme();
  const { t } = useCostTranslation();
  const color = partColor(resource, theme);
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <AreaChart
        data={points}
        margin={{ top: 8, right: 16, bottom: 0, left: 8 }}
      >
        <CartesianGrid vertical={false} stroke={theme.palette.divider} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          ticks={dayTicks(points, timezone)}
          tickFormatter={(at: number) =>
            DateTime.fromMillis(at, {
              zone: timezone,
              locale: 'en-GB',
            }).toFormat('d LLL')
          }
          tick={axis}
          tickLine={false}
          stroke={theme.palette.text.secondary}
        />
        <YAxis
          domain={[0, end]}
          ticks={niceTicks(end, resource, 5)}
          allowDataOverflow
          tick={axis}
          tickLine={false}
          axisLine={false}
          width={72}
          tickFormatter={(value: number) => formatAmount(resource, value)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: theme.palette.divider }}
          contentStyle={{
            backgroundColor: theme.palette.background.paper,
            border: `1px solid ${theme.palette.divider}`,
          }}
          itemStyle={{ color: theme.palette.text.primary }}
          formatter={(used: number) => formatAmount(resource, used)}
          labelFormatter={(at: number) =>
            formatInstant(new Date(at).toISOString(), timezone)
          }
        />
        <Area
          dataKey="used"
          name={t('advice.detail.used')}
          type="stepAfter"
          connectNulls={false}
          isAnimationActive={false}
          stroke={color}
          strokeWidth={1}
          fill={color}
          fillOpacity={0.25}
        />
        {lineMarks({
          axis: 'y',
          lines,
          end,
          theme,
          label: ({ id }) => t(`advice.detail.line.${id}`),
        })}
      </AreaChart>
    </ResponsiveContainer>
  );
});
