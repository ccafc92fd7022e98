import { RULE_CANDIDATES, RULE_MARGINS, RULE_QUANTILES } from './candidates';
import { RequestReplay, RequestRule, UsageDay } from './types';

/** A container's past under every candidate. */
export interface BackTest {
  /** Largest daily quantile, in the order of RULE_QUANTILES. */
  tops: number[];
  /** Σ over the days of the share of samples above what the other days advise, in the order of RULE_CANDIDATES. */
  overSums: Float64Array;
  /** Days judged: all, or none when there is only one. */
  judged: number;
}

/**
 * Judges every candidate on every day by what it would have advised from the
 * other days. Leaving a day out rather than only looking back from it makes
 * three weeks out of two: an early day is judged by a full window as well.
 *
 * @param days - days with data, at least one
 */
export function backTest(days: readonly UsageDay[]): BackTest {
  const judged = days.length > 1 ? days.length : 0;
  const overSums = new Float64Array(RULE_CANDIDATES.length);
  const tops = RULE_QUANTILES.map((quantile, q) => {
    const { top, second, topDay } = twoLargest(days, quantile);
    for (let day = 0; day < judged; day++) {
      const base = day === topDay ? second : top;
      addOverShares(days[day], base, overSums, q * RULE_MARGINS.length);
    }
    return top;
  });
  return { tops, overSums, judged };
}

/** Adds what a day has above `base` times each margin. */
function addOverShares(
  day: UsageDay,
  base: number,
  into: Float64Array,
  offset: number,
): void {
  for (let m = 0; m < RULE_MARGINS.length; m++) {
    const value = base * RULE_MARGINS[m];
    if (value >= day.max) {
      return; // and so is every larger margin
    }
    into[offset + m] += day.shareAbove(value);
  }
}

function twoLargest(days: readonly UsageDay[], quantile: number) {
  let top = -Infinity;
  let second = -Infinity;
  let topDay = 0;
  for (let day = 0; day < days.length; day++) {
    const value = dailyQuantile(days[day], quantile);
    if (value > top) {
      second = top;
      top = value;
      topDay = day;
    } else if (value > second) {
      second = value;
    }
  }
  return { top, second, topDay };
}

/** A histogram may place its last quantile beside the maximum; a peak is a peak. */
function dailyQuantile(day: UsageDay, quantile: number): number {
  return quantile === 1 ? day.max : day.quantile(quantile);
}

/**
 * The honest replay of one rule: each day is advised from the days before it,
 * however few.
 *
 * @param days - days with data, oldest first
 * @returns undefined with fewer than two days
 */
export function replayRule(
  days: readonly UsageDay[],
  rule: Pick<RequestRule, 'quantile' | 'margin'>,
): RequestReplay | undefined {
  if (days.length < 2) {
    return undefined;
  }
  let top = dailyQuantile(days[0], rule.quantile);
  let over = 0;
  let used = 0;
  let requested = 0;
  for (let day = 1; day < days.length; day++) {
    const { count, mean, max } = days[day];
    const value = top * rule.margin;
    over += value >= max ? 0 : days[day].shareAbove(value);
    used += mean * count;
    requested += value * count;
    top = Math.max(top, dailyQuantile(days[day], rule.quantile));
  }
  return {
    days: days.length - 1,
    overShare: over / (days.length - 1),
    slackShare: requested > 0 ? 1 - used / requested : 0,
  };
}
