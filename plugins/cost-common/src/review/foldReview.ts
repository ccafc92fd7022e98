import {
  addDays,
  monthStart,
  nextMonthStart,
  projectPeriod,
} from '@headroom/common';
import { unitCost } from '../units/unitCost';
import { budgetOverrun } from './budgetOverrun';
import { moversByService, moversByTeam, MoverRow } from './movers';
import {
  Review,
  ReviewAdvice,
  ReviewComparison,
  ReviewUnitCost,
} from './review';
import { ReviewHeader, ReviewRowFacts } from './reviewFacts';
import { reviewWeekEnd } from './reviewWeek';
import { noParts, splitChange } from './splitChange';

const MOST_ADVICE = 5;
const MOST_UNITS = 20;

/** A metric that units are counted in. @public */
export interface ReviewMetric {
  id: string;
  title: string;
  per: number;
  minimum: number;
}

/** What never changes of a review. @public */
export type ReviewFigures = Omit<
  Review,
  'anomalies' | 'actions' | 'restatement' | 'budgetsAtRisk'
>;

/**
 * The figures of a review, of the rows that a caller may see. Exact: the changes of all
 * movers sum to the change of the spend, in either grouping, and the parts of each to
 * its change.
 *
 * @param metrics - in the order of their importance
 * @public
 */
export function foldReview(
  header: ReviewHeader,
  rows: readonly ReviewRowFacts[],
  options: { metrics: readonly ReviewMetric[]; restricted: boolean },
): ReviewFigures {
  const { week, madeAt, timezone, currency, simulated, hours } = header;
  const comparison = comparisonOf(header);
  const ids = options.metrics.map(({ id }) => id);
  const movers = rows.map(row => toMover(row, comparison, ids));
  const advice = adviceOf(header, rows);
  return {
    week,
    end: reviewWeekEnd(week),
    timezone,
    currency,
    madeAt,
    simulated,
    restricted: options.restricted,
    comparison,
    hours,
    pace: paceOf(header, rows, movers, comparison),
    movers: {
      services: moversByService(movers),
      teams: moversByTeam(movers),
    },
    ...(advice && { advice }),
    ...(header.budgets && {
      budgetRisks: header.budgets
        .filter(budget => budgetOverrun(budget) !== undefined)
        .sort((a, b) => (budgetOverrun(b) ?? 0) - (budgetOverrun(a) ?? 0)),
    }),
    unitCosts: rows
      .flatMap(row => unitCostsOf(row, options.metrics))
      .sort((a, b) => Number(b.cost - a.cost))
      .slice(0, MOST_UNITS)
      .map(({ row }) => row),
  };
}

/** Clusters that are not all there tell of themselves, not of what they run. */
function comparisonOf({ hours }: ReviewHeader): ReviewComparison {
  const { before, after } = hours;
  if (before.complete === 0) {
    return 'none';
  }
  return before.complete < before.wanted || after.complete < after.wanted
    ? 'incomplete'
    : 'ok';
}

function toMover(
  row: ReviewRowFacts,
  comparison: ReviewComparison,
  metrics: readonly string[],
): MoverRow {
  const before = costOf(row, 'before');
  const after = costOf(row, 'after');
  if (comparison === 'none') {
    return { row, after };
  }
  return {
    row,
    after,
    compared: {
      before,
      parts:
        comparison === 'ok'
          ? splitChange(row, metrics)
          : { ...noParts(), unsplit: after - before },
    },
  };
}

function costOf(row: ReviewRowFacts, week: 'before' | 'after'): bigint {
  return Object.values(row.resources).reduce(
    (sum, each) => sum + each[week].micros,
    row.oneOff[week],
  );
}

function paceOf(
  header: ReviewHeader,
  rows: readonly ReviewRowFacts[],
  movers: readonly MoverRow[],
  comparison: ReviewComparison,
): Review['pace'] {
  const spend = movers.reduce((sum, { after }) => sum + after, 0n);
  const month = monthOf(header, rows);
  if (comparison === 'none') {
    return { spend: spend.toString(), month };
  }
  const before = movers.reduce(
    (sum, { compared }) => sum + (compared?.before ?? 0n),
    0n,
  );
  return {
    spend: spend.toString(),
    before: before.toString(),
    change: (spend - before).toString(),
    ...(comparison === 'ok' &&
      before > 0n && {
        changeRatio: Number(spend - before) / Number(before),
      }),
    month,
  };
}

/** The month of the last day of the week, as it looked when that was over. */
function monthOf(
  { week, days }: ReviewHeader,
  rows: readonly ReviewRowFacts[],
): Review['pace']['month'] {
  const today = reviewWeekEnd(week);
  const start = monthStart(addDays(today, -1));
  const end = nextMonthStart(start);
  const costs = days.map(({ day, complete }, i) => ({
    day,
    complete,
    micros: rows.reduce((sum, row) => sum + (row.days[i] ?? 0n), 0n),
  }));
  const within = costs.filter(({ day }) => day >= start);
  return {
    start,
    end,
    toDate: within.reduce((sum, { micros }) => sum + micros, 0n).toString(),
    incompleteDays: within.filter(({ complete }) => !complete).length,
    ...(today < end && {
      projection: projectPeriod({
        days: costs,
        today,
        period: { start, end },
        past: [],
      }),
    }),
  };
}

/** Advice is known of a review as budgets are: of when it was made. */
function adviceOf(
  { budgets }: ReviewHeader,
  rows: readonly ReviewRowFacts[],
): Review['advice'] {
  if (!budgets) {
    return undefined;
  }
  const saving = rows
    .flatMap(({ savingPerMonth = 0n, entityRef, title }) =>
      savingPerMonth > 0n ? [{ savingPerMonth, entityRef, title }] : [],
    )
    .sort((a, b) => Number(b.savingPerMonth - a.savingPerMonth));
  return {
    perMonth: saving
      .reduce((sum, { savingPerMonth }) => sum + savingPerMonth, 0n)
      .toString(),
    services: saving.length,
    top: saving.slice(0, MOST_ADVICE).map(
      ({ savingPerMonth, entityRef, title }): ReviewAdvice => ({
        ...(entityRef !== undefined && { entityRef }),
        ...(title !== undefined && { title }),
        perMonth: savingPerMonth.toString(),
      }),
    ),
  };
}

function unitCostsOf(
  row: ReviewRowFacts,
  metrics: readonly ReviewMetric[],
): Array<{ cost: bigint; row: ReviewUnitCost }> {
  const { entityRef, title, units } = row;
  if (entityRef === undefined) {
    return [];
  }
  const cost = costOf(row, 'after');
  return metrics.flatMap(({ id, title: metricTitle, per, minimum }) => {
    const found = units.find(({ metric }) => metric === id);
    if (!found) {
      return [];
    }
    const before = unitCost({
      costMicros: costOf(row, 'before'),
      quantity: found.before,
      per,
      minimum,
    });
    return {
      cost,
      row: {
        entityRef,
        ...(title !== undefined && { title }),
        metric: id,
        metricTitle,
        per,
        cost: cost.toString(),
        ...(found.after !== undefined && { quantity: found.after }),
        ...unitCost({ costMicros: cost, quantity: found.after, per, minimum }),
        ...(before.unitCost && { previousUnitCost: before.unitCost }),
      },
    };
  });
}
