/** Latencies of one open-loop run, in milliseconds. */
export interface LoadResult {
  sent: number;
  failed: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/** Nearest-rank percentile of a sorted list. */
export function percentile(sorted: number[], share: number): number {
  if (sorted.length === 0) return NaN;
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
}

const round = (ms: number) => Math.round(ms * 100) / 100;

/**
 * Sends requests at fixed instants whatever the answers do, so that a slow
 * server meets the load its users would bring (no coordinated omission): a
 * latency counts from the instant the request was due.
 */
export async function openLoop(options: {
  arrivalsPerSecond: number;
  seconds: number;
  request: (index: number) => Promise<unknown>;
}): Promise<LoadResult> {
  const { arrivalsPerSecond, seconds, request } = options;
  const count = Math.round(arrivalsPerSecond * seconds);
  const start = performance.now() + 50;
  const latencies: number[] = [];
  let failed = 0;
  const pending: Promise<void>[] = [];

  for (let index = 0; index < count; index++) {
    const due = start + (index * 1000) / arrivalsPerSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
    pending.push(
      request(index).then(
        () => {
          latencies.push(performance.now() - due);
        },
        () => {
          failed++;
        },
      ),
    );
  }
  await Promise.all(pending);
  latencies.sort((a, b) => a - b);
  return {
    sent: count,
    failed,
    p50Ms: round(percentile(latencies, 0.5)),
    p95Ms: round(percentile(latencies, 0.95)),
    p99Ms: round(percentile(latencies, 0.99)),
  };
}
