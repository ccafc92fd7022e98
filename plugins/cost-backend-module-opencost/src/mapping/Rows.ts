import {
  emptyHourRow,
  HourRow,
  IDLE_NAMESPACE,
  PodHourRow,
  Resource,
  RESOURCES,
  UNMOUNTED_WORKLOAD,
} from '@headroom/plugin-cost-common';
import { NodeQuantity } from './idleQuantity';
import { ItemCost } from './itemCost';
import { Place } from './place';
import { ItemUsage, usedRatio } from './usage';
import { WorkloadKey } from './workload';

const RATIO_UNITS = 1_000_000_000;

/** What tells one pod's container from another's, and what only its pod has. @internal */
export type PodKey = WorkloadKey &
  Pick<PodHourRow, 'pod' | 'annotations' | 'services'>;

/** The rows of one hour, one a container of a pod. @internal */
export class Rows {
  readonly #hour: string;
  readonly #rows = new Map<string, PodHourRow>();

  static create(options: { hour: string }): Rows {
    return new Rows(options.hour);
  }

  private constructor(hour: string) {
    this.#hour = hour;
  }

  addWorkload(
    key: PodKey,
    place: Place,
    item: ItemCost,
    usage: ItemUsage,
  ): void {
    const row = this.#row('workload', key, place);
    for (const resource of RESOURCES) {
      this.#addResource(row, resource, item, usage);
    }
    addQuantities(row, usage);
  }

  addIdle(place: Place, item: ItemCost, quantity: NodeQuantity): void {
    const row = this.#idleRow(place.nodePool, place);
    addCost(row, item);
    addQuantities(row, quantity);
  }

  addUnmounted(place: Place, item: ItemCost, usage: ItemUsage): void {
    const row = this.#idleRow(UNMOUNTED_WORKLOAD, place);
    addCost(row, item);
    row.storageByteHours += usage.storageByteHours ?? 0;
  }

  toArray(): PodHourRow[] {
    return [...this.#rows.values()];
  }

  #addResource(
    row: HourRow,
    resource: Resource,
    item: ItemCost,
    usage: ItemUsage,
  ): void {
    const cost = item.cost[resource];
    row.cost[resource] += cost;
    if (cost <= 0n || row.unknownUsage?.includes(resource)) {
      return;
    }
    const used = usedRatio(usage, resource);
    if (used === undefined) {
      // One part without a reading makes the whole row's usage unknown.
      row.used[resource] = 0n;
      row.unknownUsage = [...(row.unknownUsage ?? []), resource];
      return;
    }
    row.used[resource] +=
      (cost * BigInt(Math.round(used * RATIO_UNITS))) / BigInt(RATIO_UNITS);
  }

  #idleRow(workload: string, place: Place): HourRow {
    const key = {
      namespace: IDLE_NAMESPACE,
      workloadKind: 'Idle',
      workload,
      container: '',
      pod: '',
    };
    return this.#row('idle', key, place);
  }

  #row(
    bucket: HourRow['bucket'],
    key: PodKey,
    { capacityType, region, node = '' }: Place,
  ): PodHourRow {
    const { namespace, workloadKind, workload, container, pod } = key;
    const id = JSON.stringify([
      bucket,
      namespace,
      workloadKind,
      workload,
      container,
      capacityType,
      region,
      pod,
      node,
    ]);
    let row = this.#rows.get(id);
    if (!row) {
      row = {
        ...emptyHourRow(this.#hour, bucket, key, capacityType, region),
        pod,
        node,
        ...(key.annotations && { annotations: key.annotations }),
        ...(key.services && { services: key.services }),
      };
      this.#rows.set(id, row);
    }
    return row;
  }
}

function addCost(row: HourRow, item: ItemCost): void {
  for (const resource of RESOURCES) {
    row.cost[resource] += item.cost[resource];
  }
}

function addQuantities(row: HourRow, usage: ItemUsage): void {
  row.cpuCoreHours += usage.cpuCoreHours ?? 0;
  row.cpuRequestCoreHours += usage.cpuRequestCoreHours ?? 0;
  row.cpuUsageCoreHours += usage.cpuUsageCoreHours ?? 0;
  row.memoryByteHours += usage.memoryByteHours ?? 0;
  row.memoryRequestByteHours += usage.memoryRequestByteHours ?? 0;
  row.memoryUsageByteHours += usage.memoryUsageByteHours ?? 0;
  row.gpuHours += usage.gpuHours ?? 0;
  row.storageByteHours += usage.storageByteHours ?? 0;
  row.networkBytes += usage.networkBytes ?? 0;
  if (row.unknownUsage?.includes('gpu')) {
    delete row.gpuBusyHours;
  } else if (usage.gpuHours && usage.gpuBusyHours !== undefined) {
    row.gpuBusyHours = (row.gpuBusyHours ?? 0) + usage.gpuBusyHours;
  }
}
