import { Micros } from '@headroom/common';
import {
  BreakdownRow,
  DayCost,
  RESOURCES,
  ResourceAmounts,
} from '@headroom/plugin-cost-common';
import { toMicros } from '@headroom/react';
import { COST_PARTS, CostPart } from './colors';

type PartedCost = Pick<DayCost | BreakdownRow, 'cost' | 'shared'>;

/** The amount of one part of a day or a row. */
export function partMicros(parted: PartedCost, part: CostPart): bigint {
  return toMicros(part === 'shared' ? parted.shared : parted.cost[part]);
}

/** The parts that cost something anywhere; the rest need no colour and no column. */
export function partsInUse(parted: readonly PartedCost[]): CostPart[] {
  return COST_PARTS.filter(part =>
    parted.some(item => partMicros(item, part) !== 0n),
  );
}

/** Exact sum of amounts on the wire. */
export function sumAmounts(amounts: Iterable<Micros>): bigint {
  let sum = 0n;
  for (const amount of amounts) {
    sum += toMicros(amount);
  }
  return sum;
}

/** Exact amount of each resource over many days or rows. */
export function sumResources(
  parted: readonly PartedCost[],
): Record<keyof ResourceAmounts, bigint> {
  const [cpu, memory, gpu, storage, network] = RESOURCES.map(resource =>
    sumAmounts(parted.map(item => item.cost[resource])),
  );
  return { cpu, memory, gpu, storage, network };
}
