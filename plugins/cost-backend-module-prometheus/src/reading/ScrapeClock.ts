import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HOUR_SECONDS, HourWindow } from './HourWindow';
import { median } from './collections';

/** A scrape that comes this much later than usual is late, not missing. */
const LATE = 1.5;
/** Scrapes on either side that tell how far apart they are. */
const AROUND = 3;
/** Spacings that differ by less are one: scrapes drift. */
const SAME_SHARE = 0.1;

/** How an exporter was scraped in one hour. */
interface HourOfScrapes {
  /** Usual seconds between two scrapes, of the exporter that is scraped least often. */
  spacingSeconds: number;
  /** Seconds of the hour any of them was scraped. */
  scrapedSeconds: number;
}

/** Hours in a row that were scraped at the same pace. */
export interface Stretch {
  /** Index of the first hour, and of the first after them. */
  from: number;
  to: number;
  spacingSeconds: number;
}

/**
 * When kube-state-metrics was scraped, hour by hour, from the time stamps of
 * what it said: not from a count of samples, which is the same for two replicas
 * and for one that is scraped twice as often, and not from the pace of a job,
 * which may scrape several paths, each at its own.
 */
export class ScrapeClock {
  readonly #hours: Array<HourOfScrapes | undefined>;

  /**
   * @param witnesses - raw samples, one series an exporter
   * @param configured - seconds between two scrapes, when configuration says so
   */
  static read(
    window: HourWindow,
    witnesses: PrometheusSeries[],
    configured?: number,
  ): ScrapeClock {
    const targets = [...byTarget(witnesses).values()].map(scrapesOf);
    return new ScrapeClock(
      window
        .indexes()
        .map(hour => readHour(targets, window.startSeconds(hour), configured)),
    );
  }

  private constructor(hours: Array<HourOfScrapes | undefined>) {
    this.#hours = hours;
  }

  /** Seconds of an hour in which it was scraped; 0 = not at all. */
  scrapedSeconds(hour: number): number {
    return this.#hours[hour]?.scrapedSeconds ?? 0;
  }

  /** Hours with scrapes, in stretches of one pace. */
  stretches(): Stretch[] {
    const stretches: Stretch[] = [];
    this.#hours.forEach((hour, index) => {
      const last = stretches.at(-1);
      if (!hour) {
        return;
      }
      const { spacingSeconds } = hour;
      if (last && last.to === index && isSame(last.spacingSeconds, hour)) {
        last.to = index + 1;
        last.spacingSeconds = Math.max(last.spacingSeconds, spacingSeconds);
      } else {
        stretches.push({ from: index, to: index + 1, spacingSeconds });
      }
    });
    return stretches;
  }
}

function isSame(spacing: number, hour: HourOfScrapes): boolean {
  return Math.abs(spacing - hour.spacingSeconds) <= SAME_SHARE * spacing;
}

/** Time stamps by exporter: several nodes may be witnesses of one. */
function byTarget(witnesses: PrometheusSeries[]): Map<string, number[]> {
  const targets = new Map<string, Set<number>>();
  for (const { labels, samples } of witnesses) {
    const key = ['job', 'instance', 'prometheus_replica', 'pod']
      .map(label => labels[label] ?? '')
      .join('\n');
    const times = targets.get(key) ?? new Set<number>();
    targets.set(key, times);
    samples.forEach(([at]) => times.add(at));
  }
  return new Map(
    [...targets].map(([key, times]) => [
      key,
      [...times].sort((left, right) => left - right),
    ]),
  );
}

/** One scrape, and what it stands for. */
interface Scrape {
  at: number;
  /** Start of the time it stands for: the scrape before it, unless some are missing between. */
  since: number;
  /** Usual seconds between the scrapes around it. */
  pace: number;
}

function readHour(
  targets: Scrape[][],
  start: number,
  configured: number | undefined,
): HourOfScrapes | undefined {
  const end = start + HOUR_SECONDS;
  const stays: Array<[from: number, to: number]> = [];
  let slowest = 0;
  for (const scrapes of targets) {
    for (const { at, since, pace } of scrapes) {
      if (at > start && since < end) {
        stays.push([Math.max(start, since), Math.min(end, at)]);
        slowest = Math.max(slowest, configured ?? pace);
      }
    }
  }
  const seconds = unionSeconds(stays);
  return seconds > 0
    ? {
        spacingSeconds: slowest,
        // One scrape short of the hour is the whole hour: scrapes drift.
        scrapedSeconds:
          seconds >= HOUR_SECONDS - slowest ? HOUR_SECONDS : seconds,
      }
    : undefined;
}

/** @param times - of one exporter, oldest first */
function scrapesOf(times: number[]): Scrape[] {
  const gaps = times.map((at, index) => at - times[index - 1]).slice(1);
  const usual = Math.max(1, median(gaps) ?? 1);
  return times.map((at, index) => {
    // gaps[index − 1] is the one before this scrape.
    const before = median(
      gaps.slice(Math.max(0, index - 1 - AROUND), index - 1),
    );
    const after = median(gaps.slice(index, index + AROUND));
    const [quick, slow] = [
      before ?? after ?? usual,
      after ?? before ?? usual,
    ].sort((left, right) => left - right);
    const gap = gaps[index - 1];
    const pace = Math.max(1, quick);
    return {
      at,
      since: gap !== undefined && gap <= LATE * slow ? at - gap : at - pace,
      pace,
    };
  });
}

function unionSeconds(stays: Array<[number, number]>): number {
  let total = 0;
  let reached = -Infinity;
  for (const [from, to] of stays.sort(([left], [right]) => left - right)) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}
