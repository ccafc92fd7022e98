import { divideHalfEven, microsToDecimal } from '@headroom/common';
import { addResources, totalOf, zeroResources } from '../money/resourceMicros';
import { NodeHour } from '../observations/observations';
import { podPlatformOf } from '../podBilling/podPlatforms';
import { ResourceMicros } from '../resources/resources';
import { nodePoolOf } from './nodePoolOf';
import { NodeCostHour, NodePrice } from './types';

/** What a node had, in unit-hours. */
export interface NodeQuantities {
  cpuCoreHours: number;
  memoryByteHours: number;
  gpuDeviceHours: number;
}

const SECONDS_PER_HOUR = 3600;

/** What the nodes of an hour cost, by kind. */
export class NodeCosts {
  readonly #costs = new Map<string, NodeCostHour>();

  /** Adds a node that is billed at its price. */
  add(node: NodeHour, price: NodePrice, cost: ResourceMicros): void {
    const hours = node.upSeconds / SECONDS_PER_HOUR;
    this.#add(node, price, cost, {
      cpuCoreHours: node.cpuCores * hours,
      memoryByteHours: node.memoryBytes * hours,
      gpuDeviceHours: node.gpuDevices * hours,
    });
  }

  /** Adds a node whose pods are billed: it had what they were billed for. */
  addPods(
    node: NodeHour,
    price: NodePrice,
    cost: ResourceMicros,
    billed: NodeQuantities,
  ): void {
    this.#add(node, price, cost, billed);
  }

  toArray(): NodeCostHour[] {
    return [...this.#costs.values()].map(each =>
      each.origin.podPlatform !== undefined
        ? { ...each, hourlyPrice: meanPrice(each) }
        : each,
    );
  }

  #add(
    node: NodeHour,
    { hourlyPrice, origin }: NodePrice,
    cost: ResourceMicros,
    quantities: NodeQuantities,
  ): void {
    const key = JSON.stringify([
      nodePoolOf(node),
      node.instanceType,
      node.region,
      node.capacityType,
      hourlyPrice,
      origin.kind,
      origin.description,
      origin.validFrom,
    ]);
    const before = this.#costs.get(key);
    const hours = node.upSeconds / SECONDS_PER_HOUR;
    this.#costs.set(key, {
      hour: node.hour,
      nodePool: nodePoolOf(node),
      instanceType: node.instanceType ?? podPlatformOf(node) ?? '',
      region: node.region ?? '',
      capacityType: node.capacityType,
      nodeHours: (before?.nodeHours ?? 0) + hours,
      cpuCoreHours: (before?.cpuCoreHours ?? 0) + quantities.cpuCoreHours,
      memoryByteHours:
        (before?.memoryByteHours ?? 0) + quantities.memoryByteHours,
      gpuDeviceHours: (before?.gpuDeviceHours ?? 0) + quantities.gpuDeviceHours,
      hourlyPrice,
      cost: addResources(before?.cost ?? zeroResources(), cost),
      origin,
    });
  }
}

/** What one node came to for one hour. */
function meanPrice({ cost, nodeHours }: NodeCostHour): string {
  const seconds = BigInt(Math.round(nodeHours * SECONDS_PER_HOUR));
  return seconds === 0n
    ? '0'
    : microsToDecimal(
        divideHalfEven(totalOf(cost) * BigInt(SECONDS_PER_HOUR), seconds),
      );
}
