import { LatencyCounts } from './serviceLevels';

/** A quantile of latencies: in seconds, or beyond the last bucket that has an end. @public */
export type LatencyQuantile =
  | { seconds: number; atLeastSeconds?: undefined }
  | { atLeastSeconds: number; seconds?: undefined };

/**
 * A quantile of summed buckets, by linear interpolation within the bucket as Prometheus'
 * `histogram_quantile` does it
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile).
 * It is as exact as the buckets are: the true one lies in the same bucket.
 *
 * @param share - 0.95 for the latency that 95 % of the requests keep
 * @returns undefined where there are no requests, or no bucket with an end
 * @public
 */
export function latencyQuantile(
  counts: LatencyCounts,
  share: number,
): LatencyQuantile | undefined {
  const buckets = Object.entries(counts)
    .map(([bound, count]) => ({ bound: boundOf(bound), count }))
    .filter(({ bound, count }) => bound > 0 && count > 0)
    .sort((a, b) => a.bound - b.bound);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const ends = Object.keys(counts)
    .map(boundOf)
    .filter(bound => Number.isFinite(bound) && bound > 0)
    .sort((a, b) => a - b);
  if (!(total > 0) || ends.length === 0) {
    return undefined;
  }
  const rank = share * total;
  let below = 0;
  for (const { bound, count } of buckets) {
    if (below + count >= rank && Number.isFinite(bound)) {
      const from = ends.filter(end => end < bound).at(-1) ?? 0;
      return { seconds: from + ((rank - below) / count) * (bound - from) };
    }
    below += count;
  }
  return { atLeastSeconds: ends[ends.length - 1] };
}

/**
 * Counts of each bucket, of counts up to its upper bound as Prometheus has them. What a
 * reset or a late scrape makes smaller than the bucket before counts as nothing.
 *
 * @param upTo - requests at most so slow, by upper bound in seconds
 * @public
 */
export function countsOfBuckets(
  upTo: Readonly<Record<string, number>>,
): LatencyCounts {
  const counts: Record<string, number> = {};
  let below = 0;
  const inOrder = Object.entries(upTo).sort(
    ([a], [b]) => boundOf(a) - boundOf(b),
  );
  for (const [bound, count] of inOrder) {
    counts[bound] = Math.max(0, count - below);
    below = Math.max(below, count);
  }
  return counts;
}

function boundOf(bound: string): number {
  return bound === '+Inf' ? Infinity : Number(bound);
}
