import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HOUR_SECONDS } from './HourWindow';

/** Intervals people configure; a count of samples is taken for the nearest one. */
const USUAL_INTERVALS = [1, 5, 10, 15, 20, 30, 60, 120, 180, 240, 300];

/** Seconds between two scrapes, by job. */
export type ScrapeIntervals = Map<string, number>;

/**
 * The interval of each job as the median distance of its scrapes, so that an
 * outage inside the hour doesn't stretch it.
 *
 * @param up - raw samples of `up`
 */
export function intervalsOf(up: PrometheusSeries[]): ScrapeIntervals {
  const distances = new Map<string, number[]>();
  for (const { labels, samples } of up) {
    const ofJob = distances.get(labels.job ?? '') ?? [];
    distances.set(labels.job ?? '', ofJob);
    for (let index = 1; index < samples.length; index++) {
      ofJob.push(samples[index][0] - samples[index - 1][0]);
    }
  }
  const intervals: ScrapeIntervals = new Map();
  for (const [job, values] of distances) {
    if (values.length >= 2) {
      values.sort((left, right) => left - right);
      const median = values[Math.floor(values.length / 2)];
      intervals.set(job, Math.max(1, Math.round(median)));
    }
  }
  return intervals;
}

/** The interval that the most samples seen in an hour speak for. */
export function intervalFromCount(highestCount: number): number {
  const exact = HOUR_SECONDS / highestCount;
  return USUAL_INTERVALS.reduce((best, interval) =>
    Math.abs(Math.log(interval / exact)) < Math.abs(Math.log(best / exact))
      ? interval
      : best,
  );
}

/**
 * Seconds of an hour that `count` scrapes stand for, each for the interval
 * before it. One scrape short of the hour is the whole hour: scrapes drift.
 */
export function secondsSeen(count: number, intervalSeconds: number): number {
  return wholeHour(count * intervalSeconds, intervalSeconds);
}

/** Rounds up to the hour what is at most one interval short of it, and down what exceeds it. */
export function wholeHour(seconds: number, intervalSeconds: number): number {
  return seconds >= HOUR_SECONDS - intervalSeconds ? HOUR_SECONDS : seconds;
}
