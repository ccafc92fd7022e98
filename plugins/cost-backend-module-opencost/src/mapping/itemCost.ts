import {
  Resource,
  ResourceMicros,
  zeroResources,
} from '@headroom/plugin-cost-common';
import { microsOf } from '../answer/micros';
import { AllocationItem } from '../answer/schema';

type CostField = Extract<
  keyof AllocationItem,
  `${string}Cost` | `${string}Adjustment`
>;

/**
 * Which fields make up a resource. A field that a version lacks has nothing to
 * add; `null` means the server could not compute it.
 */
const FIELDS: Record<Resource, CostField[]> = {
  cpu: ['cpuCost', 'cpuCostAdjustment'],
  memory: ['ramCost', 'ramCostAdjustment'],
  gpu: ['gpuCost', 'gpuCostAdjustment'],
  storage: ['pvCost', 'pvCostAdjustment'],
  network: [
    'networkCost',
    'networkCostAdjustment',
    'loadBalancerCost',
    'loadBalancerCostAdjustment',
  ],
};

/** @internal */
export interface ItemCost {
  cost: ResourceMicros;
  /** Resources whose cost the server could not compute; 0 in `cost`, which says nothing. */
  unknown: Resource[];
  /** Costs OpenCost shared out or took from outside the cluster: not booked. */
  foreign: bigint;
  /** What the item says it costs in all; absent when it doesn't. */
  statedTotal?: bigint;
  /** How many rounded figures went into it, for tolerances. */
  figures: number;
}

/** The cost of an item by resource, adjustments included. @internal */
export function costOf(item: AllocationItem): ItemCost {
  const cost = zeroResources();
  const unknown: Resource[] = [];
  let figures = 0;
  for (const [resource, fields] of Object.entries(FIELDS) as Array<
    [Resource, CostField[]]
  >) {
    for (const field of fields) {
      const amount = item[field];
      if (typeof amount === 'number') {
        cost[resource] += microsOf(amount);
        figures += amount === 0 ? 0 : 1;
      }
    }
    const lacksBase =
      (resource === 'cpu' || resource === 'memory') &&
      typeof item[fields[0]] !== 'number';
    if (lacksBase || fields.some(field => item[field] === null)) {
      cost[resource] = 0n;
      unknown.push(resource);
    }
  }
  return {
    cost,
    unknown,
    foreign: microsOf(item.sharedCost ?? 0) + microsOf(item.externalCost ?? 0),
    statedTotal:
      typeof item.totalCost === 'number' ? microsOf(item.totalCost) : undefined,
    figures,
  };
}
