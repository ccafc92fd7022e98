import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Problems } from '../reading/Problems';
import {
  intervalFromCount,
  intervalsOf,
  ScrapeIntervals,
} from '../reading/scrapes';
import { HourWindow } from '../reading/HourWindow';

/** The most samples any series of a job has in an hour. */
export type BusiestHours = Map<string, { count: number; hour: number }>;

/** The most samples of each job among series that count them. */
export function busiestHours(
  window: HourWindow,
  counted: PrometheusSeries[],
): BusiestHours {
  const busiest: BusiestHours = new Map();
  for (const series of counted) {
    const job = series.labels.job ?? '';
    window.each(series, (hour, count) => {
      if (count > (busiest.get(job)?.count ?? 0)) {
        busiest.set(job, { count, hour });
      }
    });
  }
  return busiest;
}

/** The hour to read scrapes of all jobs in: the one the most jobs report in. */
export function hourToMeasure(busiest: BusiestHours): number {
  const votes = new Map<number, number>();
  for (const { hour } of busiest.values()) {
    votes.set(hour, (votes.get(hour) ?? 0) + 1);
  }
  const [best] = [...votes].sort(
    ([hour, count], [otherHour, other]) => other - count || hour - otherHour,
  );
  return best?.[0] ?? 0;
}

/**
 * The scrape interval of each job that reported: configured, else from the
 * timestamps of `up`, else from how many samples an hour has.
 */
export function resolveIntervals(
  busiest: BusiestHours,
  up: PrometheusSeries[],
  configured: number | undefined,
  problems: Problems,
): ScrapeIntervals {
  const measured = configured ? new Map() : intervalsOf(up);
  const intervals: ScrapeIntervals = new Map();
  for (const [job, { count }] of busiest) {
    let interval = configured ?? measured.get(job);
    if (!interval) {
      interval = intervalFromCount(count);
      problems.add(
        { code: 'scrape-interval-guessed', severity: 'info' },
        `${job || 'no job label'} (${interval} s)`,
        subjects =>
          `Scrape intervals were told from the number of samples, because there is no series up for: ${subjects}; set prometheus.scrapeIntervalSeconds if they are wrong`,
      );
    }
    intervals.set(job, interval);
  }
  return intervals;
}

/** Jobs by their interval. */
export function groupByInterval(
  intervals: ScrapeIntervals,
  jobs: Iterable<string>,
): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const job of jobs) {
    const interval = intervals.get(job);
    if (interval) {
      groups.set(interval, [...(groups.get(interval) ?? []), job]);
    }
  }
  return groups;
}
