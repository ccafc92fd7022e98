import { HOUR_MS } from '@headroom/common';
import { Baseline, dayOf } from './Baseline';
import { studentT95 } from './studentT';
import { CostHour, Measured, NotMeasured, Stretch } from './types';

/** Days of the past that hours are compared with. @public */
export const BASELINE_DAYS = 28;
/** Days of the past without which nothing is said. @public */
export const LEAST_BASELINE_DAYS = 7;
/** Hours in effect without which nothing is said. @public */
export const LEAST_HOURS = 24;

/** One workload's past and present. @public */
export interface SavingInput {
  /** What it cost, hour by hour, each hour once; hours that aren't known are absent. */
  hours: readonly CostHour[];
  /** When what is measured held; disjoint and in the order of time, see `attributeStretches`. */
  stretches: readonly Stretch[];
  /** When anything that was done to the workload held first, milliseconds since 1970. */
  firstAction: number;
  /** IANA name: the hours of the week that are compared are those of its clocks. */
  zone: string;
}

/**
 * What was saved: for each whole hour in effect, what the same hours of the week cost
 * in the four weeks before anything was done, less what was charged.
 *
 * The interval is that of a mean of days that are compared with a mean of days:
 * `t · s · √(1/compared + 1/past)` an hour, where `s` is how far days of the past lie
 * from what the other days say of them. A whole day counts as one observation, as the
 * hours of a day rise and fall together.
 *
 * @see https://www.itl.nist.gov/div898/handbook/prc/section3/prc31.htm
 * @public
 */
export function measureSaving({
  hours,
  stretches,
  firstAction,
  zone,
}: SavingInput): Measured | NotMeasured {
  const from = firstAction - BASELINE_DAYS * 24 * HOUR_MS;
  const past = hours.filter(
    ({ at }) => at >= from && at + HOUR_MS <= firstAction,
  );
  const baseline = Baseline.of(past, zone);
  if (baseline.days < LEAST_BASELINE_DAYS) {
    return {
      kind: 'no-baseline',
      days: baseline.days,
      needed: LEAST_BASELINE_DAYS,
    };
  }
  const inEffect = hours.filter(
    ({ at }) => at >= firstAction && isWithin(stretches, at),
  );
  const compared = inEffect.flatMap(hour => {
    const expected = baseline.expected(hour);
    return expected === undefined ? [] : [{ ...hour, expected }];
  });
  const errors = baseline.dailyErrors(compared.map(({ at }) => at));
  if (compared.length < LEAST_HOURS || errors.length < 2) {
    return {
      kind: 'too-few-hours',
      hours: compared.length,
      needed: LEAST_HOURS,
    };
  }
  const expected = compared.reduce((sum, each) => sum + each.expected, 0);
  const paid = compared.reduce((sum, each) => sum + each.micros, 0);
  const days = new Set(compared.map(({ at }) => dayOf(at, zone))).size;
  const variance =
    errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
  const halfWidth =
    studentT95(errors.length - 1) *
    compared.length *
    Math.sqrt(variance * (1 / days + 1 / errors.length));
  const saved = expected - paid;
  return {
    kind: 'measured',
    saved,
    low: saved - halfWidth,
    high: saved + halfWidth,
    hours: compared.length,
    leftOut: inEffect.length - compared.length,
    baselinePerHour: expected / compared.length,
    baselineDays: baseline.days,
    byDemand: baseline.byDemand,
  };
}

/** Whether all of an hour is in one of stretches that are disjoint and in order. */
function isWithin(stretches: readonly Stretch[], at: number): boolean {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (stretches[middle].from <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && at + HOUR_MS <= stretches[low - 1].to;
}
