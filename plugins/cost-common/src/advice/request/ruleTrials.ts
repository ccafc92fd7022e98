import { RULE_CANDIDATES, RULE_MARGINS, RULE_QUANTILES } from './candidates';
import { counts, Memory } from './memory';
import { HELD_MARGIN, heldLevel, HeldPast } from './heldPast';
import { RequestReplay, RequestRule, CpuDay } from './types';

/** What the daily quantiles of a past were, in the order of RULE_QUANTILES. */
export interface Past {
  /** With data, oldest first, at least one. */
  days: readonly CpuDay[];
  levels: number[][];
}

/** The days that decide: the highest of those that count, and the one after it. */
interface Top {
  value: number;
  day: number;
  /** 0 when no other day counts. */
  second: number;
}

/** A container's past under every candidate. */
export interface RuleTrials {
  /** In the order of RULE_QUANTILES. */
  tops: Top[];
  /** Σ over the days of the share of samples above what the other days advise, in the order of RULE_CANDIDATES. */
  overSums: Float64Array;
  /** Days judged: all, or none when there is only one. */
  judged: number;
}

export function pastOf(days: readonly CpuDay[]): Past {
  return {
    days,
    levels: RULE_QUANTILES.map(quantile =>
      days.map(day => dailyQuantile(day, quantile)),
    ),
  };
}

/**
 * Judges every candidate on every day by what it would have advised from the
 * other days that count. Leaving a day out rather than only looking back from
 * it makes three weeks out of two: an early day is judged by a full window as
 * well. A day that no longer counts is judged all the same: it is a day the
 * others did not foresee.
 *
 * @param like - of the same past; what is the same there is taken from it
 */
export function tryRules(
  { days, levels }: Past,
  memory: Memory,
  like?: RuleTrials,
): RuleTrials {
  const judged = days.length > 1 ? days.length : 0;
  const overSums = new Float64Array(RULE_CANDIDATES.length);
  const tops = levels.map((all, q) => {
    const top = topOf(all, memory);
    const from = q * RULE_MARGINS.length;
    if (like && isSame(top, like.tops[q])) {
      const to = from + RULE_MARGINS.length;
      overSums.set(like.overSums.subarray(from, to), from);
      return top;
    }
    for (let day = 0; day < judged; day++) {
      const base = day === top.day ? top.second : top.value;
      addOverShares(days[day], base, overSums, from);
    }
    return top;
  });
  return { tops, overSums, judged };
}

/** Of the days before `to`. From the newest on, as few days then have to be asked. */
function topOf(
  levels: readonly number[],
  memory: Memory,
  to: number = levels.length,
): Top {
  const top: Top = { value: levels[to - 1], day: to - 1, second: 0 };
  for (let day = to - 2; day >= 0; day--) {
    const value = levels[day];
    if (value <= top.second || !counts(levels, day, memory, to)) {
      continue;
    }
    if (value > top.value) {
      top.second = top.value;
      top.value = value;
      top.day = day;
    } else {
      top.second = value;
    }
  }
  return top;
}

function isSame(a: Top, b: Top): boolean {
  return a.value === b.value && a.day === b.day && a.second === b.second;
}

/** Adds what a day has above `base` times each margin. */
function addOverShares(
  day: CpuDay,
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

/** A histogram may place its last quantile beside the maximum; a peak is a peak. */
function dailyQuantile(day: CpuDay, quantile: number): number {
  return quantile === 1 ? day.max : day.quantile(quantile);
}

/**
 * The honest replay of one rule: each day is advised from the days before it,
 * however few, as far as they counted then.
 *
 * @param levels - the daily quantiles of the rule, of the same days
 * @param held - of the same days
 * @returns undefined with fewer than two days
 */
export function replayRule(
  days: readonly CpuDay[],
  levels: readonly number[],
  held: HeldPast,
  { margin }: Pick<RequestRule, 'margin'>,
  memory: Memory,
): RequestReplay | undefined {
  if (days.length < 2) {
    return undefined;
  }
  let over = 0;
  let used = 0;
  let requested = 0;
  for (let day = 1; day < days.length; day++) {
    const value = Math.max(
      topOf(levels, memory, day).value * margin,
      heldLevel(held, memory, day).level * HELD_MARGIN,
    );
    const { count, mean, max } = days[day];
    over += value >= max ? 0 : days[day].shareAbove(value);
    used += mean * count;
    requested += value * count;
  }
  return {
    days: days.length - 1,
    overShare: over / (days.length - 1),
    slackShare: requested > 0 ? 1 - used / requested : 0,
  };
}
