import { CapacityType, RESOURCES, Resource } from '../resources/resources';
import { emptyHourRow, WorkloadKey } from './emptyHourRow';
import { IDLE_NAMESPACE, PodHourRow } from './types';

/** A row, and the resources of it whose usage nobody reported. */
export interface RowEntry {
  row: PodHourRow;
  unknown: Set<Resource>;
}

/** A container of a pod, and where the pod ran. */
export type PodKey = WorkloadKey & { pod: string; node?: string };

/** The rows of one hour, one a container of a pod, node, capacity type and region. */
export class RowBook {
  readonly #hour: string;
  readonly #entries = new Map<string, RowEntry>();

  static create(options: { hour: string }): RowBook {
    return new RowBook(options.hour);
  }

  private constructor(hour: string) {
    this.#hour = hour;
  }

  /** The row to add to; made when there is none yet. */
  workload(key: PodKey, capacityType: CapacityType, region: string): RowEntry {
    return this.#entry('workload', key, capacityType, region);
  }

  /** The row of what was paid and given to nobody; of a node, where it is one's. */
  idle(
    workload: string,
    capacityType: CapacityType,
    region: string,
    node = '',
  ): RowEntry {
    const key = {
      namespace: IDLE_NAMESPACE,
      workloadKind: 'Idle',
      workload,
      container: '',
      pod: '',
      node,
    };
    return this.#entry('idle', key, capacityType, region);
  }

  /** All rows in an order that doesn't depend on the order of the input. */
  toArray(): PodHourRow[] {
    return [...this.#entries.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { row, unknown }]) => finish(row, unknown));
  }

  #entry(
    bucket: PodHourRow['bucket'],
    key: PodKey,
    capacityType: CapacityType,
    region: string,
  ): RowEntry {
    const { pod, node = '' } = key;
    const id = `${bucket}\0${key.namespace}\0${key.workloadKind}\0${key.workload}\0${key.container}\0${capacityType}\0${region}\0${pod}\0${node}`;
    let entry = this.#entries.get(id);
    if (!entry) {
      entry = {
        row: {
          ...emptyHourRow(this.#hour, bucket, key, capacityType, region),
          pod,
          node,
        },
        unknown: new Set(),
      };
      this.#entries.set(id, entry);
    }
    return entry;
  }
}

/** A part of a row without a reading makes the whole row's usage unknown. */
function finish(row: PodHourRow, unknown: Set<Resource>): PodHourRow {
  if (unknown.size === 0) {
    return row;
  }
  const unknownUsage = RESOURCES.filter(resource => unknown.has(resource));
  for (const resource of unknownUsage) {
    row.used[resource] = 0n;
  }
  if (unknown.has('gpu')) {
    delete row.gpuBusyHours;
  }
  return { ...row, unknownUsage };
}
