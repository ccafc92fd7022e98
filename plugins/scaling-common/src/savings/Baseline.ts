import { HOUR_MS, DAY_MS } from '@headroom/common';
import { offsetMs } from '../schedules/zones';
import { CostHour } from './types';

/** Weeks from which on each hour of the week has a past of its own. */
const WEEKS_BY_HOUR = 2;
/** 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * DAY_MS;

/** What the clocks of a zone show, as milliseconds since they showed 1970. */
function localOf(at: number, zone: string): number {
  return at + offsetMs(zone, at);
}

/** Local days since 1970. */
export function dayOf(at: number, zone: string): number {
  return Math.floor(localOf(at, zone) / DAY_MS);
}

/** Hours that are alike: the same local hour of the week, or with a short past of a working day or a weekend. */
function bucketOf(at: number, zone: string, byWeek: boolean): number {
  const sinceMonday = localOf(at, zone) - FIRST_MONDAY;
  const hourOfWeek = ((Math.floor(sinceMonday / HOUR_MS) % 168) + 168) % 168;
  if (byWeek) {
    return hourOfWeek;
  }
  const weekend = hourOfWeek >= 5 * 24;
  return (hourOfWeek % 24) + (weekend ? 24 : 0);
}

interface Bucket {
  count: number;
  micros: number;
  demand: number;
}

/**
 * What hours cost before anything was done: the mean of the same hours of the week;
 * where demand is known, moved by what demand was worth in all of the past.
 */
export class Baseline {
  /** Days with at least one hour. */
  readonly days: number;
  readonly byDemand: boolean;
  readonly #hours: readonly CostHour[];
  readonly #zone: string;
  readonly #byWeek: boolean;
  readonly #buckets = new Map<number, Bucket>();
  /** Micros that one more unit of demand cost. */
  readonly #slope: number;

  /**
   * @param hours - of the past, any order, each once
   * @param zone - IANA name; hours of the week are those of its clocks
   */
  static of(hours: readonly CostHour[], zone: string): Baseline {
    return new Baseline(hours, zone);
  }

  private constructor(hours: readonly CostHour[], zone: string) {
    this.#hours = hours;
    this.#zone = zone;
    this.days = new Set(hours.map(({ at }) => dayOf(at, zone))).size;
    this.#byWeek = this.days >= WEEKS_BY_HOUR * 7;
    this.byDemand =
      hours.length > 0 && hours.every(({ demand }) => demand !== undefined);
    for (const { at, micros, demand = 0 } of hours) {
      const key = this.#bucketOf(at);
      const bucket = this.#buckets.get(key) ?? {
        count: 0,
        micros: 0,
        demand: 0,
      };
      bucket.count += 1;
      bucket.micros += micros;
      bucket.demand += demand;
      this.#buckets.set(key, bucket);
    }
    this.#slope = this.byDemand ? slopeOf(hours) : 0;
  }

  /**
   * What an hour would have cost; undefined = no hour like it is known. What does not
   * run serves nobody: the demand of an hour without cost says nothing.
   */
  expected({ at, demand, micros }: CostHour): number | undefined {
    const bucket = this.#buckets.get(this.#bucketOf(at));
    const moves = this.byDemand && micros > 0;
    if (!bucket || (moves && demand === undefined)) {
      return undefined;
    }
    const moved = moves
      ? this.#slope * ((demand ?? 0) - bucket.demand / bucket.count)
      : 0;
    return Math.max(0, bucket.micros / bucket.count + moved);
  }

  /**
   * By how much a day's hours cost more or less an hour than the other days say, for
   * hours like those given: how wrong the baseline is about a day.
   */
  dailyErrors(like: readonly number[]): number[] {
    const wanted = new Set(like.map(at => this.#bucketOf(at)));
    const days = new Map<number, { sum: number; count: number }>();
    for (const hour of this.#hours) {
      const key = this.#bucketOf(hour.at);
      const { count = 0 } = this.#buckets.get(key) ?? {};
      const expected = this.expected(hour);
      // An hour with no other like it says nothing of how far they lie apart.
      if (wanted.has(key) && count > 1 && expected !== undefined) {
        const date = dayOf(hour.at, this.#zone);
        const day = days.get(date) ?? { sum: 0, count: 0 };
        // The hour is in its own mean, which pulls that towards it.
        day.sum += (hour.micros - expected) * Math.sqrt(count / (count - 1));
        day.count += 1;
        days.set(date, day);
      }
    }
    return [...days.values()].map(({ sum, count }) => sum / count);
  }

  #bucketOf(at: number): number {
    return bucketOf(at, this.#zone, this.#byWeek);
  }
}

/** Least squares of cost over demand; never negative: more demand is no reason to cost less. */
function slopeOf(hours: readonly CostHour[]): number {
  const meanCost = mean(hours.map(({ micros }) => micros));
  const meanDemand = mean(hours.map(({ demand = 0 }) => demand));
  let together = 0;
  let spread = 0;
  for (const { micros, demand = 0 } of hours) {
    together += (micros - meanCost) * (demand - meanDemand);
    spread += (demand - meanDemand) ** 2;
  }
  return spread > 0 ? Math.max(0, together / spread) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
