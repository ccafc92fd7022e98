import { splitExactly, sumMicros } from '@headroom/common';
import { addResources, zeroResources } from '../money/resourceMicros';
import { Resource, RESOURCES, ResourceMicros } from '../resources/resources';
import { AllocationRow } from './types';

/** Idle of one cluster or node. */
interface IdlePool {
  cluster: string;
  node?: string;
  idle: AllocationRow[];
  takers: number[];
}

/** Whose idle it is: of its resource, in proportion to what each costs there. */
export interface IdleOwners {
  /** By row: what belongs to it. Idle rows own nothing. */
  owned: ResourceMicros[];
  /** Idle rows with what nobody owns of them: of a resource that costs nobody anything. */
  left: Array<{ row: AllocationRow; cost: ResourceMicros }>;
}

/**
 * Divides idle of each cluster, or node, over what costs something there, a resource
 * for itself (OpenCost `AggregateBy`, idle coefficients). All that is owned and all
 * that is left sum to all idle, to the micro.
 */
export function ownersOfIdle(
  rows: readonly AllocationRow[],
  byNode: boolean,
): IdleOwners {
  const owned = rows.map(() => zeroResources());
  const left: IdleOwners['left'] = [];
  for (const { idle, takers } of poolsOf(rows, byNode)) {
    const stays = new Set<Resource>();
    for (const resource of RESOURCES) {
      const weights = takers.map(i => atLeastZero(rows[i].cost[resource]));
      if (weights.some(weight => weight > 0n)) {
        const amount = sumMicros(idle.map(({ cost }) => cost[resource]));
        splitExactly(amount, weights).forEach((part, k) => {
          owned[takers[k]][resource] += part;
        });
      } else {
        stays.add(resource);
      }
    }
    for (const row of idle) {
      const cost = zeroResources();
      stays.forEach(resource => {
        cost[resource] = row.cost[resource];
      });
      if (RESOURCES.some(resource => cost[resource] !== 0n)) {
        left.push({ row, cost });
      }
    }
  }
  return { owned, left };
}

function poolsOf(
  rows: readonly AllocationRow[],
  byNode: boolean,
): Iterable<IdlePool> {
  const pools = new Map<string, IdlePool>();
  rows.forEach((row, i) => {
    const { cluster = '', node } = row.properties;
    const key = JSON.stringify(byNode ? [cluster, node ?? ''] : [cluster]);
    const pool = pools.get(key) ?? { cluster, node, idle: [], takers: [] };
    pools.set(key, pool);
    if (row.kind === 'idle') {
      pool.idle.push(row);
    } else {
      pool.takers.push(i);
    }
  });
  return pools.values();
}

/** What costs less than nothing, such as a credit, carries nothing. */
export function atLeastZero(micros: bigint): bigint {
  return micros > 0n ? micros : 0n;
}

/** Sum of amounts by resource. */
export function sumResources(
  amounts: Iterable<ResourceMicros>,
): ResourceMicros {
  let sum = zeroResources();
  for (const amount of amounts) {
    sum = addResources(sum, amount);
  }
  return sum;
}
