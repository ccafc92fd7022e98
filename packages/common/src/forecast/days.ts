/** What one complete day cost. */
export interface DayValue {
  /** As `dayNumber` counts. */
  ordinal: number;
  /** Micros, as a float: a forecast is an estimate. */
  value: number;
}

/** @internal */
export const WEEK = 7;
/** Which of the seven a day is; they are days as well. @internal */
export function weekday(ordinal: number): number {
  return ((ordinal % WEEK) + WEEK) % WEEK;
}
