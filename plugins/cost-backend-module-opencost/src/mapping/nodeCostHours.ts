import { microsToDecimal } from '@headroom/common';
import { NodeCostHour, zeroResources } from '@headroom/plugin-cost-common';
import { NodeAsset } from '../answer/readNodeAssets';

/** What the nodes of each kind cost in one hour, as `/assets` says. @internal */
export function nodeCostHoursOf(
  hour: string,
  nodes: NodeAsset[],
): NodeCostHour[] {
  const kinds = new Map<string, NodeAsset[]>();
  for (const node of nodes) {
    const { nodePool, instanceType, region, capacityType } = node;
    const key = JSON.stringify([nodePool, instanceType, region, capacityType]);
    kinds.set(key, [...(kinds.get(key) ?? []), node]);
  }
  return [...kinds.values()].map(ofKind => toNodeCostHour(hour, ofKind));
}

function toNodeCostHour(hour: string, nodes: NodeAsset[]): NodeCostHour {
  const [{ nodePool, instanceType, region, capacityType }] = nodes;
  const cost = zeroResources();
  for (const node of nodes) {
    cost.cpu += node.cost.cpu;
    cost.memory += node.cost.memory;
    cost.gpu += node.cost.gpu;
  }
  const minutes = sum(nodes.map(node => node.minutes));
  return {
    hour,
    nodePool,
    instanceType,
    region,
    capacityType,
    nodeHours: minutes / 60,
    cpuCoreHours: sum(nodes.map(node => node.cpuCoreHours)),
    memoryByteHours: sum(nodes.map(node => node.memoryByteHours)),
    gpuDeviceHours: sum(nodes.map(node => node.gpuDeviceHours)),
    hourlyPrice: hourlyPrice(cost.cpu + cost.memory + cost.gpu, minutes),
    cost,
    origin: {
      kind: 'source',
      description: ['OpenCost', instanceType, region, capacityType]
        .filter(Boolean)
        .join(', '),
    },
  };
}

/** Cost / hours, to the micro. */
function hourlyPrice(micros: bigint, minutes: number): string {
  const millis = BigInt(Math.round(minutes * 60_000));
  return millis > 0n ? microsToDecimal((micros * 3_600_000n) / millis) : '0';
}

function sum(values: Array<number | undefined>): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
