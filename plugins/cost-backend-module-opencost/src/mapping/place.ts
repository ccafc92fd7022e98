import { CapacityType, describeNodeLabels } from '@headroom/plugin-cost-common';
import { AllocationItem } from '../answer/schema';
import { NodeAsset } from '../answer/readNodeAssets';

/** What an item ran on. @internal */
export interface Place {
  nodePool: string;
  capacityType: CapacityType;
  /** Empty when nobody says. */
  region: string;
  /** Absent when it is on no node, or on none that is told. */
  node?: string;
}

/** Node pool of idle that OpenCost gave for a cluster as a whole. @internal */
export const ALL_NODE_POOLS = 'all node pools';

/** The node says; else the labels OpenCost mixed into the pod's; else the cluster. @internal */
export function placeOf(
  item: AllocationItem,
  node: NodeAsset | undefined,
  region: string,
): Place {
  const name = item.properties?.node;
  const on = name === undefined || name.startsWith('__') ? {} : { node: name };
  if (node) {
    const { nodePool, capacityType, region: its } = node;
    return { nodePool, capacityType, region: its, ...on };
  }
  const labels = describeNodeLabels(item.properties?.labels ?? {});
  return {
    nodePool: labels.nodePool ?? labels.instanceType ?? 'default',
    capacityType: labels.capacityType ?? 'on-demand',
    region: labels.region ?? region,
    ...on,
  };
}

/**
 * Where the idle of a whole cluster is: in its one kind of node, or in all of
 * them when there are several and nobody says how it divides.
 *
 * @internal
 */
export function placeOfClusterIdle(nodes: NodeAsset[], region: string): Place {
  const pools = new Set(nodes.map(node => node.nodePool));
  const capacityTypes = new Set(nodes.map(node => node.capacityType));
  const regions = new Set(nodes.map(node => node.region));
  const [first] = nodes;
  return {
    nodePool: pools.size === 1 ? first.nodePool : ALL_NODE_POOLS,
    capacityType: capacityTypes.size === 1 ? first.capacityType : 'on-demand',
    region: regions.size === 1 ? first.region : region,
  };
}
