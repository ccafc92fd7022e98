import {
  addDays,
  CoursePoint,
  DaySpan,
  decimalToMicros,
  ForecastMemory,
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
  /** Of the forecast of this budget. */
  memory?: ForecastMemory;
}

/** How far a threshold is. @public */
export interface ThresholdEvaluation extends BudgetThreshold {
  /** Where it is, in micros. */
  at: bigint;
  /** Undefined = can't be said: there is no forecast, or what is carried over decides and isn't known. */
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
 *   as it came. There is none before three complete days, and none before the day since
 *   which the budget counts.
 * - A threshold is reached at its percentage of the limit, once anything is spent
 *   (or forecast): with a limit of nothing, any spend reaches all of them.
 * - What is carried over is what the period just before left of the amount; it does
 *   not pile up. Where days of that period are missing nothing is carried over,
 *   and that is said; a threshold is then reached where it is however much was left,
 *   and not reached where it isn't however little.
 *
 * @public
 */
export function evaluateBudget(facts: BudgetFacts): BudgetEvaluation {
  const { budget, today, withCourse, memory, triedPeriods = 0 } = facts;
  return evaluatePeriod(facts, ({ days, countsFrom, period }) =>
    today < countsFrom
      ? notBegun(countsFrom)
      : projectPeriod({
          days: days.map(
            ({ day, micros, fixedMicros = 0n, complete: isOver }) => ({
              day,
              micros: micros - fixedMicros,
              complete: isOver,
            }),
          ),
          today,
          period: { start: countsFrom, end: period.end },
          past: periodsBefore(budget, period, triedPeriods),
          withCourse,
          memory,
        }),
  );
}

/** Nothing is forecast of days on which a budget does not count yet. */
function notBegun(since: string): PeriodProjection {
  const { message, wording } = sayBudget('notBegun', { since });
  return { status: 'not-yet', reason: message, wording };
}

/**
 * Evaluates the period of `today`, with another's forecast of what is not fixed.
 *
 * @internal
 */
export function evaluatePeriod(
  facts: BudgetFacts,
  project: (known: {
    /** Up to today. */
    days: readonly BudgetDay[];
    countsFrom: string;
    period: DaySpan;
  }) => PeriodProjection,
): BudgetEvaluation {
  const { budget, today } = facts;
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
  const projection = withFixed(project({ days, countsFrom, period }), within);
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
      isReached: isReached(threshold, amount, carry, {
        spent,
        forecast:
          projection.status === 'ok' ? BigInt(projection.total) : undefined,
      }),
    })),
  };
}

/** What is carried over, and where that isn't known what it may be. */
interface Carry {
  micros: bigint;
  problem?: Worded;
  /** Absent = any amount may have been overspent. */
  least?: bigint;
  most: bigint;
}

function isReached(
  { on, percent }: BudgetThreshold,
  amount: bigint,
  { least, most }: Carry,
  { spent, forecast }: { spent: bigint; forecast?: bigint },
): boolean | undefined {
  const reached = on === 'forecast' ? forecast : spent;
  if (reached === undefined) {
    return undefined;
  }
  const isOf = (limit: bigint) =>
    reached > 0n && reached * 100n >= limit * BigInt(percent);
  if (isOf(amount + most)) {
    return true;
  }
  const mayBe = least === undefined ? reached > 0n : isOf(amount + least);
  return mayBe ? undefined : false;
}

function carryOver(
  { budget, days, knownFrom }: BudgetFacts,
  period: DaySpan,
  amount: bigint,
): Carry {
  const before = budgetPeriodBefore(budget.period, period);
  if (
    budget.carryOver === 'none' ||
    (budget.since !== undefined && before.start < budget.since)
  ) {
    return certain(0n);
  }
  const within = days.filter(
    ({ day }) => day >= before.start && day < before.end,
  );
  const left = amount - sum(within);
  const carried = left < 0n && budget.carryOver === 'unused' ? 0n : left;
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
      // What isn't known yet can only have cost more.
      most: carried,
      ...(budget.carryOver === 'unused' && { least: 0n }),
    };
  }
  return certain(carried);
}

function certain(micros: bigint): Carry {
  return { micros, least: micros, most: micros };
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
