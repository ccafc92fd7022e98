import { NODES } from '../world/nodes';
import { GPU_PRICES, NODE_PRICES, WEIGHTS } from '../world/prices';
import { addSlots, GIB, hostOf, isContainer, SeriesOf, Slots } from './samples';

/** A node, what it has and what it costs. */
export interface Node {
  name: string;
  up: Slots;
  price: string;
  capacity: Record<'cpu' | 'memory' | 'gpu', number>;
  weights: Record<'cpu' | 'memory' | 'gpu', number>;
}

export function readNodes(of: SeriesOf): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const one of of('kube_node_labels')) {
    const { labels } = one;
    const type = labels.label_node_kubernetes_io_instance_type;
    const capacityType = labels.label_karpenter_sh_capacity_type as
      | 'spot'
      | 'on-demand';
    const price = NODE_PRICES.find(
      entry =>
        entry.instanceType === type && entry.capacityType === capacityType,
    );
    nodes.set(labels.node, {
      name: labels.node,
      up: new Set(),
      price: price!.hourlyPrice,
      capacity: { cpu: 0, memory: 0, gpu: 0 },
      weights: {
        cpu: Number(WEIGHTS[capacityType].cpuCore),
        memory: Number(WEIGHTS[capacityType].memoryGib) / GIB,
        gpu: gpuPriceOf(labels.node),
      },
    });
  }
  for (const one of of('kube_node_status_capacity')) {
    const value = one.values.find(each => !Number.isNaN(each)) ?? 0;
    const { capacity } = nodes.get(one.labels.node)!;
    const name = shortName(one.labels.resource);
    // Units of a GPU may be parts of one; boards are what is paid for.
    capacity[name] = name === 'gpu' ? worldNode(one.labels.node).gpus : value;
  }
  for (const one of of('kube_node_info')) {
    addSlots(nodes.get(one.labels.node)!.up, one);
  }
  for (const one of of('container_cpu_usage_seconds_total')) {
    if (isContainer(one)) {
      addSlots(nodes.get(hostOf(one))!.up, one);
    }
  }
  return nodes;
}

export function worldNode(name: string) {
  return NODES.find(node => node.name === name)!;
}

function gpuPriceOf(node: string): number {
  const { gpuModel } = worldNode(node);
  const price = GPU_PRICES.find(({ model }) => gpuModel?.includes(model));
  return Number(price?.hourlyPrice ?? 0);
}

export function shortName(resource: string): 'cpu' | 'memory' | 'gpu' {
  return resource === 'cpu' || resource === 'memory' ? resource : 'gpu';
}
