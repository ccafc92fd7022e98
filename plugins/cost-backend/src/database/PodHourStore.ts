import { Hash } from 'node:crypto';
import { PodHourRow } from '@headroom/plugin-cost-common';
import { integerArray, slices, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { ContainerIds, idOf } from './ContainerStore';
import { MEASURES } from './measures';

/** Columns a pod's row has in common with its workload's. */
export const POD_MEASURES = [
  'cpu_micros',
  'memory_micros',
  'gpu_micros',
  'storage_micros',
  'network_micros',
  'cpu_core_microhours',
  'cpu_request_core_microhours',
  'cpu_usage_core_microhours',
  'memory_byte_hours',
  'memory_request_byte_hours',
  'memory_usage_byte_hours',
  'gpu_device_microhours',
  'gpu_busy_device_microhours',
  'storage_byte_hours',
  'network_bytes',
] as const;

const STORED = POD_MEASURES.map(column => {
  const measure = MEASURES.find(each => each.column === column);
  if (!measure) {
    throw new Error(`An hour has no column ${column}`);
  }
  return measure;
});

type MachineIds = ReadonlyMap<string, number>;

/** Of an hour what is stored of its pods. */
interface PodsOfHour {
  hour: Date;
  pods?: readonly PodHourRow[];
  /** By the names of nodes. */
  machineIds?: MachineIds;
}

/**
 * What pods cost by hour. Written with the rows that they sum to, inside the
 * caller's transaction; read through a scope.
 */
export class PodHourStore {
  static create() {
    return new PodHourStore();
  }

  private constructor() {}

  /** Adds everything that would be stored of the pods to a hash. */
  async hash(
    hash: Hash,
    pods: readonly PodHourRow[],
    ids: ContainerIds,
    machineIds?: MachineIds,
  ): Promise<void> {
    for await (const slice of slices(inOrder(pods, ids))) {
      encode(slice, ids, machineIds).forEach(column => hash.update(column));
    }
  }

  /** Replaces the pods of an hour; without any, those that are stored are gone. */
  async replace(
    tx: Knex,
    clusterId: number,
    { hour, pods = [], machineIds }: PodsOfHour,
    ids: ContainerIds,
  ): Promise<void> {
    await tx('cost_pod_hours').where({ cluster_id: clusterId, hour }).delete();
    const types = POD_MEASURES.map(() => '?::bigint[]').join(', ');
    for await (const slice of slices([...pods])) {
      await tx.raw(
        `INSERT INTO cost_pod_hours (cluster_id, hour, container_id, pod, node, machine_id, facets, ${POD_MEASURES.join(
          ', ',
        )})
         SELECT ?::integer, ?::timestamptz, r.container_id, r.pod, r.node, r.machine_id, nullif(r.facets, '')::jsonb, ${POD_MEASURES.map(
           column => `r.${column}`,
         ).join(', ')}
         FROM unnest(?::integer[], ?::text[], ?::text[], ?::integer[], ?::text[], ${types})
           AS r (container_id, pod, node, machine_id, facets, ${POD_MEASURES.join(
             ', ',
           )})`,
        [clusterId, hour, ...encode(slice, ids, machineIds)],
      );
    }
  }
}

function encode(
  pods: readonly PodHourRow[],
  ids: ContainerIds,
  machineIds?: MachineIds,
): string[] {
  return [
    integerArray(pods.map(pod => idOf(pod, ids))),
    textArray(pods.map(({ pod }) => pod)),
    textArray(pods.map(({ node }) => node)),
    integerArray(pods.map(({ node }) => machineIds?.get(node) ?? null)),
    textArray(pods.map(facetsOf)),
    ...STORED.map(({ of }) => integerArray(pods.map(of))),
  ];
}

/** What only the pod has; empty = nothing. */
function facetsOf({ annotations, services }: PodHourRow): string {
  return annotations || services
    ? JSON.stringify({ annotations, services })
    : '';
}

function inOrder(pods: readonly PodHourRow[], ids: ContainerIds): PodHourRow[] {
  return pods
    .map(pod => ({ pod, id: idOf(pod, ids) }))
    .sort((a, b) => a.id - b.id || compare(a.pod, b.pod))
    .map(({ pod }) => pod);
}

function compare(a: PodHourRow, b: PodHourRow): number {
  const [one, other] = [a, b].map(
    ({ pod, node, capacityType, region }) =>
      `${pod}\0${node}\0${capacityType}\0${region}`,
  );
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
