import { divideHalfEven } from '@headroom/common';
import {
  HOURS_PER_MONTH,
  MonthlyEstimate,
  PodDemand,
  SimilarServices,
  wordEstimate,
} from '@headroom/plugin-cost-common';
import {
  SimilarQuery,
  SimilarService,
} from '../../database/SimilarServiceStore';

/** How many times more or less a similar service may hold. */
const FACTOR = 3;
const NEAREST = 5;
const HOURS_PER_DAY = 24;

/**
 * What similar services held on average: between a third of what the fewest
 * replicas ask for and three times what the most do, with a GPU if they have one.
 */
export function similarTo(
  pods: readonly PodDemand[],
  estimate: MonthlyEstimate,
  days: SimilarQuery['days'],
): SimilarQuery {
  const between = (of: (pod: PodDemand, index: number) => number) => {
    const sum = (edge: 'min' | 'max') =>
      pods.reduce(
        // Who scales to nothing is compared by one replica.
        (total, pod, index) =>
          total + Math.max(1, pod.replicas[edge]) * of(pod, index),
        0,
      );
    return { from: sum('min') / FACTOR, to: sum('max') * FACTOR };
  };
  return {
    days,
    cpuCores: between(({ cpuCores }) => cpuCores),
    memoryBytes: between(({ memoryBytes }) => memoryBytes),
    ...(pods.some(({ gpu }) => gpu) && {
      gpus: between(
        ({ gpu }, index) =>
          estimate.pods[index].gpuShare ?? (gpu ? gpu.devices : 0),
      ),
    }),
  };
}

/** What they cost a month; undefined where there are none. */
export function describeSimilar(
  services: readonly SimilarService[],
  { minMonthly, maxMonthly }: MonthlyEstimate,
  options: {
    hasGpu: boolean;
    days: number;
    convert: (micros: bigint) => bigint;
  },
): SimilarServices | undefined {
  if (services.length === 0) {
    return undefined;
  }
  const { convert, days, hasGpu } = options;
  const all = services
    .map(({ entityRef, title, dailyMicros }) => ({
      entityRef,
      title,
      monthly: convert(
        divideHalfEven(
          dailyMicros * BigInt(HOURS_PER_MONTH),
          BigInt(HOURS_PER_DAY),
        ),
      ),
    }))
    .sort((a, b) => compare(a.monthly, b.monthly));
  const [low, high] = [minMonthly.micros, maxMonthly.micros];
  const distance = (monthly: bigint) => {
    if (monthly < low) {
      return low - monthly;
    }
    return monthly > high ? monthly - high : 0n;
  };
  const nearest = [...all]
    .sort((a, b) => compare(distance(a.monthly), distance(b.monthly)))
    .slice(0, NEAREST);
  return {
    count: all.length,
    median: medianOf(all.map(({ monthly }) => monthly)).toString(),
    lowest: all[0].monthly.toString(),
    highest: all[all.length - 1].monthly.toString(),
    nearest: nearest.map(each => ({
      ...each,
      monthly: each.monthly.toString(),
    })),
    said: wordEstimate('similarBy', {
      gpu: wordEstimate(hasGpu ? 'withGpu' : 'withoutGpu'),
      factor: FACTOR,
      days,
    }),
  };
}

function medianOf(sorted: readonly bigint[]): bigint {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : divideHalfEven(sorted[middle - 1] + sorted[middle], 2n);
}

function compare(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
