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
import { AdvisedDay } from './advisedDays';

interface Point {
  day: string;
  even: number;
  left: number | null;
  likely: number | null;
  cone: [number, number] | null;
  advised: number | null;
  advisedCone: [number, number] | null;
  source: AdvisedDay;
}

/** Each line, and the edge of its cone, is told apart by its dashes, too. */
const DASHES = {
  left: undefined,
  likely: '6 4',
  advised: '10 3 2 3',
  even: '2 3',
} as const;

/** From the one that is drawn first, below the others. */
const LINES = [
  { id: 'even' },
  { id: 'advised' },
  { id: 'likely' },
  { id: 'left' },
] as const;

/** Each forecast that has one, in the order of drawing. */
const CONES = [
  { id: 'likely', cone: 'cone' },
  { id: 'advised', cone: 'advisedCone' },
] as const;

/** Whether something is drawn, by whether it is known what advice would leave. */
function shownWith(hasAdvice: boolean) {
  return ({ id }: { id: keyof typeof DASHES }) => hasAdvice || id !== 'advised';
}

function colorsOf(theme: Theme) {
  return {
    left: partColor('cpu', theme),
    likely: partColor('memory', theme),
    advised: partColor('gpu', theme),
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

/**
 * What is left of a budget: as spent, as forecast at the current rate and with the advice
 * taken, each with its cone, and if it were spent evenly.
 */
export const BurnDownChart = memo(function Chart(props: {
  days: readonly AdvisedDay[];
  currency: string;
  hasAdvice: boolean;
}) {
  const { days, currency, hasAdvice } = props;
  const isShown = shownWith(hasAdvice);
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
        {CONES.filter(isShown).map(({ id, cone }) => (
          <Area
            key={cone}
            dataKey={cone}
            isAnimationActive={false}
            connectNulls={false}
            stroke={colors[id]}
            strokeOpacity={0.5}
            strokeDasharray={DASHES[id]}
            fill={colors[id]}
            fillOpacity={0.2}
          />
        ))}
        <ReferenceLine y={0} stroke={theme.palette.text.primary} />
        {LINES.filter(isShown).map(({ id }) => (
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

/** What each line of the chart is, and each cone. */
export function BurnDownLegend({ hasAdvice }: { hasAdvice: boolean }) {
  const classes = useStyles();
  const theme = useTheme();
  const colors = colorsOf(theme);
  const { t } = useBudgetTranslation();
  const isShown = shownWith(hasAdvice);
  return (
    <ul className={classes.legend}>
      {LINES.filter(isShown)
        .reverse()
        .map(({ id }) => (
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
      {CONES.filter(isShown).map(({ id, cone }) => (
        <li key={cone}>
          <svg width={28} height={10} aria-hidden>
            <rect
              x={0.5}
              y={0.5}
              width={27}
              height={9}
              stroke={colors[id]}
              strokeDasharray={DASHES[id]}
              fill={colors[id]}
              fillOpacity={0.3}
            />
          </svg>{' '}
          {t(cone)}
        </li>
      ))}
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
  const { day, left, forecast, advised, even, partial } = source;
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
        ...(advised
          ? [
              { label: t('advisedLine'), value: money(advised.likely) },
              { label: t('advisedLeast'), value: money(advised.least) },
              { label: t('advisedMost'), value: money(advised.most) },
            ]
          : []),
        { label: t('evenLine'), value: money(even) },
      ]}
      note={partial ? t('partial') : undefined}
    />
  );
}

function toPoint(source: AdvisedDay): Point {
  const { day, even, left, forecast, advised } = source;
  const height = (amount: string) => microsToHeight(toMicros(amount));
  return {
    day,
    even: height(even),
    left: left === undefined ? null : height(left),
    likely: forecast ? height(forecast.likely) : null,
    cone: forecast ? [height(forecast.least), height(forecast.most)] : null,
    advised: advised ? height(advised.likely) : null,
    advisedCone: advised ? [height(advised.least), height(advised.most)] : null,
    source,
  };
}
