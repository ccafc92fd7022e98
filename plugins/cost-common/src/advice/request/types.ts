/**
 * One day of a container's CPU usage, in cores: as exact as raw samples or as
 * coarse as a digest's histogram.
 *
 * @public
 */
export interface CpuDay {
  /** Samples; a day with none counts as absent. */
  count: number;
  max: number;
  mean: number;
  /** Usage that a share `q` of the samples (0 to 1) does not exceed. */
  quantile(q: number): number;
  /** Share of the samples above a value, 0 to 1. */
  shareAbove(value: number): number;
  /** Absent = the order of the samples isn't known, so neither is what comes back after a week. */
  held?: HeldLevels;
}

/**
 * What a day's usage held for half an hour.
 *
 * @public
 */
export interface HeldLevels {
  /** Start of the day, milliseconds since 1970. */
  start: number;
  /** Cores by the hour of the day in which the half-hour begins; 0 = none was held. */
  byHour: readonly number[];
}

/**
 * How a request follows from past days: the largest of the daily quantiles of
 * the days that count, times the margin.
 *
 * @public
 */
export interface RequestRule {
  /** Days with data that count. */
  days: number;
  /** 0 to 1. */
  quantile: number;
  /** 1 = none. */
  margin: number;
  /** Present where it asks for more than the quantiles, and decides in their place. */
  held?: HeldPeak;
}

/**
 * What was held for half an hour and asks for more than the daily quantiles do.
 *
 * @public
 */
export interface HeldPeak {
  /** In the unit of the usage. */
  level: number;
  /** Whether it was held again at the same hour of the next week. */
  weekly: boolean;
  /** What the request is of it; 1 = the same. */
  margin: number;
}

/**
 * What a fleet knows of rules: stands in for days a container has not lived
 * yet.
 *
 * @public
 */
export interface RulePrior {
  /** How many days of a container's own past weigh as much as the prior. */
  days: number;
  /** Share of the next day's samples above the request, in the order of `RULE_CANDIDATES`. */
  overShares: readonly number[];
}

/** The rule held against the past: each day advised from the days before it. @public */
export interface RequestReplay {
  /** Days advised: all but the first. */
  days: number;
  /** Mean over the days of the share of samples above the request, 0 to 1. */
  overShare: number;
  /** 1 − Σ used / Σ requested; negative when more was used than requested. */
  slackShare: number;
}

/**
 * How long the day that decides a request goes on counting while none comes
 * near it.
 *
 * @public
 */
export interface RequestFade {
  /**
   * Which day decides, counted in days with data, oldest = 0; of what came back
   * after a week the later one.
   */
  day: number;
  /** More days with data, none of them as high, after which it doesn't count. */
  afterDays: number;
}

/** A day that was higher than what decides, and has not come back. @public */
export interface FadedDay {
  /** Counted in days with data, oldest = 0. */
  day: number;
  /** What its quantile was, in the unit of the usage. */
  value: number;
}

/**
 * What was held for half an hour, stood out of its day, lies above the request
 * and didn't come back a week later.
 *
 * @public
 */
export interface PassingPeak {
  /** Start of its day, milliseconds since 1970. */
  start: number;
  /** In the unit of the usage. */
  value: number;
}

/** A request, and why. @public */
export interface RequestChoice {
  /** In the unit of the usage: cores. */
  value: number;
  rule: RequestRule;
  /** When the day that decides stops counting. */
  fades: RequestFade;
  /** The highest day that doesn't count any more; absent = every day counts. */
  faded?: FadedDay;
  /** The highest peak of half an hour or more that has not come back after a week and is not covered. */
  passing?: PassingPeak;
  /** Absent with fewer than two days of data, and of a load that falls: its weeks are replayed. */
  replay?: RequestReplay;
  /** Only the rule in force speaks for this one: by itself another is a little better. */
  kept?: true;
  /** True when the fleet's experience outweighed the container's own past. */
  prior: boolean;
}
