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
import { formatAmount, formatShare } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { partColor } from '../colors';
import { ChartLine, evenBuckets, niceTicks } from './chartLines';
import { lineMarks } from './lineMarks';

const HEIGHT = 240;
const BUCKETS = 60;

/** Shares of samples by amount as steps, with requests and limits as lines down through them. */
export const DistributionChart = memo(function Distribution(props: {
  resource: AdvisedResource;
  buckets: ReadonlyArray<{ from: number; upTo: number; share: number }>;
  lines: readonly ChartLine[];
  end: number;
}) {
  const { resource, buckets, lines, end } = props;
  const theme = useTheme();
  const { t } = useCostTranslation();
  const color = partColor(resource, theme);
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  const even = evenBuckets(buckets, end, BUCKETS);
  const data = [...even, { from: end, upTo: end, share: 0 }];
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <AreaChart data={data} margin={{ top: 8, right: 16, bottom: 0, left: 8 }}>
        <CartesianGrid vertical={false} stroke={theme.palette.divider} />
        <XAxis
          dataKey="from"
          type="number"
          domain={[0, end]}
          allowDataOverflow
          tickFormatter={(value: number) => formatAmount(resource, value)}
          tick={axis}
          tickLine={false}
          interval="equidistantPreserveStart"
          minTickGap={16}
          ticks={niceTicks(end, resource, 6)}
          stroke={theme.palette.text.secondary}
        />
        <YAxis
          scale="sqrt"
          domain={[0, 'dataMax']}
          tick={axis}
          tickLine={false}
          axisLine={false}
          width={64}
          tickCount={4}
          tickFormatter={(share: number) => formatShare(share)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: theme.palette.divider }}
          contentStyle={{
            backgroundColor: theme.palette.background.paper,
            border: `1px solid ${theme.palette.divider}`,
          }}
          itemStyle={{ color: theme.palette.text.primary }}
          formatter={(share: number) => formatShare(share)}
          labelFormatter={(from: number) =>
            `${formatAmount(resource, from)} – ${formatAmount(
              resource,
              from + end / BUCKETS,
            )}`
          }
        />
        <Area
          dataKey="share"
          name={t('advice.detail.share')}
          type="stepAfter"
          isAnimationActive={false}
          stroke={color}
          fill={color}
          fillOpacity={0.35}
        />
        {lineMarks({
          axis: 'x',
          lines,
          end,
          theme,
          label: ({ id }) => t(`advice.detail.line.${id}`),
        })}
      </AreaChart>
    </ResponsiveContainer>
  );
});
