import { RULE_CANDIDATES } from './candidates';
import { RulePrior, CpuDay } from './types';

/** Days of its own past that weigh as much as the fleet: about half a week. */
const PRIOR_DAYS = 4;

/**
 * What to expect of a rule before anything is known: that a day brings
 * something new one time in two hundred, and otherwise exceeds its quantile
 * about half as often as the quantile allows, less with a margin. In round
 * numbers, from generated workloads and public request rates; a third or three
 * times of it moves the outcome little (docs/decisions/request-rule.md).
 *
 * @public
 */
export const DEFAULT_RULE_PRIOR: RulePrior = {
  days: PRIOR_DAYS,
  overShares: RULE_CANDIDATES.map(({ quantile, margin }) => {
    const withoutMargin = Math.exp(-10 * (margin - 1));
    return (
      0.002 +
      0.003 * withoutMargin +
      (1 - quantile) * (0.1 + 0.45 * withoutMargin)
    );
  }),
};

/** Days with samples, in their order. */
export function daysWithData(
  days: ReadonlyArray<CpuDay | undefined>,
): CpuDay[] {
  return days.filter(
    (day): day is CpuDay => day !== undefined && day.count > 0,
  );
}
