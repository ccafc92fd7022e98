import { AdvicePoolChange } from '../../database/AdviceStore';
import { splitExactly } from '@headroom/common';
import { PoolResources, PoolState } from '@headroom/plugin-cost-common';
import { PoolCapacity } from '../../database/PoolStore';
import { AdviceOutcome, PoolShare } from '../../database/adviceOutcome';

/**
 * Pools with what is requested on them. Daemons run on every node: what they
 * request is taken off a node's capacity. How far an autoscaler may shrink a
 * pool is not known, so nothing keeps its last node.
 */
export function poolStates(
  capacities: readonly PoolCapacity[],
  outcomes: readonly AdviceOutcome[],
): PoolState[] {
  const requests = new Map<string, PoolShare[]>();
  for (const { clusterId, pools } of outcomes) {
    for (const share of pools) {
      const key = keyOf(clusterId, share.nodePool);
      const known = requests.get(key);
      if (known) {
        known.push(share);
      } else {
        requests.set(key, [share]);
      }
    }
  }
  return capacities.map(capacity => {
    const { clusterId, cluster, nodePool, nodes, hourlyPrice } = capacity;
    const here = requests.get(keyOf(clusterId, nodePool)) ?? [];
    const sumOf = (daemon: boolean) =>
      sum(here.filter(share => share.daemon === daemon));
    const daemons = sumOf(true);
    const perNode = (resource: keyof PoolResources) =>
      Math.max(0, capacity[resource] - daemons[resource]) / nodes;
    return {
      cluster,
      nodePool,
      nodes,
      minimumNodes: 0,
      nodeHourlyPrice: hourlyPrice,
      nodeCapacity: {
        cpuCores: perNode('cpuCores'),
        memoryBytes: perNode('memoryBytes'),
        gpus: perNode('gpus'),
      },
      requested: sumOf(false),
    };
  });
}

/**
 * What taking each advice changes in each pool. A daemon that asks for less
 * leaves room on every node, as much of which counts as the pool is full.
 */
export function poolChanges(
  pools: readonly PoolState[],
  outcomes: readonly AdviceOutcome[],
): AdvicePoolChange[] {
  const byKey = new Map(
    pools.map(pool => [`${pool.cluster}\0${pool.nodePool}`, pool]),
  );
  return outcomes
    .filter(({ status }) => status === 'change')
    .flatMap(outcome => {
      const { cluster } = outcome;
      const list = splitExactly(
        outcome.pools.length > 0 ? BigInt(outcome.listMicros ?? 0) : 0n,
        outcome.pools.map(({ pods }) => pods),
      );
      return outcome.pools.map((share, i) => {
        const pool = byKey.get(`${cluster}\0${share.nodePool}`);
        const full = (resource: 'cpuCores' | 'memoryBytes') =>
          share.daemon && pool ? fullness(pool, resource) : 1;
        return {
          id: String(outcome.containerId),
          clusterId: outcome.clusterId,
          cluster,
          nodePool: share.nodePool,
          cpuCores: share.cpuCoresChange * full('cpuCores'),
          memoryBytes: share.memoryBytesChange * full('memoryBytes'),
          listMicros: list[i],
        };
      });
    });
}

function fullness(
  { nodes, nodeCapacity, requested }: PoolState,
  resource: 'cpuCores' | 'memoryBytes',
): number {
  const room = nodes * nodeCapacity[resource];
  return room > 0 ? Math.min(1, requested[resource] / room) : 1;
}

function sum(shares: PoolShare[]): PoolResources {
  const total = { cpuCores: 0, memoryBytes: 0, gpus: 0 };
  for (const { cpuCores, memoryBytes, gpus } of shares) {
    total.cpuCores += cpuCores;
    total.memoryBytes += memoryBytes;
    total.gpus += gpus;
  }
  return total;
}

function keyOf(clusterId: number, nodePool: string): string {
  return `${clusterId}\0${nodePool}`;
}
