import { GAP, KSM_RESTART, MINUTES } from './time';

/** One generated series: a value a scrape, NaN where there is none. */
export interface GeneratedSeries {
  metric: string;
  labels: Record<string, string>;
  /** Seconds after each full minute at which the job scrapes. */
  offsetSeconds: number;
  /** Index = full minutes since the start. */
  values: Float64Array;
}

export const SCRAPES = MINUTES + 1;
export const MIB = 2 ** 20;
export const GIB = 2 ** 30;

/** kube-state-metrics scrapes exactly on the minute, also on the hour: the fence post. */
const KSM_OFFSET = 0;
export const KUBELET_OFFSET = 11;
export const SECOND_CADVISOR_OFFSET = 41;

/** Nodes that a second job scrapes cAdvisor of. */
export const SCRAPED_TWICE = ['general-1', 'gpu-1'];

function inGap(minute: number): boolean {
  return minute > GAP.from && minute <= GAP.to;
}

export function series(
  metric: string,
  labels: Record<string, string | undefined>,
  offsetSeconds: number,
  value: (minute: number) => number | undefined,
): GeneratedSeries {
  const values = new Float64Array(SCRAPES).fill(NaN);
  for (let minute = 0; minute < SCRAPES; minute++) {
    if (!inGap(minute)) {
      values[minute] = value(minute) ?? NaN;
    }
  }
  const present = Object.entries(labels).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { metric, labels: Object.fromEntries(present), offsetSeconds, values };
}

/**
 * kube-state-metrics: gone for a while, then back as another pod. A sample at
 * minute m is about the minute that ends there.
 */
export function ksm(
  metric: string,
  labels: Record<string, string | undefined>,
  from: number,
  to: number,
  value = 1,
): GeneratedSeries[] {
  const target = { job: 'kube-state-metrics' };
  const part = (instance: string, first: number, last: number) =>
    series(metric, { ...target, instance, ...labels }, KSM_OFFSET, minute =>
      minute > Math.max(from, first) && minute <= Math.min(to, last)
        ? value
        : undefined,
    );
  return [
    part('10.0.0.7:8080', -1, KSM_RESTART.from),
    part('10.0.0.8:8080', KSM_RESTART.to, SCRAPES),
  ].filter(({ values }) => values.some(one => !Number.isNaN(one)));
}

export function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
