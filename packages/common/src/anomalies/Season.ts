import { DAY_MS, HOUR_MS } from '../time';

/**
 * What repeats in a series, by how often it is sampled: the hours of a day, or for
 * what comes twice a day or less the days of a week.
 *
 * @internal
 */
export interface Season {
  lengthMs: number;
  /** Points of one slot are expected to be alike. */
  slotMs: number;
  /** Noise is that of so many of the newest points. */
  noisePoints: number;
  /** Of so many of the newest slots it is known how far the series strays. */
  tailSlots: number;
  /** Points that a comparison with the slot needs before it is trusted. */
  trustPoints: number;
  /** Nothing is said before so many points, and so much time. */
  warmUpPoints: number;
  warmUpMs: number;
}

const DAILY: Season = {
  lengthMs: DAY_MS,
  slotMs: HOUR_MS / 2,
  noisePoints: 168,
  tailSlots: 672,
  trustPoints: 24,
  warmUpPoints: 48,
  warmUpMs: DAY_MS,
};

const WEEKLY: Season = {
  lengthMs: 7 * DAY_MS,
  slotMs: DAY_MS,
  noisePoints: 56,
  tailSlots: 168,
  trustPoints: 7,
  warmUpPoints: 14,
  warmUpMs: 13 * DAY_MS,
};

/** @internal */
export function seasonOf(intervalMs: number): Season {
  return intervalMs >= DAY_MS / 2 ? WEEKLY : DAILY;
}
