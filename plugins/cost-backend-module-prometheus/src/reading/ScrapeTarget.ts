import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { median } from './collections';

/** A scrape that comes this much later than usual is late, not missing. */
const LATE = 1.5;
/** Scrapes on either side that tell how far apart they are. */
const AROUND = 3;

/** One scrape, and what it stands for. Seconds since 1970. */
export interface Scrape {
  at: number;
  /** Start of the time it stands for: the scrape before it, unless some are missing between. */
  since: number;
  /** Usual seconds between the scrapes around it. */
  pace: number;
}

/** From one second to another. */
export type Stay = [from: number, to: number];

/**
 * A kube-state-metrics as one Prometheus scrapes it: what is said with the same
 * labels beside those of objects. Series of one job and instance that share a
 * scrape are one target, whatever labels relabeling gives each of its objects.
 */
export class ScrapeTarget {
  readonly scrapes: readonly Scrape[];
  /** Address it is scraped at, where it is known. */
  readonly instance: string | undefined;
  readonly #keys: Set<string>;

  /** @param series - one for each set of labels; the value of a sample is the time of its scrape, seconds since 1970 */
  static read(series: PrometheusSeries[]): ScrapeTarget[] {
    const drafts = new Set<Draft>();
    const byScrape = new Map<string, Draft>();
    for (const { labels, samples } of series) {
      const { job = '', instance = '' } = labels;
      const draft: Draft = {
        keys: new Set([keyOfLabels(labels)]),
        times: new Set(samples.map(([, time]) => time)),
        instance: labels.instance,
      };
      const nameOf = (time: number) => `${job}\n${instance}\n${time}`;
      for (const time of [...draft.times]) {
        const same = byScrape.get(nameOf(time));
        if (same && same !== draft) {
          same.keys.forEach(key => draft.keys.add(key));
          same.times.forEach(each => {
            draft.times.add(each);
            byScrape.set(nameOf(each), draft);
          });
          drafts.delete(same);
        }
        byScrape.set(nameOf(time), draft);
      }
      drafts.add(draft);
    }
    return [...drafts].map(draft => new ScrapeTarget(draft));
  }

  private constructor({ keys, times, instance }: Draft) {
    this.#keys = keys;
    this.instance = instance;
    this.scrapes = scrapesOf([...times].sort((left, right) => left - right));
  }

  /** Whether a series with these labels is of this target. */
  has(labels: Record<string, string>): boolean {
    return this.#keys.has(keyOfLabels(labels));
  }

  /** Scrapes that stand for some time between two times. */
  between(start: number, end: number): Scrape[] {
    return this.scrapes.filter(({ at, since }) => at > start && since < end);
  }

  /** What its scrapes stand for between two times. */
  stays(start: number, end: number): Stay[] {
    return this.between(start, end).map(({ at, since }) => [
      Math.max(start, since),
      Math.min(end, at),
    ]);
  }
}

interface Draft {
  keys: Set<string>;
  times: Set<number>;
  instance: string | undefined;
}

/** A key of the labels of a target. */
export function keyOfLabels(labels: Record<string, string>): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([label]) => label !== PART_LABEL)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** @param times - of one target, oldest first */
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

/** Seconds of stays, each second once. */
export function unionSeconds(stays: Stay[]): number {
  let total = 0;
  let reached = -Infinity;
  for (const [from, to] of [...stays].sort(([left], [right]) => left - right)) {
    total += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return total;
}
