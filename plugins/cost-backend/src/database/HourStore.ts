import { createHash, Hash } from 'node:crypto';
import { SourceProblem } from '@headroom/common';
import {
  HourRow,
  NodeCostHour,
  PodHourRow,
  UnitHour,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { ContainerIds, idOf } from './ContainerStore';
import { LevelHourStore, StoredLevel } from './LevelHourStore';
import { MEASURES, MICRO } from './measures';
import { GpuHourRow, hashDevices } from './GpuHourStore';
import { PodHourStore } from './PodHourStore';
import { RolloutStore } from './RolloutStore';
import { hashUsage, UsageRow } from './UsageStore';
import { integerArray, slices, textArray } from '@headroom/node';

/** Units of one hour, of an entity or of a workload, whichever the source named. */
export type StoredUnit = Omit<UnitHour, 'entityRef'> &
  (
    | { entityRef: string; namespace?: undefined; workload?: undefined }
    | { entityRef?: undefined; namespace: string; workload: string }
  );

/** One closed hour of one cluster, ready to be stored. */
export interface CompleteHour {
  hour: Date;
  source: string;
  rows: HourRow[];
  /** The same, pod by pod; absent = they are not told apart, or not kept. */
  pods?: PodHourRow[];
  /** Ids of the machines that nodes were, by their names; absent = they are not known. */
  machineIds?: ReadonlyMap<string, number>;
  nodes: NodeCostHour[];
  /** Absent = no source could say; what is stored of them stays. */
  units?: StoredUnit[];
  /** Absent = no source could say; what is stored of them stays. */
  levels?: StoredLevel[];
  /** Absent = there are none; what is stored of them stays. */
  usage?: UsageRow[];
  /** Absent = there are none; what is stored of them stays. */
  devices?: GpuHourRow[];
  problems: SourceProblem[];
}

/** Containers of which something is stored of an hour. */
export interface ContainerLoss {
  stored: number;
  /** Those of which an answer would know less: that they ran, what they requested, or that they used anything. */
  lost: number;
}

/** More problems than this are cut off; their number is kept. */
const MAX_PROBLEMS = 50;

/**
 * Cost by container and hour. Hours are replaced whole, inside the caller's
 * transaction.
 */
export class HourStore {
  readonly #pods = PodHourStore.create();
  readonly #levels = LevelHourStore.create();
  readonly #rollouts = RolloutStore.create();

  static create() {
    return new HourStore();
  }

  private constructor() {}

  /** A hash of everything that would be stored of the hour. */
  async contentHash(hour: CompleteHour, ids: ContainerIds): Promise<string> {
    const hash = createHash('sha256');
    for await (const slice of slices(inOrder(hour.rows, ids))) {
      encodeRows(slice, ids).forEach(column => hash.update(column));
    }
    if (hour.pods) {
      await this.#pods.hash(hash, hour.pods, ids, hour.machineIds);
    }
    addJson(hash, hour.nodes.map(encodeNode).sort());
    addJson(hash, hour.units ?? null);
    addJson(hash, hour.problems);
    if (hour.levels) {
      addJson(hash, hour.levels);
    }
    if (hour.usage) {
      hashUsage(hash, hour.usage, ids);
    }
    if (hour.devices) {
      hashDevices(hash, hour.devices, ids);
    }
    return hash.digest('hex');
  }

  /** What of the containers that are stored would be lost if the answer replaced them. */
  async containerLoss(
    tx: Knex,
    clusterId: number,
    { hour, rows }: Pick<CompleteHour, 'hour' | 'rows'>,
    ids: ContainerIds,
  ): Promise<ContainerLoss> {
    const workloads = rows.filter(({ bucket }) => bucket === 'workload');
    const idsOf = (among: HourRow[]) =>
      integerArray(among.map(row => idOf(row, ids)));
    const { rows: counts } = await tx.raw(
      `SELECT count(*)::integer AS stored, count(*) FILTER (
         WHERE NOT h.container_id = ANY(?::integer[])
           OR h.requests AND NOT h.container_id = ANY(?::integer[])
           OR h.used AND NOT h.container_id = ANY(?::integer[])
       )::integer AS lost
       FROM (
         SELECT container_id,
           bool_or(cpu_request_core_microhours > 0 OR memory_request_byte_hours > 0) AS requests,
           bool_or(cpu_usage_core_microhours > 0 OR memory_usage_byte_hours > 0) AS used
         FROM cost_hours JOIN cost_containers c ON c.id = container_id
         WHERE cost_hours.cluster_id = ? AND hour = ? AND c.bucket = 'workload'
         GROUP BY container_id
       ) h`,
      [
        idsOf(workloads),
        idsOf(
          workloads.filter(
            row =>
              row.cpuRequestCoreHours > 0 || row.memoryRequestByteHours > 0,
          ),
        ),
        idsOf(
          workloads.filter(
            row => row.cpuUsageCoreHours > 0 || row.memoryUsageByteHours > 0,
          ),
        ),
        clusterId,
        hour,
      ],
    );
    return counts[0];
  }

  /** Replaces the hour's rows of cost, nodes, units and service levels. `onStep` is told of every statement. */
  async replace(
    tx: Knex,
    clusterId: number,
    hour: CompleteHour,
    ids: ContainerIds,
    onStep: (step: string) => void,
  ): Promise<void> {
    const tables = [
      'cost_hours',
      'cost_node_hours',
      ...(hour.units ? ['cost_unit_hours'] : []),
    ];
    for (const table of tables) {
      await tx(table)
        .where({ cluster_id: clusterId, hour: hour.hour })
        .delete();
    }
    onStep('hour-cleared');
    const columns = MEASURES.map(({ column }) => column).join(', ');
    const types = MEASURES.map(() => '?::bigint[]').join(', ');
    for await (const slice of slices(hour.rows)) {
      await tx.raw(
        `INSERT INTO cost_hours (cluster_id, hour, container_id, capacity_type, region, ${columns})
         SELECT ?::integer, ?::timestamptz, r.*
         FROM unnest(?::integer[], ?::text[], ?::text[], ${types}) AS r`,
        [clusterId, hour.hour, ...encodeRows(slice, ids)],
      );
      onStep('rows-written');
    }
    await this.#pods.replace(tx, clusterId, hour, ids);
    await this.#rollouts.note(tx, hour.hour, hour.pods ?? [], ids);
    onStep('pods-written');
    await this.#writeNodes(tx, clusterId, hour);
    await this.#writeUnits(tx, clusterId, hour);
    if (hour.levels) {
      await this.#levels.replace(tx, clusterId, hour.hour, hour.levels);
    }
    onStep('nodes-written');
  }

  async #writeNodes(
    tx: Knex,
    clusterId: number,
    { hour, nodes }: CompleteHour,
  ) {
    for await (const slice of slices(nodes)) {
      await tx.raw(
        `INSERT INTO cost_node_hours
         SELECT ?::integer, ?::timestamptz, n.* FROM jsonb_to_recordset(?::jsonb) AS n (
           node_pool text, instance_type text, region text, capacity_type text, hourly_price numeric, origin jsonb,
           node_microhours bigint, cpu_core_microhours bigint, memory_byte_hours bigint, gpu_device_microhours bigint,
           cpu_micros bigint, memory_micros bigint, gpu_micros bigint, storage_micros bigint, network_micros bigint)`,
        [clusterId, hour, `[${slice.map(encodeNode).join(',')}]`],
      );
    }
  }

  async #writeUnits(
    tx: Knex,
    clusterId: number,
    { hour, units }: CompleteHour,
  ) {
    for await (const slice of slices(units ?? [])) {
      await tx.raw(
        `INSERT INTO cost_unit_hours (cluster_id, hour, metric, entity_ref, namespace, workload, quantity, failed)
         SELECT ?::integer, ?::timestamptz, u.metric, u.entity_ref, u.namespace, u.workload, sum(u.quantity), sum(u.failed)
         FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[])
           AS u (metric, entity_ref, namespace, workload, quantity, failed)
         GROUP BY u.metric, u.entity_ref, u.namespace, u.workload
         ON CONFLICT (cluster_id, hour, metric, entity_ref, namespace, workload)
         DO UPDATE SET quantity = cost_unit_hours.quantity + excluded.quantity,
           failed = coalesce(cost_unit_hours.failed + excluded.failed, cost_unit_hours.failed, excluded.failed)`,
        [
          clusterId,
          hour,
          textArray(slice.map(unit => unit.metric)),
          textArray(slice.map(unit => unit.entityRef ?? '')),
          textArray(slice.map(unit => unit.namespace ?? '')),
          textArray(slice.map(unit => unit.workload ?? '')),
          `{${slice.map(unit => unit.quantity).join(',')}}`,
          `{${slice.map(unit => unit.failed ?? 'NULL').join(',')}}`,
        ],
      );
    }
  }
}

/** Problems as they are stored: a bounded number, worst first. */
export function storedProblems(problems: SourceProblem[]): string {
  const rank = { error: 0, warning: 1, info: 2 };
  const worst = [...problems].sort(
    (a, b) => rank[a.severity] - rank[b.severity],
  );
  return JSON.stringify(worst.slice(0, MAX_PROBLEMS));
}

function inOrder(rows: readonly HourRow[], ids: ContainerIds): HourRow[] {
  return rows
    .map(row => ({ row, id: idOf(row, ids) }))
    .sort((a, b) => a.id - b.id)
    .map(({ row }) => row);
}

function encodeRows(rows: HourRow[], ids: ContainerIds): string[] {
  return [
    integerArray(rows.map(row => idOf(row, ids))),
    textArray(rows.map(row => row.capacityType)),
    textArray(rows.map(row => row.region)),
    ...MEASURES.map(({ of }) => integerArray(rows.map(of))),
  ];
}

function encodeNode(node: NodeCostHour): string {
  return JSON.stringify({
    node_pool: node.nodePool,
    instance_type: node.instanceType,
    region: node.region,
    capacity_type: node.capacityType,
    hourly_price: node.hourlyPrice,
    origin: node.origin,
    node_microhours: Math.round(node.nodeHours * MICRO),
    cpu_core_microhours: Math.round(node.cpuCoreHours * MICRO),
    memory_byte_hours: Math.round(node.memoryByteHours),
    gpu_device_microhours: Math.round(node.gpuDeviceHours * MICRO),
    // Strings: JSON numbers are floats, and the column type makes them exact.
    cpu_micros: String(node.cost.cpu),
    memory_micros: String(node.cost.memory),
    gpu_micros: String(node.cost.gpu),
    storage_micros: String(node.cost.storage),
    network_micros: String(node.cost.network),
  });
}

function addJson(hash: Hash, value: unknown): void {
  hash.update(JSON.stringify(value));
}
