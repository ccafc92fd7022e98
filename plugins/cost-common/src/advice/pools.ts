import { multiplyDecimal } from '@headroom/common';
import { HOURS_PER_MONTH } from './money/charged';
import { PoolRelease } from '../reports/adviceReports';

/** Resources of nodes and of what is requested on them. @public */
export interface PoolResources {
  cpuCores: number;
  memoryBytes: number;
  /** Whole devices. */
  gpus: number;
}

/** A node pool in the window of the advice, on average. @public */
export interface PoolState {
  cluster: string;
  nodePool: string;
  nodes: number;
  /** Nodes it never goes below. */
  minimumNodes: number;
  /** Price of one node for one hour, decimal, in the currency of the changes. */
  nodeHourlyPrice: string;
  /** Of one node: what can be requested, less what every node's daemons request. */
  nodeCapacity: PoolResources;
  /** Requested by everything but daemons, over all nodes. */
  requested: PoolResources;
}

/** What one advice changes in the requests of one pool. @public */
export interface PoolChange {
  /** Of the advice; one with pods in several pools has a change for each. */
  id: string;
  cluster: string;
  nodePool: string;
  /** After − before, over all pods; negative = less is requested. */
  cpuCores: number;
  memoryBytes: number;
  /** Saved a month at list, micros: the advice's, by its share of pods in the pool. */
  listMicros: bigint;
}

/** What node pools give back. @public */
export interface PoolsRelease {
  /** With every change made, pools in the order they were given. */
  pools: PoolRelease[];
  /** Σ of the pools, micros a month; negative = nodes are added. */
  totalMicros: bigint;
  /** By advice: what is given back when only it is taken. */
  alone: Map<string, bigint>;
}

/** Rounding of doubles must not take a node. */
const TOLERANCE = 1e-9;

/**
 * What node pools give back for smaller requests. A pool needs as many nodes as
 * its scarcest resource fills:
 *
 *     max over resources of ⌈requested ÷ one node's capacity⌉, at least the minimum
 *
 * and gives back nodes needed now − nodes needed after, whole ones: a request
 * that frees half a node saves nothing until the other half is free. Nodes that
 * are there without being needed are no saving of advice.
 *
 * It is the best a scheduler can pack: pods that are large for a node leave
 * room nobody can use. A saving is never more than the changes' list saving in
 * that pool, as the rest of a node that goes was not theirs. Nodes that have to
 * be added, when those that are there don't do, count in full. Changes in a pool
 * that is not given save nothing.
 *
 * @public
 */
export function releasePools(
  pools: readonly PoolState[],
  changes: readonly PoolChange[],
): PoolsRelease {
  const byPool = new Map<string, PoolChange[]>();
  const alone = new Map<string, bigint>();
  for (const change of changes) {
    const key = keyOf(change);
    const known = byPool.get(key);
    if (known) {
      known.push(change);
    } else {
      byPool.set(key, [change]);
    }
    alone.set(change.id, 0n);
  }
  let totalMicros = 0n;
  const released = pools.map(pool => {
    const here = byPool.get(keyOf(pool)) ?? [];
    for (const change of here) {
      const micros = releasedMicros(pool, [change]);
      alone.set(change.id, (alone.get(change.id) ?? 0n) + micros);
    }
    const micros = releasedMicros(pool, here);
    totalMicros += micros;
    const after = need(pool, here);
    return {
      cluster: pool.cluster,
      nodePool: pool.nodePool,
      nodes: pool.nodes,
      nodesNeeded: need(pool, []).nodes,
      nodesAfter: after.nodes,
      boundBy: after.boundBy,
      nodeHourlyPrice: pool.nodeHourlyPrice,
      releasedMicros: micros.toString(),
    };
  });
  return { pools: released, totalMicros, alone };
}

function releasedMicros(
  pool: PoolState,
  changes: readonly PoolChange[],
): bigint {
  const before = need(pool, []).nodes;
  const after = need(pool, changes).nodes;
  const there = Math.max(before, Math.ceil(pool.nodes - TOLERANCE));
  const nodes = after > before ? -Math.max(0, after - there) : before - after;
  const micros = multiplyDecimal(pool.nodeHourlyPrice, nodes * HOURS_PER_MONTH);
  const list = changes.reduce((sum, { listMicros }) => sum + listMicros, 0n);
  const most = list > 0n ? list : 0n;
  return micros > most ? most : micros;
}

function need(
  { requested, nodeCapacity, minimumNodes }: PoolState,
  changes: readonly PoolChange[],
): Pick<PoolRelease, 'boundBy'> & { nodes: number } {
  let cpuCores = requested.cpuCores;
  let memoryBytes = requested.memoryBytes;
  for (const change of changes) {
    cpuCores += change.cpuCores;
    memoryBytes += change.memoryBytes;
  }
  let nodes = minimumNodes;
  let boundBy: PoolRelease['boundBy'] = 'minimum';
  const filled: Array<[PoolRelease['boundBy'], number, number]> = [
    ['cpu', cpuCores, nodeCapacity.cpuCores],
    ['memory', memoryBytes, nodeCapacity.memoryBytes],
    ['gpu', requested.gpus, nodeCapacity.gpus],
  ];
  for (const [resource, sum, capacity] of filled) {
    // A node without any of a resource is not what the requests of it run on.
    const wanted = capacity > 0 ? Math.ceil(sum / capacity - TOLERANCE) : 0;
    if (wanted > nodes) {
      nodes = wanted;
      boundBy = resource;
    }
  }
  return { nodes, boundBy };
}

function keyOf({ cluster, nodePool }: { cluster: string; nodePool: string }) {
  return `${cluster}\u0000${nodePool}`;
}
