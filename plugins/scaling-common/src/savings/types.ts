/** A time in which something that was done held, `[from, to)` in milliseconds since 1970. @public */
export interface Stretch {
  from: number;
  to: number;
}

/** What a workload cost in one hour. @public */
export interface CostHour {
  /** Start of the hour, milliseconds since 1970; a multiple of an hour. */
  at: number;
  /** Charged in it. */
  micros: number;
  /** Units that its service served in it; absent = not known. */
  demand?: number;
}

/** Why nothing is measured. @public */
export type NotMeasured =
  /** The past before the first action is too short or has gaps. */
  | { kind: 'no-baseline'; days: number; needed: number }
  /** Too few hours that can be compared are in. */
  | { kind: 'too-few-hours'; hours: number; needed: number };

/** What was saved in the hours that could be compared. @public */
export interface Measured {
  kind: 'measured';
  /** Micros; positive = less was paid than the same hours of the week cost before. */
  saved: number;
  /** Ends of the interval in which it lies with 90 % confidence. */
  low: number;
  high: number;
  /** Hours that were compared. */
  hours: number;
  /** Hours in effect with nothing to compare them with, in no figure. */
  leftOut: number;
  /** What an hour of those compared would have cost, on average; micros. */
  baselinePerHour: number;
  /** Days of the past that were compared with. */
  baselineDays: number;
  /** Whether the baseline is at the demand that came. */
  byDemand: boolean;
}
