import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HOUR_SECONDS, HourWindow } from './HourWindow';

/** A scrape that comes this much later than usual is late, not missing. */
const LATE = 1.5;
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
    const targets = [...byTarget(witnesses).values()];
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

function readHour(
  targets: number[][],
  start: number,
  configured: number | undefined,
): HourOfScrapes | undefined {
  const end = start + HOUR_SECONDS;
  const stays: Array<[from: number, to: number]> = [];
  let slowest = 0;
  for (const times of targets) {
    const spacing = configured ?? spacingOf(times, start, end);
    if (spacing !== undefined) {
      const covered = stretchesOf(times, spacing, start, end);
      stays.push(...covered);
      slowest = covered.length > 0 ? Math.max(slowest, spacing) : slowest;
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

/** Median distance of the scrapes in an hour; of all, where the hour has too few. */
function spacingOf(
  times: number[],
  start: number,
  end: number,
): number | undefined {
  const within = times.filter(at => at > start && at <= end);
  const distances = (within.length > 2 ? within : times)
    .map((at, index, all) => at - all[index - 1])
    .slice(1)
    .sort((left, right) => left - right);
  return distances.length > 0
    ? Math.max(1, distances[Math.floor(distances.length / 2)])
    : undefined;
}

/** Each scrape stands for the time since the one before it. */
function stretchesOf(
  times: number[],
  spacing: number,
  start: number,
  end: number,
): Array<[number, number]> {
  return times.flatMap((at, index): Array<[number, number]> => {
    const before = times[index - 1];
    const since =
      before !== undefined && at - before <= LATE * spacing
        ? before
        : at - spacing;
    return at > start && since < end
      ? [[Math.max(start, since), Math.min(end, at)]]
      : [];
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
