import { DAY_MS, sumMicros } from '@headroom/common';
import { times } from './UsualCost';

/** So long an incident goes on while cost is up; what is up for longer is a new level. */
const LEVEL_DAYS = 7;

/** A complete day of an incident, or after it. */
export interface DayOfAnomaly {
  at: number;
  micros: bigint;
  /** By the days before the incident; undefined where nothing was. */
  expected: bigint | undefined;
}

/**
 * Days that cost too much, from the first odd one, until they are over: how far up cost
 * is, and what a day says of the end. A day on which the same share would not reach the
 * floor can say nothing of it.
 */
export class OpenAnomaly {
  readonly start: number;
  readonly isNew: boolean;
  readonly #floor: bigint;
  readonly #days: DayOfAnomaly[] = [];
  /** Of the days that were up, in parts of what was expected; ascending. */
  readonly #shares: number[] = [];
  #lastOdd: number;
  /** Since the last odd day, of those that say something: how many were up, and how many not. */
  #up = 0;
  #down = 0;

  static begin(
    start: number,
    { isNew, floorMicros }: { isNew: boolean; floorMicros: bigint },
  ) {
    return new OpenAnomaly(start, isNew, floorMicros);
  }

  private constructor(start: number, isNew: boolean, floor: bigint) {
    this.start = start;
    this.isNew = isNew;
    this.#floor = floor;
    this.#lastOdd = start;
  }

  /** What cost is in parts of what was expected, as the median of the days that were up. */
  get share(): number | undefined {
    const count = this.#shares.length;
    const middle = count >> 1;
    return count % 2 || count === 0
      ? this.#shares[middle]
      : (this.#shares[middle - 1] + this.#shares[middle]) / 2;
  }

  /** It lasted a week: a day is measured from where cost is by now. */
  isLevel(at: number): boolean {
    return at - this.start >= LEVEL_DAYS * DAY_MS;
  }

  /** Cost stayed up since the last odd day, as far as days say it. */
  get staysUp(): boolean {
    return this.#up > this.#down;
  }

  odd(day: DayOfAnomaly): void {
    this.#days.push(day);
    this.#lastOdd = day.at;
    this.#up = 0;
    this.#down = 0;
    this.#addShare(day);
  }

  /**
   * A day that is not odd; true when it speaks for an end.
   *
   * @param isUp - it costs too much beside the days before the incident
   */
  quiet(day: DayOfAnomaly, isUp: boolean): boolean {
    this.#days.push(day);
    if (this.#canTell(day)) {
      const stays = isUp || this.#isNearer(day);
      this.#up += Number(stays);
      this.#down += Number(!stays);
      if (stays) {
        this.#addShare(day);
      }
      return !stays || this.isLevel(day.at);
    }
    // Of what costs something once a week the next weeks need not be waited for.
    return day.at - this.#lastOdd >= LEVEL_DAYS * DAY_MS;
  }

  /** Complete days up to the last odd one, what they cost and what was expected. */
  sums(): { days: number; actual: bigint; expected: bigint } {
    const days = this.#days.filter(({ at }) => at <= this.#lastOdd);
    return {
      days: days.length,
      actual: sumMicros(days.map(({ micros }) => micros)),
      expected: this.isNew
        ? 0n
        : sumMicros(days.map(({ expected = 0n }) => expected)),
    };
  }

  #addShare({ micros, expected = 0n }: DayOfAnomaly): void {
    if (expected <= 0n || this.isNew) {
      return;
    }
    const share = Number(micros) / Number(expected);
    const place = this.#shares.findIndex(other => other > share);
    this.#shares.splice(place < 0 ? this.#shares.length : place, 0, share);
  }

  #canTell({ expected = 0n }: DayOfAnomaly): boolean {
    const { share } = this;
    return share === undefined || times(expected, share - 1) >= this.#floor;
  }

  /** Nearer to what such a day would cost now than to what it cost before. */
  #isNearer({ micros, expected = 0n }: DayOfAnomaly): boolean {
    const { share } = this;
    return (
      share !== undefined &&
      micros - expected >= times(expected, share - 1) / 2n
    );
  }
}
