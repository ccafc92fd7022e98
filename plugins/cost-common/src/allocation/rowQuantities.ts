import { divideHalfEven, toCommonScale } from '@headroom/common';
import { Claim, NodeResource } from './claims';
import { RowEntry } from './RowBook';
import { HourRow } from './types';

/** Adds what a container is charged for one resource to its row. */
export function addClaim(
  entry: RowEntry,
  resource: NodeResource,
  claim: Claim,
  cost: bigint,
  used: bigint = usedOf(claim, cost),
): void {
  const { row, unknown } = entry;
  row.cost[resource] += cost;
  row.used[resource] += used;
  addQuantities(row, resource, claim);
  if (isUnknown(resource, claim)) {
    unknown.add(resource);
  }
}

/** Adds capacity that nobody was charged for. */
export function addIdleQuantity(
  row: HourRow,
  resource: NodeResource,
  hours: number,
): void {
  if (resource === 'cpu') {
    row.cpuCoreHours += hours;
  } else if (resource === 'memory') {
    row.memoryByteHours += hours;
  } else {
    row.gpuHours += hours;
  }
}

/** Cost × min(usage, charged) / charged. */
function usedOf({ usage, charged }: Claim, cost: bigint): bigint {
  const [part, whole] = toCommonScale([usage ?? 0, charged]);
  return part >= whole ? cost : divideHalfEven(cost * part, whole);
}

function isUnknown(resource: NodeResource, claim: Claim): boolean {
  const holds = resource !== 'gpu' || claim.charged > 0;
  return holds && claim.usage === undefined;
}

function addQuantities(
  row: HourRow,
  resource: NodeResource,
  claim: Claim,
): void {
  const charged = claim.charged / 3600;
  const request = (claim.request ?? 0) / 3600;
  const usage = (claim.usage ?? 0) / 3600;
  if (resource === 'cpu') {
    row.cpuCoreHours += charged;
    row.cpuRequestCoreHours += request;
    row.cpuUsageCoreHours += usage;
  } else if (resource === 'memory') {
    row.memoryByteHours += charged;
    row.memoryRequestByteHours += request;
    row.memoryUsageByteHours += usage;
  } else {
    row.gpuHours += charged;
    if (claim.usage !== undefined && charged > 0) {
      row.gpuBusyHours = (row.gpuBusyHours ?? 0) + Math.min(usage, charged);
    }
  }
}
