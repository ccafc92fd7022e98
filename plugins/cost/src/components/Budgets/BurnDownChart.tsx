import { makeStyles, Theme, useTheme } from '@material-ui/core/styles';
import { memo, useMemo } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { BudgetBurnDownDay } from '@headroom/plugin-cost-common';
import {
  CHART_HEIGHT,
  DayCard,
  formatDayShort,
  formatMoney,
  formatMoneyTick,
  microsToHeight,
  toMicros,
} from '@headroom/react';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { partColor } from '../colors';

interface Point {
  day: string;
  even: number;
  left: number | null;
  likely: number | null;
  cone: [number, number] | null;
  source: BudgetBurnDownDay;
}

/** Each line is told apart by its dashes, too. */
const DASHES = { left: undefined, likely: '6 4', even: '2 3' } as const;

function colorsOf(theme: Theme) {
  return {
    left: partColor('cpu', theme),
    likely: partColor('memory', theme),
    even: theme.palette.text.secondary,
  };
}

const useStyles = makeStyles(theme => ({
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** What is left of a budget: as spent, as forecast with its cone, and if it were spent evenly. */
export const BurnDownChart = memo(function Chart(props: {
  days: readonly BudgetBurnDownDay[];
  currency: string;
}) {
  const { days, currency } = props;
  const theme = useTheme();
  const colors = colorsOf(theme);
  const points = useMemo(() => days.map(toPoint), [days]);
  const axis = { fill: theme.palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height={CHART_HEIGHT}>
      <ComposedChart
        data={points}
        margin={{ top: 8, right: 16, bottom: 0, left: 8 }}
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
          width={72}
          tickFormatter={(height: number) => formatMoneyTick(height, currency)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: theme.palette.divider }}
          content={<PointCard currency={currency} />}
        />
        <Area
          dataKey="cone"
          isAnimationActive={false}
          connectNulls={false}
          stroke={colors.likely}
          strokeOpacity={0.5}
          fill={colors.likely}
          fillOpacity={0.2}
        />
        <ReferenceLine y={0} stroke={theme.palette.text.primary} />
        {(['even', 'likely', 'left'] as const).map(id => (
          <Line
            key={id}
            dataKey={id}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
            stroke={colors[id]}
            strokeWidth={id === 'even' ? 1.5 : 2.5}
            strokeDasharray={DASHES[id]}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
});

/** What each line of the chart is. */
export function BurnDownLegend() {
  const classes = useStyles();
  const theme = useTheme();
  const colors = colorsOf(theme);
  const { t } = useBudgetTranslation();
  return (
    <ul className={classes.legend}>
      {(['left', 'likely', 'even'] as const).map(id => (
        <li key={id}>
          <svg width={28} height={10} aria-hidden>
            <line
              x1={0}
              x2={28}
              y1={5}
              y2={5}
              stroke={colors[id]}
              strokeWidth={2.5}
              strokeDasharray={DASHES[id]}
            />
          </svg>{' '}
          {t(`${id}Line`)}
        </li>
      ))}
      <li>
        <svg width={28} height={10} aria-hidden>
          <rect width={28} height={10} fill={colors.likely} fillOpacity={0.3} />
        </svg>{' '}
        {t('cone')}
      </li>
    </ul>
  );
}

function PointCard(props: {
  active?: boolean;
  payload?: Array<{ payload?: Point }>;
  currency: string;
}) {
  const { active, payload, currency } = props;
  const { t } = useBudgetTranslation();
  const source = payload?.[0]?.payload?.source;
  if (!active || !source) {
    return null;
  }
  const { day, left, forecast, even, partial } = source;
  const money = (amount: string) => formatMoney(toMicros(amount), currency);
  return (
    <DayCard
      day={day}
      lines={[
        ...(left === undefined
          ? []
          : [{ label: t('leftLine'), value: money(left), strong: true }]),
        ...(forecast
          ? [
              { label: t('likelyLine'), value: money(forecast.likely) },
              { label: t('least'), value: money(forecast.least) },
              { label: t('most'), value: money(forecast.most) },
            ]
          : []),
        { label: t('evenLine'), value: money(even) },
      ]}
      note={partial ? t('partial') : undefined}
    />
  );
}

function toPoint(source: BudgetBurnDownDay): Point {
  const { day, even, left, forecast } = source;
  const height = (amount: string) => microsToHeight(toMicros(amount));
  return {
    day,
    even: height(even),
    left: left === undefined ? null : height(left),
    likely: forecast ? height(forecast.likely) : null,
    cone: forecast ? [height(forecast.least), height(forecast.most)] : null,
    source,
  };
}
