import { MAX_RUNS, RunPeak } from './types';

/**
 * Runs of the same name as one; of more than {@link MAX_RUNS} the largest by
 * memory, then by CPU. In an order of its own, so that theirs does not matter.
 */
export function mergeRuns(runs: readonly RunPeak[]): RunPeak[] {
  const byName = new Map<string, RunPeak>();
  for (const each of runs) {
    const known = byName.get(each.run);
    byName.set(
      each.run,
      known
        ? {
            run: each.run,
            cpuCores: Math.max(known.cpuCores, each.cpuCores),
            memoryBytes: Math.max(known.memoryBytes, each.memoryBytes),
            slots: known.slots + each.slots,
          }
        : each,
    );
  }
  return [...byName.values()].sort(largestFirst).slice(0, MAX_RUNS);
}

function largestFirst(a: RunPeak, b: RunPeak): number {
  return (
    b.memoryBytes - a.memoryBytes ||
    b.cpuCores - a.cpuCores ||
    (a.run < b.run ? -1 : 1)
  );
}
