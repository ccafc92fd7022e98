import {
  addDays,
  CoursePoint,
  DaySpan,
  decimalToMicros,
  PeriodProjection,
  ProjectionDay,
  projectPeriod,
  Worded,
} from '@headroom/common';
import { BudgetDefinition, BudgetThreshold } from './budgetDefinition';
import { budgetPeriodBefore, budgetPeriodOf } from './budgetPeriod';
import { sayBudget } from './budgetSentences';

/** What a day cost in the currency of a budget. @public */
export interface BudgetDay extends ProjectionDay {
  /** Part of it that is charged at once for longer, or only once: counted, and not extrapolated. */
  fixedMicros?: bigint;
}

/** @public */
export interface BudgetFacts {
  budget: BudgetDefinition;
  /** Days that are known, in any order; a day that is absent cost nothing. */
  days: readonly BudgetDay[];
  /** In the zone of the budget. */
  today: string;
  /** First day of which anything is known; days before it were not read. */
  knownFrom?: string;
  /** Past periods on which the forecast is tried, so that its error can be said. */
  triedPeriods?: number;
  /** Whether the way to the end is wanted, too. */
  withCourse?: boolean;
}

/** How far a threshold is. @public */
export interface ThresholdEvaluation extends BudgetThreshold {
  /** Where it is, in micros. */
  at: bigint;
  /** Undefined = can't be said, as there is no forecast. */
  isReached?: boolean;
}

/** What a budget comes to today; money in micros of its currency. @public */
export interface BudgetEvaluation {
  period: DaySpan;
  /** The first day that counts: the period's, or the one since which the budget counts. */
  countsFrom: string;
  /** Of the definition. */
  amount: bigint;
  /** From the period before; negative = it was overspent. */
  carried: bigint;
  /** Why nothing is carried over that should be. */
  carryProblem?: Worded;
  /** Amount and what is carried; may be negative. */
  limit: bigint;
  /** So far, today's part included. */
  spent: bigint;
  /** The newest day of the period, before today, that is complete. */
  completeThrough?: string;
  /** First day of the period of which anything is known, where that is later than the first that counts. */
  knownFrom?: string;
  /** What is spent up to the end of that day. */
  spentThrough: bigint;
  /** Days of the period that are over and not complete. */
  incompleteDays: number;
  projection: PeriodProjection;
  thresholds: ThresholdEvaluation[];
}

/**
 * Evaluates a budget on a day.
 *
 * - Spent is the sum of all days of the period so far.
 * - The forecast is `projectPeriod` of what is not fixed; what is fixed counts once,
 *   as it came. There is none before three complete days.
 * - A threshold is reached at its percentage of the limit, once anything is spent
 *   (or forecast): with a limit of nothing, any spend reaches all of them.
 * - What is carried over is what the period just before left of the amount; it does
 *   not pile up. Where days of that period are missing nothing is carried over,
 *   and that is said.
 *
 * @public
 */
export function evaluateBudget(facts: BudgetFacts): BudgetEvaluation {
  const { budget, today, withCourse, triedPeriods = 0 } = facts;
  const period = budgetPeriodOf(budget.period, today);
  const days = facts.days.filter(({ day }) => day <= today);
  const countsFrom = firstDayOf(facts, period);
  const within = days.filter(({ day }) => day >= countsFrom);
  const amount = decimalToMicros(budget.amount);
  const carry = carryOver(facts, period, amount);
  const limit = amount + carry.micros;
  const spent = sum(within);
  const complete = within.filter(each => each.complete && each.day < today);
  const completeThrough = complete
    .map(({ day }) => day)
    .sort()
    .at(-1);
  const projection = withFixed(
    projectPeriod({
      days: days.map(({ day, micros, fixedMicros = 0n, complete: isOver }) => ({
        day,
        micros: micros - fixedMicros,
        complete: isOver,
      })),
      today,
      period: {
        start: countsFrom < today ? countsFrom : today,
        end: period.end,
      },
      past: periodsBefore(budget, period, triedPeriods),
      withCourse,
    }),
    within,
  );
  return {
    period,
    countsFrom,
    amount,
    carried: carry.micros,
    ...(carry.problem && { carryProblem: carry.problem }),
    limit,
    spent,
    ...(completeThrough !== undefined && { completeThrough }),
    ...(isLate(facts, period) && { knownFrom: facts.knownFrom }),
    spentThrough:
      completeThrough === undefined
        ? 0n
        : sum(within.filter(({ day }) => day <= completeThrough)),
    incompleteDays: within.filter(each => !each.complete && each.day < today)
      .length,
    projection,
    thresholds: budget.thresholds.map(threshold => ({
      ...threshold,
      at: (limit * BigInt(threshold.percent)) / 100n,
      isReached: isReached(threshold, limit, spent, projection),
    })),
  };
}

function isReached(
  { on, percent }: BudgetThreshold,
  limit: bigint,
  spent: bigint,
  projection: PeriodProjection,
): boolean | undefined {
  if (on === 'forecast' && projection.status !== 'ok') {
    return undefined;
  }
  const reached =
    on === 'forecast' && projection.status === 'ok'
      ? BigInt(projection.total)
      : spent;
  return reached > 0n && reached * 100n >= limit * BigInt(percent);
}

function carryOver(
  { budget, days, knownFrom }: BudgetFacts,
  period: DaySpan,
  amount: bigint,
): { micros: bigint; problem?: Worded } {
  const before = budgetPeriodBefore(budget.period, period);
  if (
    budget.carryOver === 'none' ||
    (budget.since !== undefined && before.start < budget.since)
  ) {
    return { micros: 0n };
  }
  const within = days.filter(
    ({ day }) => day >= before.start && day < before.end,
  );
  if (
    knownFrom === undefined ||
    knownFrom > before.start ||
    within.some(({ complete }) => !complete)
  ) {
    return {
      micros: 0n,
      problem: sayBudget('carryUnknown', {
        start: before.start,
        end: addDays(before.end, -1),
      }),
    };
  }
  const left = amount - sum(within);
  return { micros: left < 0n && budget.carryOver === 'unused' ? 0n : left };
}

function periodsBefore(
  { period }: BudgetDefinition,
  first: DaySpan,
  count: number,
): DaySpan[] {
  const before: DaySpan[] = [];
  let span = first;
  for (let index = 0; index < count; index += 1) {
    span = budgetPeriodBefore(period, span);
    before.push(span);
  }
  return before;
}

/** Adds what is fixed, once. */
function withFixed(
  projection: PeriodProjection,
  within: readonly BudgetDay[],
): PeriodProjection {
  const fixedBy = (last?: string) =>
    within.reduce(
      (total, { day, fixedMicros = 0n }) =>
        last === undefined || day <= last ? total + fixedMicros : total,
      0n,
    );
  const fixed = fixedBy();
  if (projection.status !== 'ok' || fixed === 0n) {
    return projection;
  }
  const { course } = projection;
  return {
    ...projection,
    ...raised(projection, fixed),
    ...(course && {
      course: course.map(
        (point): CoursePoint => ({
          day: point.day,
          ...raised(point, fixedBy(point.day)),
        }),
      ),
    }),
  };
}

function raised(
  { total, low, high }: { total: string; low: string; high: string },
  by: bigint,
) {
  const more = (micros: string) => (BigInt(micros) + by).toString();
  return { total: more(total), low: more(low), high: more(high) };
}

/** Whether days that count are over of which nothing was read. */
function isLate(facts: BudgetFacts, period: DaySpan): boolean {
  const { knownFrom } = facts;
  return knownFrom !== undefined && knownFrom > firstDayOf(facts, period);
}

function firstDayOf(
  { budget: { since } }: BudgetFacts,
  { start }: DaySpan,
): string {
  return since !== undefined && since > start ? since : start;
}

function sum(days: readonly BudgetDay[]): bigint {
  return days.reduce((total, { micros }) => total + micros, 0n);
}
