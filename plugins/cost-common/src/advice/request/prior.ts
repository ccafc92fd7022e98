import { backTest, pastOf } from './backTest';
import { RULE_CANDIDATES } from './candidates';
import { WHOLE_LOOK_BACK } from './memory';
import { RulePrior, UsageDay } from './types';

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

/**
 * The experience of a fleet: every rule held against the past of every
 * container, each day counting once.
 *
 * @param containers - days of each container; `undefined` = a day without data
 * @returns the default prior when no container has two days
 * @public
 */
export function rulePriorOfFleet(
  containers: Iterable<ReadonlyArray<UsageDay | undefined>>,
): RulePrior {
  const sums = new Float64Array(RULE_CANDIDATES.length);
  let judged = 0;
  for (const days of containers) {
    const known = daysWithData(days);
    if (known.length > 1) {
      const test = backTest(pastOf(known), WHOLE_LOOK_BACK);
      test.overSums.forEach((over, candidate) => {
        sums[candidate] += over;
      });
      judged += test.judged;
    }
  }
  return judged
    ? { days: PRIOR_DAYS, overShares: Array.from(sums, sum => sum / judged) }
    : DEFAULT_RULE_PRIOR;
}

/** Days with samples, in their order. */
export function daysWithData(
  days: ReadonlyArray<UsageDay | undefined>,
): UsageDay[] {
  return days.filter(
    (day): day is UsageDay => day !== undefined && day.count > 0,
  );
}
