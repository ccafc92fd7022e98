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

/** No version lacks these. */
const ALWAYS: CostField[] = ['cpuCost', 'ramCost'];

/** @internal */
export interface ItemCost {
  cost: ResourceMicros;
  /** Resources of which the server could not compute a part; `cost` has the rest. */
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
        // Every container has CPU and memory; a 0 there is a rounded figure too.
        figures += amount !== 0 || ALWAYS.includes(field) ? 1 : 0;
      }
    }
    const isUnknown = (field: CostField) =>
      ALWAYS.includes(field)
        ? typeof item[field] !== 'number'
        : item[field] === null;
    if (fields.some(isUnknown)) {
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
