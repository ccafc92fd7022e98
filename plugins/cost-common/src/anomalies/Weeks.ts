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

  /**
   * How far a week is above another, in parts of what makes a rise begin: 1 = by just that,
   * 0 = not above it; undefined where too few days are known of both.
   */
  share(at: number, other = at - RISE_BACK_DAYS): number | undefined {
    const pairs = this.#pairs(at, other);
    return pairs && this.#shareOf(pairs);
  }

  /** A rise can begin in it. */
  beginAt(at: number): boolean {
    const pairs = this.#pairs(at, at - RISE_BACK_DAYS);
    if (!pairs || this.#shareOf(pairs) < 1 || !isSteady(pairs.changes)) {
      return false;
    }
    // What is not known of them says nothing.
    const isBack = WEEKS_BEFORE.some(
      week => (this.share(at, at - week * WEEK) ?? 1) < 1,
    );
    if (isBack) {
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

  #shareOf({
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
