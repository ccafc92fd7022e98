import { addResources } from '../money/resourceMicros';
import { Resource, RESOURCES } from '../resources/resources';
import { HourRow, PodHourRow } from './types';

/**
 * The rows of an hour out of those of its pods: one a container of a workload,
 * capacity type and region, in the order in which they first come. A part without
 * a reading makes the whole row's usage unknown.
 *
 * @public
 */
export function sumPods(pods: readonly PodHourRow[]): HourRow[] {
  const rows = new Map<string, HourRow>();
  for (const pod of pods) {
    const key = keyOf(pod);
    const row = rows.get(key);
    rows.set(key, row ? addPod(row, pod) : withoutPod(pod));
  }
  return [...rows.values()];
}

function keyOf(row: HourRow): string {
  return `${row.bucket}\0${row.namespace}\0${row.workloadKind}\0${row.workload}\0${row.container}\0${row.capacityType}\0${row.region}`;
}

function withoutPod(part: PodHourRow): HourRow {
  const { pod, node, annotations, services, ...row } = part;
  return row;
}

function addPod(a: HourRow, b: PodHourRow): HourRow {
  const unknown = RESOURCES.filter(
    resource =>
      a.unknownUsage?.includes(resource) || b.unknownUsage?.includes(resource),
  );
  const sum: HourRow = {
    ...a,
    cost: addResources(a.cost, b.cost),
    used: addResources(a.used, b.used),
    cpuCoreHours: a.cpuCoreHours + b.cpuCoreHours,
    cpuRequestCoreHours: a.cpuRequestCoreHours + b.cpuRequestCoreHours,
    cpuUsageCoreHours: a.cpuUsageCoreHours + b.cpuUsageCoreHours,
    memoryByteHours: a.memoryByteHours + b.memoryByteHours,
    memoryRequestByteHours: a.memoryRequestByteHours + b.memoryRequestByteHours,
    memoryUsageByteHours: a.memoryUsageByteHours + b.memoryUsageByteHours,
    gpuHours: a.gpuHours + b.gpuHours,
    storageByteHours: a.storageByteHours + b.storageByteHours,
    networkBytes: a.networkBytes + b.networkBytes,
  };
  if (b.gpuBusyHours !== undefined) {
    sum.gpuBusyHours = (a.gpuBusyHours ?? 0) + b.gpuBusyHours;
  }
  return unknown.length > 0 ? withUnknown(sum, unknown) : sum;
}

function withUnknown(row: HourRow, unknownUsage: Resource[]): HourRow {
  for (const resource of unknownUsage) {
    row.used[resource] = 0n;
  }
  if (unknownUsage.includes('gpu')) {
    delete row.gpuBusyHours;
  }
  return { ...row, unknownUsage };
}
