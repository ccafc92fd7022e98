import { LargestNode, UsageDigest } from '@headroom/plugin-cost-common';
import { PoolNode } from '../../database/PoolStore';

/**
 * The largest node that pods of a container ran on: of the pools that its digests
 * name, else of the whole cluster. Undefined when no node of it is known.
 */
export function largestNode(
  nodes: readonly PoolNode[],
  clusterId: number,
  digests: readonly Pick<UsageDigest, 'pools'>[],
): LargestNode | undefined {
  const here = nodes.filter(node => node.clusterId === clusterId);
  const names = new Set(
    digests.flatMap(({ pools }) => pools.map(({ nodePool }) => nodePool)),
  );
  const own = here.filter(({ nodePool }) => names.has(nodePool));
  // A pool without a name, or that is not known, may be any of them.
  const known = own.length > 0 && own.length === names.size && !names.has('');
  const among = known ? own : here;
  return among.length > 0
    ? {
        cpuCores: Math.max(...among.map(({ cpuCores }) => cpuCores)),
        memoryBytes: Math.max(...among.map(({ memoryBytes }) => memoryBytes)),
        nodePools: known ? own.map(({ nodePool }) => nodePool) : [],
      }
    : undefined;
}
