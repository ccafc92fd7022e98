import { NodeAsset } from '../answer/readNodeAssets';
import { AllocationItem } from '../answer/schema';
import { kindOf } from './reserved';

/** Quantities in the units of an hour row. @internal */
export interface NodeQuantity {
  cpuCoreHours: number;
  memoryByteHours: number;
  gpuHours: number;
}

/** What the containers on each node were charged for. @internal */
export function chargedByNode(
  items: AllocationItem[],
): Map<string, NodeQuantity> {
  const charged = new Map<string, NodeQuantity>();
  for (const item of items) {
    const node = item.properties?.node;
    if (node && kindOf(item) === 'container') {
      const sum = charged.get(node) ?? nothing();
      sum.cpuCoreHours += item.cpuCoreHours ?? 0;
      sum.memoryByteHours += item.ramByteHours ?? 0;
      sum.gpuHours += item.gpuHours ?? 0;
      charged.set(node, sum);
    }
  }
  return charged;
}

/**
 * What nodes had beyond what their containers were charged for. OpenCost gives
 * idle a cost and no quantity; a node that says nothing adds nothing.
 *
 * @internal
 */
export function idleQuantityOf(
  nodes: NodeAsset[],
  charged: Map<string, NodeQuantity>,
): NodeQuantity {
  const idle = nothing();
  for (const node of nodes) {
    const taken = charged.get(node.name) ?? nothing();
    idle.cpuCoreHours += rest(node.cpuCoreHours, taken.cpuCoreHours);
    idle.memoryByteHours += rest(node.memoryByteHours, taken.memoryByteHours);
    idle.gpuHours += rest(node.gpuDeviceHours, taken.gpuHours);
  }
  return idle;
}

function nothing(): NodeQuantity {
  return { cpuCoreHours: 0, memoryByteHours: 0, gpuHours: 0 };
}

function rest(capacity: number | undefined, taken: number): number {
  return Math.max(0, (capacity ?? 0) - taken);
}
