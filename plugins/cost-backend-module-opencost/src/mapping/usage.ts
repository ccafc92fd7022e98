import { Resource } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { AllocationItem, endsBeforeItBegan } from '../answer/schema';

/** Quantities of an item in the units of an hour row; absent = unknown. @internal */
export interface ItemUsage {
  cpuCoreHours?: number;
  cpuRequestCoreHours?: number;
  cpuUsageCoreHours?: number;
  memoryByteHours?: number;
  memoryRequestByteHours?: number;
  memoryUsageByteHours?: number;
  gpuHours?: number;
  gpuBusyHours?: number;
  storageByteHours?: number;
  networkBytes?: number;
}

/**
 * Averages × the item's own minutes. What is below 0, and all averages of an item
 * that ends before it began, is unknown.
 *
 * @internal
 */
export function usageOf(item: AllocationItem): ItemUsage {
  const hours = hoursOf(item);
  return {
    cpuCoreHours: known(item.cpuCoreHours),
    cpuRequestCoreHours: times(item.cpuCoreRequestAverage, hours),
    cpuUsageCoreHours: times(item.cpuCoreUsageAverage, hours),
    memoryByteHours: known(item.ramByteHours),
    memoryRequestByteHours: times(item.ramByteRequestAverage, hours),
    memoryUsageByteHours: times(item.ramByteUsageAverage, hours),
    gpuHours: known(item.gpuHours),
    gpuBusyHours: gpuBusyHoursOf(item),
    storageByteHours: known(item.pvByteHours),
    networkBytes: sumKnown(item.networkTransferBytes, item.networkReceiveBytes),
  };
}

/**
 * OpenCost averages GPU use over a container's devices, 0 to 1, and counts
 * hours per device: busy hours are the product.
 */
function gpuBusyHoursOf(item: AllocationItem): number | undefined {
  const average = gpuUsageAverage(item);
  if (average === undefined || average < 0 || average > 1) {
    return undefined;
  }
  return times(item.gpuHours, average);
}

/** In the spelling of either version. @internal */
export function gpuUsageAverage(item: AllocationItem): number | undefined {
  return (
    item.gpuAllocation?.gpuUsageAverage ?? item.gpuUsageAverage ?? undefined
  );
}

/** How much of what is charged was used, 0 to 1; undefined = unknown. @internal */
export function usedRatio(
  usage: ItemUsage,
  resource: Resource,
): number | undefined {
  switch (resource) {
    case 'cpu':
      return ratio(usage.cpuUsageCoreHours, usage.cpuCoreHours);
    case 'memory':
      return ratio(usage.memoryUsageByteHours, usage.memoryByteHours);
    case 'gpu':
      return ratio(usage.gpuBusyHours, usage.gpuHours);
    default:
      // Paid by the use itself.
      return 1;
  }
}

function ratio(used?: number, charged?: number): number | undefined {
  if (used === undefined || charged === undefined) {
    return undefined;
  }
  return charged > 0 ? Math.min(1, Math.max(0, used / charged)) : 0;
}

function hoursOf(item: AllocationItem): number | undefined {
  if (endsBeforeItBegan(item)) {
    return undefined;
  }
  if (typeof item.minutes === 'number') {
    return item.minutes / 60;
  }
  return item.start !== undefined && item.end !== undefined
    ? (item.end - item.start) / HOUR_MS
    : undefined;
}

function times(
  a: number | null | undefined,
  b: number | undefined,
): number | undefined {
  return typeof a === 'number' && a >= 0 && b !== undefined ? a * b : undefined;
}

function known(value: number | null | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function sumKnown(
  a: number | null | undefined,
  b: number | null | undefined,
): number | undefined {
  const [first, second] = [known(a), known(b)];
  return first === undefined && second === undefined
    ? undefined
    : (first ?? 0) + (second ?? 0);
}
