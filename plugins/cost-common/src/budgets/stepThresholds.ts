import { addDays, microsToDecimal, Worded } from '@headroom/common';
import {
  BudgetDefinition,
  budgetFingerprint,
  BudgetThreshold,
} from './budgetDefinition';
import { sayBudget } from './budgetSentences';
import {
  BudgetDay,
  BudgetEvaluation,
  ThresholdEvaluation,
} from './evaluateBudget';

/** A threshold that has fired. @public */
export interface FiredThreshold extends BudgetThreshold {
  /** First day of the period it fired for. */
  periodStart: string;
  /** See `budgetFingerprint`. */
  fingerprint: string;
  /** ISO 8601 UTC. */
  firedAt: string;
  /** What was spent by then, in micros. */
  spent: bigint;
  /** The newest complete day of that time, and what was spent up to its end, in micros. */
  through?: string;
  spentThrough: bigint;
}

/** A threshold fired, or is taken back. Amounts are in micros. @public */
export interface BudgetEvent extends BudgetThreshold {
  kind: 'fired' | 'cleared';
  /** ISO 8601 UTC. */
  at: string;
  periodStart: string;
  /** Day after the last one. */
  periodEnd: string;
  limit: bigint;
  /** What is spent, or forecast, by now. */
  reached: bigint;
  reason: Worded;
}

/** @public */
export interface ThresholdStep {
  budget: BudgetDefinition;
  evaluation: BudgetEvaluation;
  /** What it was evaluated from. */
  days: readonly BudgetDay[];
  /** Thresholds of this budget that have fired. */
  fired: readonly FiredThreshold[];
  /** ISO 8601 UTC. */
  now: string;
}

/**
 * What thresholds do after an evaluation: those that are reached fire, once in a
 * period and for an amount. One that has fired is taken back only when the cost of
 * the days it stood on was corrected downwards and it is not reached any more; a
 * forecast that merely wanders takes nothing back. Doing it twice changes nothing.
 * Of a budget of which nothing is left the first spend reaches all thresholds: that is one
 * event.
 *
 * @returns the thresholds that have fired by now, and what happened.
 * @public
 */
export function stepThresholds(step: ThresholdStep): {
  fired: FiredThreshold[];
  events: BudgetEvent[];
} {
  const fingerprint = budgetFingerprint(step.budget);
  const { limit, period, thresholds } = step.evaluation;
  const standing = step.fired.filter(
    each =>
      each.periodStart === period.start && each.fingerprint === fingerprint,
  );
  const fired: FiredThreshold[] = [];
  const events: BudgetEvent[] = [];
  const happened = (event: BudgetEvent) => {
    if (limit > 0n || events.every(({ kind }) => kind !== event.kind)) {
      events.push(event);
    }
  };
  for (const threshold of thresholds) {
    const before = standing.find(
      ({ on, percent }) => on === threshold.on && percent === threshold.percent,
    );
    const correction = before && correctionOf(step, before, threshold);
    if (correction) {
      happened(eventOf(step, 'cleared', threshold, correction));
    } else if (before) {
      fired.push(before);
    } else if (threshold.isReached) {
      happened(eventOf(step, 'fired', threshold, reasonOf(step, threshold)));
      fired.push(toFired(step, threshold, fingerprint));
    }
  }
  return { fired, events };
}

function toFired(
  { evaluation, now }: ThresholdStep,
  { on, percent }: BudgetThreshold,
  fingerprint: string,
): FiredThreshold {
  const { period, spent, completeThrough, spentThrough } = evaluation;
  return {
    on,
    percent,
    periodStart: period.start,
    fingerprint,
    firedAt: now,
    spent,
    ...(completeThrough !== undefined && { through: completeThrough }),
    spentThrough,
  };
}

/**
 * Why a threshold that has fired is taken back; undefined when it is not. What is
 * spent only falls when it is corrected; a limit that moved is no correction.
 */
function correctionOf(
  { budget, evaluation, days }: ThresholdStep,
  before: FiredThreshold,
  { isReached, on, percent }: ThresholdEvaluation,
): Worded | undefined {
  if (isReached !== false) {
    return undefined;
  }
  const { period, spent } = evaluation;
  if (on === 'spent') {
    return spent < before.spent
      ? sayBudget('restated', {
          percent,
          start: period.start,
          before: money(before.spent, budget),
          now: money(spent, budget),
        })
      : undefined;
  }
  const { through } = before;
  if (through === undefined) {
    return undefined;
  }
  const now = days
    .filter(({ day }) => day >= period.start && day <= through)
    .reduce((sum, { micros }) => sum + micros, 0n);
  return now < before.spentThrough
    ? sayBudget('restatedForecast', {
        percent,
        through,
        before: money(before.spentThrough, budget),
        now: money(now, budget),
      })
    : undefined;
}

function eventOf(
  { evaluation, now }: ThresholdStep,
  kind: BudgetEvent['kind'],
  { on, percent }: BudgetThreshold,
  reason: Worded,
): BudgetEvent {
  return {
    kind,
    on,
    percent,
    at: now,
    periodStart: evaluation.period.start,
    periodEnd: evaluation.period.end,
    limit: evaluation.limit,
    reached: reachedBy(evaluation, on),
    reason,
  };
}

function reasonOf(
  { budget, evaluation }: ThresholdStep,
  { on, percent }: BudgetThreshold,
): Worded {
  const { amount, limit, period } = evaluation;
  const reached = money(reachedBy(evaluation, on), budget);
  const span = { start: period.start, end: addDays(period.end, -1) };
  const isNothing = amount <= 0n;
  if (on === 'forecast') {
    const forecast = { ...span, forecast: reached };
    return limit > 0n
      ? sayBudget('forecast', {
          ...forecast,
          percent,
          limit: money(limit, budget),
        })
      : sayBudget(isNothing ? 'anyForecast' : 'anyForecastCarried', forecast);
  }
  const spent = { ...span, spent: reached };
  return limit > 0n
    ? sayBudget('spent', { ...spent, percent, limit: money(limit, budget) })
    : sayBudget(isNothing ? 'anySpend' : 'anySpendCarried', spent);
}

function reachedBy(
  { spent, projection }: BudgetEvaluation,
  on: BudgetThreshold['on'],
): bigint {
  return on === 'forecast' && projection.status === 'ok'
    ? BigInt(projection.total)
    : spent;
}

/** To the hundredth, as a bill says it; what is less is not nothing. */
function money(micros: bigint, { currency }: BudgetDefinition): string {
  if (micros > 0n && micros < 5_000n) {
    return `< 0.01 ${currency}`;
  }
  const cents = (micros < 0n ? micros - 5_000n : micros + 5_000n) / 10_000n;
  return `${microsToDecimal(cents * 10_000n).slice(0, -4)} ${currency}`;
}
