import { Memory } from './request/memory';
import { Appetite } from './types';

/*
 * How careful each appetite is: every number that `dev`, `standard` and
 * `critical` differ by.
 */

type ByAppetite<T> = Readonly<Record<Appetite, T>>;

/**
 * What an hour above the request is worth, in hours of reserving a usual day's
 * peak (nearly: see `riskUnit`): with `standard`, a request is raised by that
 * much when it spares more than an 80th of the time above it.
 */
export const RISK_PRICES: ByAppetite<number> = {
  dev: 20,
  standard: 80,
  critical: 600,
};

/** A week, and a day for what comes late. */
export const WEEK_AND_A_DAY = 8;

/**
 * For how long a peak counts while it doesn't come back. With `critical`, one that
 * came every week is still expected after a week without it.
 */
export const MEMORIES: ByAppetite<Memory> = {
  dev: { patience: 1, unprovenDays: WEEK_AND_A_DAY, heldOnce: false },
  standard: { patience: 1.5, unprovenDays: WEEK_AND_A_DAY, heldOnce: false },
  critical: { patience: 2, unprovenDays: Infinity, heldOnce: true },
};

/**
 * How often the next day may go above what the week before it says, for a load
 * that falls to be followed: the share of its samples.
 */
export const MOST_OVER: ByAppetite<number> = {
  dev: 0.05,
  standard: 0.01,
  critical: 0.002,
};

/**
 * What memory gets above its peak. Running out of it ends a pod, so even the
 * boldest leaves room for one more percent of bucket width and a little growth;
 * 15 % is what the common recommenders add.
 */
export const MEMORY_MARGINS: ByAppetite<number> = {
  dev: 1.1,
  standard: 1.15,
  critical: 1.25,
};

/** What CPU gets above the peak of runs and of init containers: late is not lost. */
export const RUN_CPU_MARGINS: ByAppetite<number> = {
  dev: 1,
  standard: 1.1,
  critical: 1.25,
};
