import { HOUR_MS } from '../time';
import { median } from './median';
import { Season } from './Season';
import { SortedWindow } from './SortedWindow';

/** Seasons that a slot remembers. */
const SEASONS_KEPT = 14;
/** Seasons without which a slot says nothing. */
const SEASONS_NEEDED = 2;
/** Points of one slot and season that are kept to take their median. */
const POINTS_OF_SLOT = 60;
/** Points of the last hour that say where the series is. */
const MOST_RECENT_POINTS = 3;

interface Slot {
  /** Medians of past seasons, oldest first. */
  medians: number[];
  season: number;
  points: number[];
  /** Of how many points one is kept. */
  stride: number;
  seen: number;
}

/** What a point is expected to be. @internal */
export interface Expectation {
  value: number;
  /** Of the slot in past seasons; absent while not known. */
  seasonal?: number;
  /** Where the series was just before. */
  recent: number;
  /** Past seasons were compared often enough to count. */
  isTrusted: boolean;
  /** Of the season in what is expected, from 0 to 1. */
  weight: number;
}

/**
 * Expects of a point what its slot had in past seasons and what the series just had,
 * each as far as it was right lately: weights are the squares of the other's median
 * error (of days: of what 80 % of its errors were at most). Holds medians only, so that
 * one odd season or point moves nothing.
 *
 * @internal
 */
export class SeasonalLevel {
  readonly #season: Season;
  readonly #slots = new Map<number, Slot>();
  readonly #recent: number[] = [];
  #seasonalErrors: SortedWindow;
  readonly #recentErrors: SortedWindow;

  static create(season: Season) {
    return new SeasonalLevel(season);
  }

  private constructor(season: Season) {
    this.#season = season;
    this.#seasonalErrors = SortedWindow.create(season.noisePoints);
    this.#recentErrors = SortedWindow.create(season.noisePoints);
  }

  /** Undefined before the first point. */
  expect(at: number, intervalMs: number): Expectation | undefined {
    if (this.#recent.length === 0) {
      return undefined;
    }
    const points = Math.round(HOUR_MS / Math.max(intervalMs, HOUR_MS / 3));
    const recent = median(this.#recent.slice(-Math.max(1, points)));
    const medians = this.#slotOf(at)?.medians ?? [];
    if (medians.length < SEASONS_NEEDED) {
      return { value: recent, recent, isTrusted: false, weight: 0 };
    }
    const seasonal = median(medians);
    const { errorQuantile, trustPoints } = this.#season;
    const ofSeason = this.#seasonalErrors.quantile(errorQuantile) ?? 0;
    const ofRecent = this.#recentErrors.quantile(errorQuantile) ?? 0;
    const sum = ofSeason ** 2 + ofRecent ** 2;
    const isTrusted = this.#seasonalErrors.count >= trustPoints;
    const weight = !isTrusted || sum === 0 ? 0 : ofRecent ** 2 / sum;
    return {
      value: weight * seasonal + (1 - weight) * recent,
      seasonal,
      recent,
      isTrusted,
      weight,
    };
  }

  learn(at: number, value: number, expected: Expectation | undefined): void {
    if (expected?.seasonal !== undefined) {
      this.#seasonalErrors.push(Math.abs(value - expected.seasonal));
      this.#recentErrors.push(Math.abs(value - expected.recent));
    }
    this.#recent.push(value);
    if (this.#recent.length > MOST_RECENT_POINTS) {
      this.#recent.shift();
    }
    this.#learnSlot(at, value);
  }

  /** The series has a new level: what past seasons had is moved along. */
  shift(by: number): void {
    for (const slot of this.#slots.values()) {
      slot.medians = slot.medians.map(value => value + by);
    }
    this.#seasonalErrors = SortedWindow.create(this.#season.noisePoints);
  }

  #slotOf(at: number): Slot | undefined {
    return this.#slots.get(this.#slotIndex(at));
  }

  #slotIndex(at: number): number {
    const { lengthMs, slotMs } = this.#season;
    return Math.floor(modulo(at, lengthMs) / slotMs);
  }

  #learnSlot(at: number, value: number): void {
    const season = Math.floor(at / this.#season.lengthMs);
    let slot = this.#slotOf(at);
    if (!slot) {
      slot = { medians: [], season, points: [], stride: 1, seen: 0 };
      this.#slots.set(this.#slotIndex(at), slot);
    }
    if (slot.season !== season) {
      slot.medians.push(median(slot.points));
      if (slot.medians.length > SEASONS_KEPT) {
        slot.medians.shift();
      }
      Object.assign(slot, { season, points: [], stride: 1, seen: 0 });
    }
    if (slot.seen % slot.stride === 0) {
      if (slot.points.length === POINTS_OF_SLOT) {
        slot.points = slot.points.filter((_, index) => index % 2 === 0);
        slot.stride *= 2;
      }
      slot.points.push(value);
    }
    slot.seen += 1;
  }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
