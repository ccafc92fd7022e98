/** Milliseconds of an hour. @public */
export const HOUR_MS = 3_600_000;

/** Milliseconds of a day of 24 hours; one with a change of clocks is an hour shorter or longer. @public */
export const DAY_MS = 24 * HOUR_MS;
