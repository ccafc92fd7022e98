import { median } from './median';
import { Season, seasonOf } from './Season';
import { Expectation, SeasonalLevel } from './SeasonalLevel';
import { SortedWindow } from './SortedWindow';
import { Tail } from './Tail';

/** One reading of a series. @public */
export interface SeriesPoint {
  /** Milliseconds since 1970-01-01. */
  at: number;
  /** NaN = not known. */
  value: number;
}

/** How odd a point is by what was known when it came. @public */
export interface AnomalyScore extends SeriesPoint {
  /** From 0, at most 100; from 1 on the point is an anomaly. */
  score: number;
  /** Above or below what was expected. */
  direction: 'up' | 'down';
  /** Absent of the first point, and of one that is not scored. */
  expected?: number;
  /** How far from what was expected a point had to be. */
  limit?: number;
  /**
   * `warming-up`: too little is known yet. `unknown`: the point has no value.
   * `late`: a later point was there before. Of these the score is 0.
   */
  status: 'scored' | 'warming-up' | 'unknown' | 'late';
}

/** Gaps between points whose median is the interval. */
const GAPS = 32;
const MOST = 100;

/**
 * Chosen on the folders of even number of a public set of labelled series, by what was
 * found in all of their length; docs/concepts/anomalies.md says what they reach on the others.
 */
const NOISE_LIMIT = 6;
const TAIL_LIMIT = 2.5;
/** Of the level: a smaller change is of no interest to anybody. */
const RELATIVE_LIMIT = 0.4;
/** In the smallest steps that the series was seen to make. */
const STEPS_LIMIT = 5;
/** Of the spread that counts have by themselves. */
const COUNT_LIMIT = 2;
/** An anomaly is remembered as so many times its limit, so that one does not hide the next. */
const MOST_REMEMBERED = 1.5;
/** A point alone has to be this far beyond the limit, ... */
const ALONE = 1.3;
/** ... or the one before it at least so far. */
const TOGETHER = 1.5;
/** Points, all beyond the limit on one side of their season, that make a new level. */
const LEVEL_POINTS = 7;
/** From this weight on a season, twice as near as the point before, is what noise is measured from. */
const SEASONAL_WEIGHT = 0.8;

/** NaN-free median of absolute deviations to the normal's standard deviation. */
const MAD_TO_SIGMA = 1.4826;

interface Judgement {
  excess: number;
  /** Distance over its limit. */
  up: number;
  down: number;
  upLimit: number;
  downLimit: number;
  score: number;
  direction: 'up' | 'down';
}

const NOTHING: Judgement = {
  excess: 0,
  up: 0,
  down: 0,
  upLimit: 0,
  downLimit: 0,
  score: 0,
  direction: 'up',
};

interface Run {
  direction: 'up' | 'down';
  since: number;
  gaps: number[];
}

/**
 * Scores a series as it comes, point by point, in bounded memory: a score uses only
 * what came before its point and the point itself, so that the scores of a beginning
 * are those of the whole.
 *
 * A point's distance from what is expected (`SeasonalLevel`) is divided by the
 * largest of
 *
 * - the noise: 6 σ, σ from the median absolute distance of the last points;
 * - the tail: 2.5 times what 94 % of the last slots of half an hour (of a day, for days)
 *   had at most, upwards and downwards apart. What recurs is no anomaly, and a series that
 *   is known for spikes needs larger ones. An anomaly itself is remembered as 1.5 times
 *   its limit;
 * - 40 % of the level;
 * - what counts do by themselves: five of the smallest steps that the series makes, and
 *   twice the root of what is expected, counted in these.
 *
 * Of days the noise is a share of what is expected, and noise and tail begin anew when the
 * days of a week are known, if these explain what the day before does not.
 *
 * One point alone must be 1.3 times as far. A season that is all beyond the limit on one
 * side is a new level: past seasons are moved there, and what comes is measured from it.
 *
 * Scores don't change when all values are multiplied by the same number.
 *
 * @public
 */
export class AnomalyScorer {
  #season: Season | undefined;
  #level!: SeasonalLevel;
  #noise!: SortedWindow;
  #values!: SortedWindow;
  #up!: Tail;
  #down!: Tail;
  #count = 0;
  #first = 0;
  readonly #gaps: SortedWindow = SortedWindow.create(GAPS);
  #last: SeriesPoint | undefined;
  #before = { up: 0, down: 0 };
  #smallestStep = Infinity;
  #run: Run | undefined;
  /** How far points were from their season before it was trusted; undefined since. */
  #untrusted: Array<{ at: number; gap: number; scale: number }> | undefined;

  static create() {
    return new AnomalyScorer();
  }

  private constructor() {}

  push(point: SeriesPoint): AnomalyScore {
    const { at, value } = point;
    const unscored = { ...point, score: 0, direction: 'up' as const };
    if (!Number.isFinite(value)) {
      return { ...unscored, status: 'unknown' };
    }
    if (this.#last && at < this.#last.at) {
      return { ...unscored, status: 'late' };
    }
    const isDouble = at === this.#last?.at;
    if (this.#last && !isDouble) {
      this.#gaps.push(at - this.#last.at);
    }
    const intervalMs = this.#gaps.quantile(0.5) ?? 0;
    this.#chooseSeason(intervalMs, at);
    const expected = this.#level.expect(at, intervalMs);
    if (expected?.isTrusted) {
      this.#startFromSeason(expected.weight);
    }
    const judged = this.#judge(value, expected);
    const isReady = this.#isReady(at);
    if (!isDouble) {
      this.#learn(point, expected, judged);
    }
    return {
      ...point,
      score: isReady ? judged.score : 0,
      direction: judged.direction,
      ...(expected && {
        expected: expected.value,
        limit: judged.direction === 'up' ? judged.upLimit : judged.downLimit,
      }),
      status: isReady ? 'scored' : 'warming-up',
    };
  }

  #chooseSeason(intervalMs: number, at: number): void {
    const season = seasonOf(intervalMs);
    if (season === this.#season) {
      return;
    }
    this.#season = season;
    this.#level = SeasonalLevel.create(season);
    this.#noise = SortedWindow.create(season.noisePoints);
    this.#values = SortedWindow.create(season.noisePoints);
    this.#up = Tail.create(season);
    this.#down = Tail.create(season);
    this.#count = 0;
    this.#first = at;
    this.#before = { up: 0, down: 0 };
    this.#run = undefined;
    this.#untrusted = season.forgetsUntrusted ? [] : undefined;
  }

  #isReady(at: number): boolean {
    const { warmUpPoints, warmUpMs } = this.#season!;
    return this.#count >= warmUpPoints && at - this.#first >= warmUpMs;
  }

  #judge(value: number, expected: Expectation | undefined): Judgement {
    if (!expected) {
      return { ...NOTHING };
    }
    const excess = value - expected.value;
    const least = Math.max(
      NOISE_LIMIT *
        MAD_TO_SIGMA *
        (this.#noise.quantile(0.5) ?? 0) *
        this.#scaleOf(expected.value, 1),
      this.#leastOf(expected.value),
    );
    const upLimit = Math.max(least, TAIL_LIMIT * this.#up.reach());
    const downLimit = Math.max(least, TAIL_LIMIT * this.#down.reach());
    const up = Math.max(0, excess) / upLimit;
    const down = Math.max(0, -excess) / downLimit;
    const upScore = confirmed(up, this.#before.up);
    const downScore = confirmed(down, this.#before.down);
    return {
      excess,
      up,
      down,
      upLimit,
      downLimit,
      score: Math.min(MOST, Math.max(upScore, downScore)),
      direction: downScore > upScore ? 'down' : 'up',
    };
  }

  /** What noise is in parts of: dear days of a week vary by more. */
  #scaleOf(expected: number, least: number): number {
    if (!this.#season!.noiseIsShare) {
      return 1;
    }
    const level = Math.abs(this.#values.quantile(0.5) ?? 0);
    return Math.max(Math.abs(expected), least * level);
  }

  /** What is of no interest, or no news, however steady the series is. */
  #leastOf(expected: number): number {
    const level = Math.abs(this.#values.quantile(0.5) ?? 0);
    const step = Number.isFinite(this.#smallestStep) ? this.#smallestStep : 0;
    return Math.max(
      RELATIVE_LIMIT * Math.max(Math.abs(expected), level / 2),
      STEPS_LIMIT * step,
      COUNT_LIMIT * Math.sqrt((Math.max(expected, 0) + step) * step),
      Number.MIN_VALUE,
    );
  }

  #learn(
    { at, value }: SeriesPoint,
    expected: Expectation | undefined,
    judged: Judgement,
  ): void {
    const { excess, up, down, upLimit, downLimit } = judged;
    if (expected) {
      this.#up.push(at, Math.min(excess, MOST_REMEMBERED * upLimit));
      this.#down.push(at, Math.min(-excess, MOST_REMEMBERED * downLimit));
      // What is beyond its limit says no more of the noise than that.
      this.#learnNoise(
        Math.abs(excess) / Math.max(1, up, down),
        this.#scaleOf(expected.value, 0.5),
      );
      if (expected.seasonal !== undefined) {
        this.#untrusted?.push({
          at,
          gap: value - expected.seasonal,
          scale: this.#scaleOf(expected.seasonal, 0.5),
        });
      }
    }
    this.#before = { up, down };
    const step = this.#last ? Math.abs(value - this.#last.value) : 0;
    if (step > 0) {
      this.#smallestStep = Math.min(this.#smallestStep, step);
    }
    this.#level.learn(at, value, expected);
    this.#values.push(value);
    this.#followLevel(at, value, expected, judged);
    this.#last = { at, value };
    this.#count += 1;
  }

  /** From now on points are compared with their season: what was noise beside the point before is forgotten. */
  #startFromSeason(weight: number): void {
    const known = this.#untrusted ?? [];
    this.#untrusted = undefined;
    if (known.length === 0 || weight < SEASONAL_WEIGHT) {
      return;
    }
    const season = this.#season!;
    this.#noise = SortedWindow.create(season.noisePoints);
    this.#up = Tail.create(season);
    this.#down = Tail.create(season);
    for (const { at, gap, scale } of known) {
      this.#learnNoise(Math.abs(gap), scale);
      this.#up.push(at, gap);
      this.#down.push(at, -gap);
    }
  }

  #learnNoise(distance: number, scale: number): void {
    // Of nothing there is no share.
    if (scale > 0) {
      this.#noise.push(distance / scale);
    }
  }

  #followLevel(
    at: number,
    value: number,
    expected: Expectation | undefined,
    { upLimit, downLimit }: Judgement,
  ): void {
    if (expected?.seasonal === undefined) {
      return;
    }
    const gap = value - expected.seasonal;
    const isBeyond = gap > 0 ? gap > upLimit : -gap > downLimit;
    if (!isBeyond) {
      this.#run = undefined;
      return;
    }
    const direction = gap > 0 ? 'up' : 'down';
    if (this.#run?.direction !== direction) {
      this.#run = { direction, since: at, gaps: [] };
    }
    const run = this.#run;
    run.gaps.push(gap);
    if (run.gaps.length > GAPS) {
      run.gaps.shift();
    }
    if (
      run.gaps.length >= LEVEL_POINTS &&
      at - run.since >= this.#season!.lengthMs - this.#season!.slotMs
    ) {
      this.#level.shift(median(run.gaps));
      this.#run = undefined;
    }
  }
}

function confirmed(now: number, before: number): number {
  return Math.max(now / ALONE, Math.min(now, TOGETHER * before));
}
