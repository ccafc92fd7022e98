import { AnomalyDay, AnomalyRule } from './findCostAnomalies';

/** What of a rule a week is judged by; the floor is of each of its days. @public */
export type RiseRule = Pick<AnomalyRule, 'floorMicros' | 'percent'>;

export const WEEK = 7;
/** A week is compared with the one that began so many days before it. @public */
export const RISE_BACK_DAYS = 4 * WEEK;
/** Weeks are compared by the days that are known of both, at least so many. */
const LEAST_PAIRS = 5;
/** Of the four steps from week to week so many have to be known: a gap takes two. */
const LEAST_STEPS = 2;
/** What began stays a rise down to this part of what made it begin: nothing ends by the noise of a day. */
const STILL_SHARE = 0.6;
/** Weeks before the five that rose: what comes back to what it cost then is no rise. */
const WEEKS_BEFORE = [5, 6, 7, 8];
/** Mean over standard error, of five pairs and more. */
const LEAST_T = 5;

/** How weeks of a history compare; a week goes by the place of its last day. */
export class Weeks {
  readonly #micros: number[];
  readonly #complete: boolean[];
  readonly #floor: number;
  readonly #percent: number;

  static create(history: readonly AnomalyDay[], rule: RiseRule) {
    return new Weeks(history, rule);
  }

  private constructor(history: readonly AnomalyDay[], rule: RiseRule) {
    this.#micros = history.map(({ micros }) => Number(micros));
    this.#complete = history.map(({ complete }) => complete);
    this.#floor = Number(rule.floorMicros);
    this.#percent = rule.percent;
  }

  has(at: number): boolean {
    return at < this.#micros.length;
  }

  isKnown(at: number): boolean {
    return this.#pairs(at, at - RISE_BACK_DAYS) !== undefined;
  }

  /** It is beyond another week by the rule; undefined where too few days are known of both. */
  isBeyond(at: number, other: number): boolean | undefined {
    const pairs = this.#pairs(at, other);
    return pairs && this.#limitShare(pairs) >= 1;
  }

  /** It is above another week by more than half of that, or that is not known; without another: the one four weeks before. */
  isStillBeyond(at: number, other = at - RISE_BACK_DAYS): boolean {
    const pairs = this.#pairs(at, other);
    return !pairs || this.#limitShare(pairs) >= STILL_SHARE;
  }

  /** How far it is beyond another week, in parts of what the rule asks for. */
  excess(at: number, other: number): number {
    const pairs = this.#pairs(at, other);
    return pairs ? this.#limitShare(pairs) : 0;
  }

  /** A rise can begin in it. */
  beginAt(at: number): boolean {
    const pairs = this.#pairs(at, at - RISE_BACK_DAYS);
    if (!pairs || this.#limitShare(pairs) < 1 || !isSteady(pairs.changes)) {
      return false;
    }
    if (
      WEEKS_BEFORE.some(week => this.isBeyond(at, at - week * WEEK) === false)
    ) {
      return false;
    }
    const steps = [0, 1, 2, 3].flatMap(
      week => this.#pairs(at - week * WEEK, at - (week + 1) * WEEK) ?? [],
    );
    return (
      steps.length >= LEAST_STEPS &&
      steps.every(({ changes }) => sumOf(changes) > 0)
    );
  }

  #pairs(
    at: number,
    other: number,
  ): { changes: number[]; then: number } | undefined {
    const changes: number[] = [];
    let then = 0;
    for (let back = 0; back < WEEK; back += 1) {
      if (this.#complete[at - back] && this.#complete[other - back]) {
        changes.push(this.#micros[at - back] - this.#micros[other - back]);
        then += this.#micros[other - back];
      }
    }
    return changes.length >= LEAST_PAIRS ? { changes, then } : undefined;
  }

  #limitShare({
    changes,
    then,
  }: {
    changes: readonly number[];
    then: number;
  }): number {
    const excess = sumOf(changes);
    const limit = Math.max(
      this.#floor * changes.length,
      (this.#percent / 100) * then,
    );
    if (excess <= 0) {
      return 0;
    }
    return limit > 0 ? excess / limit : 1;
  }
}

function sumOf(changes: readonly number[]): number {
  return changes.reduce((sum, change) => sum + change, 0);
}

/** The days of a week are above those four weeks before by far more than these differences vary. */
function isSteady(changes: readonly number[]): boolean {
  const count = changes.length;
  const mean = sumOf(changes) / count;
  const squares = changes.reduce(
    (sum, change) => sum + (change - mean) ** 2,
    0,
  );
  return mean * mean * count >= LEAST_T ** 2 * (squares / (count - 1));
}
