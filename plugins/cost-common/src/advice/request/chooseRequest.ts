import { MEMORIES, RISK_PRICES } from '../appetites';
import { Appetite, APPETITES } from '../types';
import { RuleTrials, tryRules, Past, pastOf, replayRule } from './ruleTrials';
import { RESOLUTION, RULE_CANDIDATES, RULE_MARGINS } from './candidates';
import { counts, daysUntilForgotten, isAsHigh, Memory } from './memory';
import { daysWithData, DEFAULT_RULE_PRIOR } from './prior';
import {
  HELD_MARGIN,
  heldLevel,
  HeldPast,
  heldPastOf,
  withLevel,
} from './heldPast';
import { riskUnit } from './riskUnit';
import {
  FadedDay,
  PassingPeak,
  RequestChoice,
  RequestRule,
  RulePrior,
  CpuDay,
} from './types';

/** A rule changes only for one that costs this much less: a change costs a restart. */
const WORTH_A_CHANGE = 0.05;

/** @public */
export interface RequestOptions {
  appetite: Appetite;
  /** The fleet's experience; `DEFAULT_RULE_PRIOR` by default. */
  prior?: RulePrior;
  /** The rule in force; kept unless another is clearly better. */
  previous?: Pick<RequestRule, 'quantile' | 'margin'>;
  /** Days with data that the look-back takes when it is full; as many as are given by default. */
  lookBackDays?: number;
  /**
   * The days before those given, of a load that falls: of them only what comes
   * back after a week counts, as high as it was last.
   */
  before?: readonly CpuDay[];
}

/** The candidates at one appetite. */
interface Judged {
  test: RuleTrials;
  /** What each asks for. */
  values: number[];
  costs: number[];
  best: number;
}

/**
 * Chooses a container's CPU request from its past days. Of all
 * `RULE_CANDIDATES` it takes the one with the least
 *
 *     request / usual peak + risk price × expected share of samples above it
 *
 * where the expectation is the container's own trials, shrunk toward the
 * fleet's: (Σ shares of its days + prior days × prior share) / (days + prior
 * days). Only usage decides, never a request in force.
 *
 * What a day reached counts until it has been away for longer than it ever was
 * before it came back (`dev`), half as long again (`standard`, `critical`). What
 * was not seen to come back over a whole week counts for a week and a day, for
 * `critical` as long as the look-back.
 *
 * A daily quantile doesn't see an hour of one day. So what was held for half an
 * hour is the least a request may be as long as it counts; with `dev` and
 * `standard` that takes that it came back at that hour a week later.
 *
 * Without `previous`, a more careful appetite never advises less.
 *
 * @param days - the look-back, oldest first; `undefined` = a day without data
 * @returns undefined when no day has data
 * @public
 */
export function chooseRequest(
  days: ReadonlyArray<CpuDay | undefined>,
  options: RequestOptions,
): RequestChoice | undefined {
  const known = daysWithData(days);
  if (known.length === 0) {
    return undefined;
  }
  const { appetite, prior = DEFAULT_RULE_PRIOR, previous } = options;
  const before = daysWithData(options.before ?? []);
  const past = pastOf(known);
  const all = [...before, ...known];
  const held = heldPastOf(all, options.before ? 'last' : 'highest');
  const { test, values, costs, best } = judge(past, appetite, prior);
  const chosen = keepOrChange(best, costs, previous);
  const q = Math.floor(chosen / RULE_MARGINS.length);
  const memory = MEMORIES[appetite];
  const levels = past.levels[q];
  const forgotten = forgottenDays(levels, memory);
  const top = test.tops[q];
  const peak = heldLevel(held, memory);
  const value = Math.max(values[chosen], peak.level * HELD_MARGIN);
  const peakDecides = value > values[chosen] * RESOLUTION;
  const rule = {
    days: known.length - forgotten.length,
    ...RULE_CANDIDATES[chosen],
    ...(peakDecides && {
      held: { level: peak.level, weekly: peak.weekly, margin: HELD_MARGIN },
    }),
  };
  const faded = highestOf(forgotten, levels);
  const passing = passingPeak(all, held, value);
  const replay = options.before
    ? undefined
    : replayRule(known, levels, held, rule, memory);
  const decides = peakDecides
    ? withLevel(held.levels, peak.day, peak.level)
    : levels;
  const lookBack = Math.max(decides.length, options.lookBackDays ?? 0);
  const { day } = peakDecides ? peak : top;
  return {
    value,
    rule,
    fades: {
      day: peakDecides ? day - before.length : day,
      afterDays: daysUntilForgotten(decides, day, memory, lookBack),
    },
    ...(faded && { faded }),
    ...(passing && { passing }),
    ...(replay && { replay }),
    ...(chosen !== best && { kept: true as const }),
    prior: test.judged < prior.days,
  };
}

/**
 * Judges the candidates at an appetite and at every bolder one: none that asks
 * for less than the bolder one's is taken, so that who is more careful never
 * gets less, though memories differ.
 */
function judge(past: Past, appetite: Appetite, prior: RulePrior): Judged {
  const unit = riskUnit(past.days);
  let judged: Judged | undefined;
  for (const each of APPETITES) {
    const test = tryRules(past, MEMORIES[each], judged?.test);
    const least = judged ? judged.values[judged.best] : 0;
    const values = RULE_CANDIDATES.map(
      ({ margin }, candidate) =>
        test.tops[Math.floor(candidate / RULE_MARGINS.length)].value * margin,
    );
    const costs = values.map((value, candidate) => {
      const over =
        (test.overSums[candidate] + prior.days * prior.overShares[candidate]) /
        (test.judged + prior.days);
      // Without any usage every request is nought, and risk alone decides.
      return (unit > 0 ? value / unit : 0) + RISK_PRICES[each] * over;
    });
    judged = { test, values, costs, best: cheapest(costs, values, least) };
    if (each === appetite) {
      return judged;
    }
  }
  throw new RangeError(`There is no appetite ${appetite}`);
}

/** Of those not below `least`; of equal costs the smallest request, as a careful appetite must not get less. */
function cheapest(
  costs: readonly number[],
  values: readonly number[],
  least: number,
): number {
  let best = -1;
  for (let candidate = 0; candidate < costs.length; candidate++) {
    if (
      values[candidate] >= least &&
      (best < 0 ||
        costs[candidate] < costs[best] ||
        (costs[candidate] === costs[best] && values[candidate] < values[best]))
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

function forgottenDays(levels: readonly number[], memory: Memory): number[] {
  return [...levels.keys()].filter(day => !counts(levels, day, memory));
}

function highestOf(
  days: readonly number[],
  levels: readonly number[],
): FadedDay | undefined {
  const values = days.map(day => levels[day]);
  const at = values.indexOf(Math.max(...values));
  return at < 0 ? undefined : { day: days[at], value: values[at] };
}

/** The highest of what stands out of its day and lies above the request. */
function passingPeak(
  days: readonly CpuDay[],
  { peaks }: HeldPast,
  request: number,
): PassingPeak | undefined {
  const value = Math.max(...peaks);
  const last = peaks.findLastIndex(each => isAsHigh(each, value));
  const { held } = days[last];
  return held && value > request
    ? { start: held.start, value: peaks[last] }
    : undefined;
}
