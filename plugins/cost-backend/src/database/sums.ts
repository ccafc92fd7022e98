import {
  BreakdownRow,
  RESOURCES,
  ResourceAmounts,
  ResourceMicros,
  totalOf,
  zeroResources,
} from '@headroom/plugin-cost-common';
import { MICRO } from './measures';

/** Amounts of a group of rows, in one currency. */
export interface Sums {
  cost: ResourceMicros;
  /** What sharing moved here; negative where it was taken from. */
  shared: bigint;
  /** Used part of CPU, memory and GPU, where usage is known. */
  used: bigint;
  /** Cost of CPU, memory and GPU whose usage is known. */
  known: bigint;
  /** Core-, byte-, device-, byte-hours and bytes. */
  quantities: Record<keyof ResourceMicros, number>;
  /** Device-hours of which is known how busy they were. */
  gpuKnownHours: number;
  /** Device-hours of these that were busy; undefined = not reported. */
  gpuBusyHours?: number;
}

/** Sums of no rows. */
export function noSums(): Sums {
  return {
    cost: zeroResources(),
    shared: 0n,
    used: 0n,
    known: 0n,
    quantities: { cpu: 0, memory: 0, gpu: 0, storage: 0, network: 0 },
    gpuKnownHours: 0,
  };
}

/** Reads the columns of a query made with `SUMS`; bigints arrive as strings. */
export function toSums(row: Record<string, string | null>): Sums {
  const sums = noSums();
  RESOURCES.forEach((resource, i) => {
    sums.cost[resource] = BigInt(row[`c${i}`] ?? 0);
    const quantity = Number(row[`q${i}`] ?? 0);
    sums.quantities[resource] =
      resource === 'cpu' || resource === 'gpu' ? quantity / MICRO : quantity;
  });
  sums.shared = BigInt(row.shared ?? 0);
  sums.used = BigInt(row.used ?? 0);
  sums.known = BigInt(row.known ?? 0);
  sums.gpuKnownHours = Number(row.gpu_known ?? 0) / MICRO;
  if (row.busy !== null && row.busy !== undefined) {
    sums.gpuBusyHours = Number(row.busy) / MICRO;
  }
  return sums;
}

/** Adds `more` to `sums` in place. */
export function addSums(sums: Sums, more: Sums): Sums {
  for (const resource of RESOURCES) {
    sums.cost[resource] += more.cost[resource];
    sums.quantities[resource] += more.quantities[resource];
  }
  sums.shared += more.shared;
  sums.used += more.used;
  sums.known += more.known;
  sums.gpuKnownHours += more.gpuKnownHours;
  if (more.gpuBusyHours !== undefined) {
    sums.gpuBusyHours = (sums.gpuBusyHours ?? 0) + more.gpuBusyHours;
  }
  return sums;
}

/** Everything that a group pays, including what sharing moved to it. */
export function totalOfSums(sums: Sums): bigint {
  return totalOf(sums.cost) + sums.shared;
}

/** Used / paid over CPU, memory and GPU; undefined when nothing is known. */
export function efficiencyOfSums({ used, known }: Sums): number | undefined {
  return known > 0n ? Number(used) / Number(known) : undefined;
}

/** Amounts as they go over the wire. */
export function toAmounts(cost: ResourceMicros): ResourceAmounts {
  return Object.fromEntries(
    RESOURCES.map(resource => [resource, cost[resource].toString()]),
  ) as ResourceAmounts;
}

/** The figures of a breakdown row. */
export function toRowFigures(
  sums: Sums,
  previous: Sums | undefined,
): Omit<BreakdownRow, 'key' | 'label' | 'kind' | 'entityRef'> {
  const efficiency = efficiencyOfSums(sums);
  return {
    cost: toAmounts(sums.cost),
    shared: sums.shared.toString(),
    total: totalOfSums(sums).toString(),
    ...(previous && { previousTotal: totalOfSums(previous).toString() }),
    ...(efficiency !== undefined && { efficiency }),
    ...(sums.quantities.gpu > 0 && { gpuHours: sums.quantities.gpu }),
    ...(sums.gpuBusyHours !== undefined && { gpuBusyHours: sums.gpuBusyHours }),
  };
}
