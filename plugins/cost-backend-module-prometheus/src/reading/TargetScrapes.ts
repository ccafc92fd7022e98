import { HOUR_SECONDS } from './HourWindow';
import { ScrapeIntervals, secondsSeen, wholeHour } from './scrapes';

/** Samples by scraped target, for each hour of a window. */
export type CountsByTarget = Map<string, { job: string; counts: number[] }>;

/**
 * Turns "so many scrapes of these targets saw it" into seconds.
 *
 * Several kube-state-metrics targets are either one that was restarted, each
 * seeing a part of the hour (the parts add up), or replicas, shards or two
 * scrape jobs that see it at the same time (the longest counts). What all of
 * them saw together tells which: it can't be more than the hour when they took
 * turns.
 */
export class TargetScrapes {
  readonly #intervals: ScrapeIntervals;
  readonly #takeTurns: boolean[];

  /** @param everything - what each target saw at most, whatever the object */
  static create(
    everything: CountsByTarget,
    intervals: ScrapeIntervals,
    hours: number,
  ): TargetScrapes {
    const takeTurns = Array.from({ length: hours }, (_, hour) => {
      let total = 0;
      let longest = 0;
      for (const { job, counts } of everything.values()) {
        const interval = intervals.get(job) ?? 0;
        total += (counts[hour] ?? 0) * interval;
        longest = Math.max(longest, interval);
      }
      return total <= HOUR_SECONDS + longest;
    });
    return new TargetScrapes(intervals, takeTurns);
  }

  private constructor(intervals: ScrapeIntervals, takeTurns: boolean[]) {
    this.#intervals = intervals;
    this.#takeTurns = takeTurns;
  }

  /** Seconds of the hour the object was seen, 0 to 3600. */
  seconds(counts: CountsByTarget, hour: number): number {
    let sum = 0;
    let most = 0;
    let longest = 0;
    for (const { job, counts: ofTarget } of counts.values()) {
      const count = ofTarget[hour] ?? 0;
      const interval = this.#intervals.get(job) ?? 0;
      if (count > 0) {
        sum += count * interval;
        most = Math.max(most, secondsSeen(count, interval));
        longest = Math.max(longest, interval);
      }
    }
    return this.#takeTurns[hour]
      ? Math.min(HOUR_SECONDS, wholeHour(sum, longest))
      : most;
  }
}

/** Adds a count; keeps the highest where the same target says it twice. */
export function addCount(
  table: CountsByTarget,
  target: string,
  job: string,
  hour: number,
  count: number,
): void {
  let entry = table.get(target);
  if (!entry) {
    entry = { job, counts: [] };
    table.set(target, entry);
  }
  entry.counts[hour] = Math.max(entry.counts[hour] ?? 0, count);
}
