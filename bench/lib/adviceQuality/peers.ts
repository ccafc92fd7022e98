import { cpuDayOfSamples } from '@headroom/plugin-cost-common';
import { SeriesDay } from './Series';

/** Cores to request for the next day, from the past days (oldest first, those with samples, at least one). */
export type PeerRule = (past: readonly SeriesDay[], next: SeriesDay) => number;

/** The rules of other tools, and one that nobody can have. */
export const PEERS: ReadonlyArray<{ rule: string; value: PeerRule }> = [
  // Robusta KRR's `simple` strategy.
  { rule: 'KRR', value: past => windowOf(past).quantile(0.95) },
  // The Vertical Pod Autoscaler's target, without floors and confidence.
  { rule: 'VPA', value: past => 1.15 * decayingQuantile(past, 0.9) },
  { rule: 'Crane', value: past => 1.15 * decayingQuantile(past, 0.99) },
  // Kubecost's development profile.
  { rule: 'max/0.8', value: past => windowOf(past).max / 0.8 },
  // The next day's own p99: the floor.
  { rule: 'known', value: (_, next) => next.usage.quantile(0.99) },
];

/** Peers whose points are joined to the front: all that can be had. */
export const FRONT_PEERS = ['KRR', 'VPA', 'Crane', 'max/0.8'];

function windowOf(past: readonly SeriesDay[]) {
  const all = new Float64Array(
    past.reduce((count, day) => count + day.cores.length, 0),
  );
  let at = 0;
  for (const { cores } of past) {
    all.set(cores, at);
    at += cores.length;
  }
  return cpuDayOfSamples(all);
}

const FIRST_BUCKET_CORES = 0.01;
const GROWTH = 1.05;
const HALF_LIFE_SECONDS = 86_400;

/**
 * A quantile as a histogram has it whose buckets begin at 0.01 core and widen
 * by 5 %: the upper end of the bucket that reaches it, samples weighing half
 * as much every 24 hours. It works on cores as they are, so that a small
 * container is rounded up as it would be.
 */
function decayingQuantile(past: readonly SeriesDay[], quantile: number) {
  const newest = past[past.length - 1].ts;
  const end = newest[newest.length - 1];
  const weights = new Map<number, number>();
  let total = 0;
  for (const day of past) {
    for (let i = 0; i < day.ts.length; i++) {
      const weight = 2 ** ((day.ts[i] - end) / HALF_LIFE_SECONDS);
      const bucket = bucketOf(day.cores[i]);
      weights.set(bucket, (weights.get(bucket) ?? 0) + weight);
      total += weight;
    }
  }
  const buckets = [...weights.keys()].sort((a, b) => a - b);
  let sum = 0;
  const reached = buckets.find(bucket => {
    sum += weights.get(bucket)!;
    return sum >= quantile * total;
  });
  return startOf((reached ?? buckets[buckets.length - 1]) + 1);
}

/** Where bucket n starts: the sum of n widths that grow geometrically. */
function startOf(bucket: number): number {
  return (FIRST_BUCKET_CORES * (GROWTH ** bucket - 1)) / (GROWTH - 1);
}

function bucketOf(cores: number): number {
  return Math.floor(
    Math.log(1 + (cores * (GROWTH - 1)) / FIRST_BUCKET_CORES) /
      Math.log(GROWTH),
  );
}
