import {
  breachedOn,
  BudgetEvaluation,
  BudgetStatus,
  FiredThreshold,
} from '@headroom/plugin-cost-common';
import { EvaluatedOne } from './BudgetEvaluator';

/** An evaluation as it goes over the wire and into the database. */
export function toStatus(
  {
    evaluation,
    closed,
    days,
    today,
  }: Exclude<EvaluatedOne, { problem: string }>,
  fired: readonly FiredThreshold[],
  evaluatedAt: string,
): BudgetStatus {
  const { period, carryProblem, completeThrough, knownFrom, projection } =
    evaluation;
  const breached = breachedOn(evaluation, days);
  return {
    evaluatedAt,
    start: period.start,
    end: period.end,
    today,
    amount: evaluation.amount.toString(),
    carried: evaluation.carried.toString(),
    ...(carryProblem && { carryProblem }),
    limit: evaluation.limit.toString(),
    spent: evaluation.spent.toString(),
    ...(completeThrough !== undefined && { completeThrough }),
    ...(knownFrom !== undefined && { knownFrom }),
    incompleteDays: evaluation.incompleteDays,
    projection: withoutCourse(projection),
    thresholds: evaluation.thresholds.map(({ at, isReached, ...threshold }) => {
      const firedAt = fired.find(
        each =>
          each.on === threshold.on &&
          each.percent === threshold.percent &&
          each.periodStart === period.start,
      )?.firedAt;
      return {
        ...threshold,
        at: at.toString(),
        ...(isReached !== undefined && { isReached }),
        ...(firedAt !== undefined && { firedAt }),
      };
    }),
    ...(breached !== undefined && { breachedOn: breached }),
    ...(closed && { closed: toClosed(closed) }),
  };
}

function toClosed({
  period: { start, end },
  limit,
  spent,
  knownFrom,
}: BudgetEvaluation): BudgetStatus['closed'] {
  return {
    start,
    end,
    limit: limit.toString(),
    spent: spent.toString(),
    ...(knownFrom !== undefined && { knownFrom }),
  };
}

function withoutCourse(
  projection: BudgetStatus['projection'],
): BudgetStatus['projection'] {
  if (projection.status !== 'ok') {
    return projection;
  }
  const { course, ...rest } = projection;
  return rest;
}
