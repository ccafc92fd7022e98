import { Appetite } from '../types';
import { BackTest, backTest, replayRule } from './backTest';
import { RULE_CANDIDATES, RULE_MARGINS } from './candidates';
import { daysWithData, DEFAULT_RULE_PRIOR } from './prior';
import { RequestChoice, RequestRule, RulePrior, UsageDay } from './types';

/**
 * What an hour above the request is worth, in hours of reserving the mean
 * usage: with `standard`, a request is raised by the mean usage when that
 * spares more than a 400th of the time above it.
 *
 * @public
 */
export const RISK_PRICES: Readonly<Record<Appetite, number>> = {
  dev: 30,
  standard: 400,
  critical: 1500,
};

/** A rule changes only for one that costs this much less: a change costs a restart. */
const WORTH_A_CHANGE = 0.05;

/** @public */
export interface RequestOptions {
  appetite: Appetite;
  /** The fleet's experience; {@link DEFAULT_RULE_PRIOR} by default. */
  prior?: RulePrior;
  /** The rule in force; kept unless another is clearly better. */
  previous?: Pick<RequestRule, 'quantile' | 'margin'>;
}

/**
 * Chooses a container's CPU request from its past days. Of all
 * {@link RULE_CANDIDATES} it takes the one with the least
 *
 *     request / mean usage + risk price × expected share of samples above it
 *
 * where the expectation is the container's own back-test, shrunk toward the
 * fleet's: (Σ shares of its days + prior days × prior share) / (days + prior
 * days). All days count, the oldest like the newest: a peak stays until it
 * leaves the look-back. Only usage decides, never a request in force.
 *
 * Without `previous`, a more careful appetite never advises less.
 *
 * @param days - the look-back, oldest first; `undefined` = a day without data
 * @returns undefined when no day has data
 * @public
 */
export function chooseRequest(
  days: ReadonlyArray<UsageDay | undefined>,
  options: RequestOptions,
): RequestChoice | undefined {
  const known = daysWithData(days);
  if (known.length === 0) {
    return undefined;
  }
  const prior = options.prior ?? DEFAULT_RULE_PRIOR;
  const test = backTest(known);
  const price = RISK_PRICES[options.appetite];
  const mean = meanUsage(known);
  const costs = RULE_CANDIDATES.map((_, candidate) => {
    const over =
      (test.overSums[candidate] + prior.days * prior.overShares[candidate]) /
      (test.judged + prior.days);
    // Without any usage every request is nought, and risk alone decides.
    const reserved = mean > 0 ? valueOf(test, candidate) / mean : 0;
    return reserved + price * over;
  });
  const best = cheapest(costs, test);
  const chosen = keepOrChange(best, costs, options.previous);
  const rule = { days: known.length, ...RULE_CANDIDATES[chosen] };
  const replay = replayRule(known, rule);
  return {
    value: valueOf(test, chosen),
    rule,
    ...(replay && { replay }),
    ...(chosen !== best && { kept: true as const }),
    prior: test.judged < prior.days,
  };
}

function valueOf({ tops }: BackTest, candidate: number): number {
  return (
    tops[Math.floor(candidate / RULE_MARGINS.length)] *
    RULE_CANDIDATES[candidate].margin
  );
}

/** Of equal costs the smallest request: then more careful appetites never get less. */
function cheapest(costs: readonly number[], test: BackTest): number {
  let best = 0;
  for (let candidate = 1; candidate < costs.length; candidate++) {
    if (
      costs[candidate] < costs[best] ||
      (costs[candidate] === costs[best] &&
        valueOf(test, candidate) < valueOf(test, best))
    ) {
      best = candidate;
    }
  }
  return best;
}

function keepOrChange(
  best: number,
  costs: readonly number[],
  previous: RequestOptions['previous'],
): number {
  const inForce = previous
    ? RULE_CANDIDATES.findIndex(
        ({ quantile, margin }) =>
          quantile === previous.quantile && margin === previous.margin,
      )
    : -1;
  return inForce >= 0 && costs[inForce] <= costs[best] * (1 + WORTH_A_CHANGE)
    ? inForce
    : best;
}

function meanUsage(days: readonly UsageDay[]): number {
  let sum = 0;
  let count = 0;
  for (const day of days) {
    sum += day.mean * day.count;
    count += day.count;
  }
  return sum / count;
}
