import { HOUR_MS } from '@headroom/common';
import { totalOf } from '../money/resourceMicros';
import { RESOURCES, Resource } from '../resources/resources';
import { AllocationProperties } from './properties';
import { AllocationItem } from './types';
import { AllocationWindow } from './windows';

/** A span as OpenCost writes it, RFC 3339; `end` is exclusive. @public */
export interface OpenCostWindow {
  start: string;
  end: string;
}

/**
 * One item of `/allocation` (core/pkg/opencost/allocation_json.go). Costs are amounts
 * of the stored currency; `null` is what nobody knows. Averages are over the item's
 * own `minutes`.
 *
 * @public
 */
export interface OpenCostItem {
  name: string;
  properties: AllocationProperties;
  window: OpenCostWindow;
  start: string;
  end: string;
  minutes: number;
  cpuCores: number;
  cpuCoreRequestAverage: number;
  cpuCoreUsageAverage: number | null;
  cpuCoreHours: number;
  cpuCost: number;
  cpuCostAdjustment: number;
  /** The part of `cpuCost` that is idle which the item carries. */
  cpuCostIdle: number;
  cpuEfficiency: number | null;
  gpuCount: number;
  gpuHours: number;
  gpuCost: number;
  gpuCostAdjustment: number;
  gpuCostIdle: number;
  gpuUsageAverage: number | null;
  gpuEfficiency: number | null;
  /** Bytes that left a zone, a region or the cluster's network. */
  networkTransferBytes: number;
  networkReceiveBytes: number | null;
  /** Load balancers are in it: they are not told apart. */
  networkCost: number;
  networkCostAdjustment: number;
  loadBalancerCost: number;
  loadBalancerCostAdjustment: number;
  pvBytes: number;
  pvByteHours: number;
  pvCost: number;
  pvCostAdjustment: number;
  pvs: null;
  ramBytes: number;
  ramByteRequestAverage: number;
  ramByteUsageAverage: number | null;
  ramByteHours: number;
  ramCost: number;
  ramCostAdjustment: number;
  ramCostIdle: number;
  ramEfficiency: number | null;
  externalCost: number;
  sharedCost: number;
  totalCost: number;
  totalEfficiency: number | null;
}

/** An item of a set, as OpenCost answers it. @public */
export function toOpenCostItem(
  item: AllocationItem,
  window: AllocationWindow,
): OpenCostItem {
  const { name, properties, quantities, unknownUsage, start, end } = item;
  const hours = (end - start) / HOUR_MS;
  const cost = (resource: Resource) =>
    amountOf(item.cost[resource] + item.idle[resource]);
  const idle = (resource: Resource) => amountOf(item.idle[resource]);
  const total = RESOURCES.reduce(
    (sum, each) => sum + item.idle[each],
    totalOf(item.cost) + item.shared,
  );
  const isKnown = (resource: 'cpu' | 'memory' | 'gpu') =>
    !unknownUsage.includes(resource);
  const cpuEfficiency = isKnown('cpu')
    ? ratio(quantities.cpuUsageCoreHours, quantities.cpuRequestCoreHours)
    : null;
  const ramEfficiency = isKnown('memory')
    ? ratio(quantities.memoryUsageByteHours, quantities.memoryRequestByteHours)
    : null;
  const gpuEfficiency = isKnown('gpu')
    ? partOf(quantities.gpuBusyHours, quantities.gpuHours)
    : null;
  return {
    name,
    properties,
    window: openCostWindow(window),
    start: instant(start),
    end: instant(end),
    minutes: hours * 60,
    cpuCores: quantities.cpuCoreHours / hours,
    cpuCoreRequestAverage: quantities.cpuRequestCoreHours / hours,
    cpuCoreUsageAverage: isKnown('cpu')
      ? quantities.cpuUsageCoreHours / hours
      : null,
    cpuCoreHours: quantities.cpuCoreHours,
    cpuCost: cost('cpu'),
    cpuCostAdjustment: 0,
    cpuCostIdle: idle('cpu'),
    cpuEfficiency,
    gpuCount: quantities.gpuHours / hours,
    gpuHours: quantities.gpuHours,
    gpuCost: cost('gpu'),
    gpuCostAdjustment: 0,
    gpuCostIdle: idle('gpu'),
    gpuUsageAverage: gpuEfficiency,
    gpuEfficiency,
    networkTransferBytes: quantities.networkBytes,
    networkReceiveBytes: null,
    networkCost: cost('network'),
    networkCostAdjustment: 0,
    loadBalancerCost: 0,
    loadBalancerCostAdjustment: 0,
    pvBytes: quantities.storageByteHours / hours,
    pvByteHours: quantities.storageByteHours,
    pvCost: cost('storage'),
    pvCostAdjustment: 0,
    pvs: null,
    ramBytes: quantities.memoryByteHours / hours,
    ramByteRequestAverage: quantities.memoryRequestByteHours / hours,
    ramByteUsageAverage: isKnown('memory')
      ? quantities.memoryUsageByteHours / hours
      : null,
    ramByteHours: quantities.memoryByteHours,
    ramCost: cost('memory'),
    ramCostAdjustment: 0,
    ramCostIdle: idle('memory'),
    ramEfficiency,
    externalCost: 0,
    sharedCost: amountOf(item.shared),
    totalCost: amountOf(total),
    totalEfficiency: weighted(
      [amountOf(item.cost.cpu), cpuEfficiency],
      [amountOf(item.cost.memory), ramEfficiency],
    ),
  };
}

/** A window as OpenCost writes it. @public */
export function openCostWindow({
  start,
  end,
}: AllocationWindow): OpenCostWindow {
  return { start: instant(start), end: instant(end) };
}

/** Six decimals: the micro, where OpenCost rounds to five. */
function amountOf(micros: bigint): number {
  return Number(micros) / 1e6;
}

function instant(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Usage of a request; what is used without one is all wanted (OpenCost `CPUEfficiency`). */
function ratio(used: number, requested: number): number {
  if (requested > 0) {
    return used / requested;
  }
  return used > 0 ? 1 : 0;
}

function partOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** Efficiencies weighted by what they are of; one that is unknown and costs something makes all so. */
function weighted(
  ...parts: Array<[cost: number, efficiency: number | null]>
): number | null {
  let cost = 0;
  let used = 0;
  for (const [amount, efficiency] of parts) {
    if (amount > 0) {
      if (efficiency === null) {
        return null;
      }
      cost += amount;
      used += amount * efficiency;
    }
  }
  return partOf(used, cost);
}
