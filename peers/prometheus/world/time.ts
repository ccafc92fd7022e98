export const DAYS = 14;
export const MINUTES_PER_DAY = 24 * 60;
export const MINUTES = DAYS * MINUTES_PER_DAY;
export const HOURS = DAYS * 24;

/** One scrape a minute. */
export const INTERVAL_SECONDS = 60;

/** First instant of the data, on the hour. */
export const START_SECONDS = Date.UTC(2026, 0, 5) / 1000;

/** Minutes in which Prometheus scraped nothing: 05:20 to 07:40 on the seventh day. */
export const GAP = {
  from: 6 * MINUTES_PER_DAY + 5 * 60 + 20,
  to: 6 * MINUTES_PER_DAY + 7 * 60 + 40,
};

/** Minutes in which kube-state-metrics was restarting: 03:17 to 03:21 on the third day. */
export const KSM_RESTART = {
  from: 2 * MINUTES_PER_DAY + 3 * 60 + 17,
  to: 2 * MINUTES_PER_DAY + 3 * 60 + 21,
};

/** Minute of a day, an hour and a minute. */
export function minuteOf(day: number, hour: number, minute = 0): number {
  return day * MINUTES_PER_DAY + hour * 60 + minute;
}
