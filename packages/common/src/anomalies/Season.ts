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
  /** Of how far a comparison was off, what it is weighed by: 0.5 = the median. */
  errorQuantile: number;
  /**
   * What is noise is found out anew when the comparison is trusted: until then it is
   * compared with the point before, and the step from one slot to another looks like noise.
   */
  forgetsUntrusted: boolean;
  /** Noise is a share of what is expected, so that the days of a week are alike. */
  noiseIsShare: boolean;
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
  errorQuantile: 0.5,
  forgetsUntrusted: false,
  noiseIsShare: false,
  warmUpPoints: 48,
  warmUpMs: DAY_MS,
};

const WEEKLY: Season = {
  lengthMs: 7 * DAY_MS,
  slotMs: DAY_MS,
  noisePoints: 56,
  tailSlots: 168,
  trustPoints: 7,
  // Two days of seven are no median, and most weeks have a weekend.
  errorQuantile: 0.8,
  forgetsUntrusted: true,
  noiseIsShare: true,
  warmUpPoints: 14,
  warmUpMs: 13 * DAY_MS,
};

/** @internal */
export function seasonOf(intervalMs: number): Season {
  return intervalMs >= DAY_MS / 2 ? WEEKLY : DAILY;
}
