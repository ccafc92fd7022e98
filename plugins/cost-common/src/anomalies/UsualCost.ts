import { DAY_MS } from '@headroom/common';

/** Weeks before an incident whose weekdays say what was to be expected. */
const WEEKS = 4;
/** Days that say it when there are too few of a weekday. */
const DAYS = 14;
const LEAST_OF_WEEKDAY = 2;
/** Shares are kept to the millionth: amounts stay whole micros. */
const PARTS = 1_000_000;

/**
 * What the days of a series usually cost, by the instants they begin at: the median of
 * the same weekday in the four weeks before. When cost has a new level, the days before
 * it are taken for what they would have cost at that level, so that it is not odd again
 * while most days that are compared are older than it.
 */
export class UsualCost {
  readonly #known = new Map<number, bigint>();

  static create() {
    return new UsualCost();
  }

  private constructor() {}

  learn(at: number, micros: bigint): void {
    this.#known.set(at, micros);
  }

  /** What a day was expected to cost by the days before an instant; undefined without any. */
  of(at: number, before = at): bigint | undefined {
    const weekday: bigint[] = [];
    const weeksAgo = Math.floor((at - before) / (7 * DAY_MS)) + 1;
    for (let week = weeksAgo; week < weeksAgo + WEEKS; week += 1) {
      const micros = this.#known.get(at - week * 7 * DAY_MS);
      if (micros !== undefined) {
        weekday.push(micros);
      }
    }
    if (weekday.length >= LEAST_OF_WEEKDAY) {
      return medianOf(weekday);
    }
    const recent: bigint[] = [];
    for (let back = 1; back <= DAYS; back += 1) {
      const micros = this.#known.get(before - back * DAY_MS);
      if (micros !== undefined) {
        recent.push(micros);
      }
    }
    return recent.length > 0 ? medianOf(recent) : undefined;
  }

  /**
   * From an instant on cost has a new level.
   *
   * @param share - of what it was before; undefined where that was nothing, and says
   * nothing of what comes
   */
  moveTo(since: number, share: number | undefined): void {
    for (let back = 1; back <= (WEEKS + 1) * 7; back += 1) {
      const at = since - back * DAY_MS;
      const micros = this.#known.get(at);
      if (micros !== undefined && share !== undefined) {
        this.#known.set(at, times(micros, share));
      } else {
        this.#known.delete(at);
      }
    }
  }
}

export function times(micros: bigint, share: number): bigint {
  return (micros * BigInt(Math.round(share * PARTS))) / BigInt(PARTS);
}

function medianOf(amounts: bigint[]): bigint {
  amounts.sort((a, b) => (a < b ? -1 : Number(a > b)));
  const middle = amounts.length >> 1;
  return amounts.length % 2
    ? amounts[middle]
    : (amounts[middle - 1] + amounts[middle]) / 2n;
}
