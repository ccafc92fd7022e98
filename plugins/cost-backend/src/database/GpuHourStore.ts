import { Hash } from 'node:crypto';
import {
  GpuBasis,
  GpuReadingFault,
  GpuSharing,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { ContainerIds, containerKey } from './ContainerStore';
import { packQuantities, packShares } from './packedSlots';
import {
  bytesArray,
  integerArray,
  slices,
  textArray,
  toNumber,
} from '@headroom/node';

/** Who held a device within an hour, all pods of a container together. */
export interface GpuTenantRow {
  bucket: 'workload';
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  heldSeconds: number;
  /** Share of the device of one pod, averaged over held time; absent = an equal share. */
  share?: number;
}

/** One device in one hour, checked. */
export interface GpuHourRow {
  node: string;
  nodePool?: string;
  board: string;
  instance: string;
  sharing: GpuSharing;
  profile: string;
  model?: string;
  boardShare: number;
  replicas?: number;
  memoryBytes?: number;
  /** Twelve five-minute slots each. */
  busy: Array<number | null>;
  memory: Array<number | null>;
  memoryPeakBytes?: number;
  /** Absent = nobody knows who held it. */
  heldSeconds?: number;
  powerWatts?: number;
  /** Seconds in which power was read; absent where power is. */
  poweredSeconds?: number;
  basis?: GpuBasis;
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
  tenants: GpuTenantRow[];
}

/** What tells one device of a cluster from another. */
export function deviceKey(
  row: Pick<GpuHourRow, 'node' | 'board' | 'instance' | 'sharing' | 'profile'>,
): string {
  const { node, board, instance, sharing, profile } = row;
  return [node, board, instance, sharing, profile].join('\0');
}

/** Ids by {@link deviceKey}. */
export type DeviceIds = Map<string, number>;

/** Adds everything that is stored of an hour's devices to a hash. */
export function hashDevices(
  hash: Hash,
  rows: readonly GpuHourRow[],
  ids: ContainerIds,
): void {
  const lines = rows.map(row =>
    JSON.stringify([{ ...row, tenants: undefined }, encodeTenants(row, ids)]),
  );
  lines.sort().forEach(line => hash.update(line).update('\n'));
}

/** GPU devices by hour: what a day of them is made from; for jobs, of everybody. */
export class GpuHourStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new GpuHourStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The ids of an hour's devices; those never seen are made. What the newest
   * hour says of a device stays, in whatever order hours come. Idempotent, and
   * safe outside the hour's transaction: a device without hours changes nothing.
   */
  async identify(
    clusterId: number,
    hour: Date,
    rows: readonly GpuHourRow[],
  ): Promise<DeviceIds> {
    const ids: DeviceIds = new Map();
    for await (const slice of slices(rows)) {
      const keys = [
        textArray(slice.map(({ node }) => node)),
        textArray(slice.map(({ board }) => board)),
        textArray(slice.map(({ instance }) => instance)),
        textArray(slice.map(({ sharing }) => sharing)),
        textArray(slice.map(({ profile }) => profile)),
      ];
      await this.#knex.raw(
        `INSERT INTO cost_gpu_devices AS g
           (cluster_id, node, board, instance, sharing, profile, model, board_share, replicas, memory_bytes, node_pool, seen_at)
         SELECT ?::integer, s.*, ?::timestamptz
         FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
           ?::double precision[], ?::integer[], ?::double precision[], ?::text[]) AS s
         ON CONFLICT (cluster_id, node, board, instance, sharing, profile) DO UPDATE
         SET model = excluded.model, board_share = excluded.board_share, replicas = excluded.replicas,
           memory_bytes = excluded.memory_bytes, node_pool = excluded.node_pool, seen_at = excluded.seen_at
         WHERE g.seen_at <= excluded.seen_at`,
        [
          clusterId,
          hour,
          ...keys,
          textArray(slice.map(({ model }) => model ?? null)),
          numberArray(slice.map(({ boardShare }) => boardShare)),
          numberArray(slice.map(({ replicas }) => replicas)),
          numberArray(slice.map(({ memoryBytes }) => memoryBytes)),
          textArray(slice.map(({ nodePool }) => nodePool ?? null)),
        ],
      );
      const { rows: found } = await this.#knex.raw(
        `SELECT g.id, g.node, g.board, g.instance, g.sharing, g.profile
         FROM cost_gpu_devices g
         JOIN unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
           AS k (node, board, instance, sharing, profile)
           USING (node, board, instance, sharing, profile)
         WHERE g.cluster_id = ?`,
        [...keys, clusterId],
      );
      for (const row of found) {
        ids.set(deviceKey(row), row.id);
      }
    }
    return ids;
  }

  /** How many devices are stored of an hour. */
  async count(tx: Knex, clusterId: number, hour: Date): Promise<number> {
    const row = await tx('cost_gpu_hours')
      .where({ cluster_id: clusterId, hour })
      .count({ count: '*' })
      .first();
    return toNumber(row?.count);
  }

  /** Replaces an hour, inside the caller's transaction. */
  async replace(
    tx: Knex,
    clusterId: number,
    hour: Date,
    rows: readonly GpuHourRow[],
    devices: DeviceIds,
    containers: ContainerIds,
  ): Promise<void> {
    await tx('cost_gpu_hours').where({ cluster_id: clusterId, hour }).delete();
    for await (const slice of slices(rows)) {
      await tx.raw(
        `INSERT INTO cost_gpu_hours (cluster_id, hour, device_id, busy, memory, memory_peak_bytes,
           held_seconds, power_watts, powered_seconds, basis, readings, set_aside, tenants)
         SELECT ?::integer, ?::timestamptz, g.* FROM unnest(?::integer[], ?::bytea[], ?::bytea[],
           ?::double precision[], ?::double precision[], ?::double precision[], ?::double precision[],
           ?::text[], ?::integer[], ?::jsonb[], ?::jsonb[]) AS g`,
        [
          clusterId,
          hour,
          integerArray(slice.map(row => devices.get(deviceKey(row))!)),
          bytesArray(slice.map(({ busy }) => packShares(busy))),
          bytesArray(slice.map(({ memory }) => packQuantities(memory))),
          numberArray(slice.map(({ memoryPeakBytes }) => memoryPeakBytes)),
          numberArray(slice.map(({ heldSeconds }) => heldSeconds)),
          numberArray(slice.map(({ powerWatts }) => powerWatts)),
          numberArray(slice.map(({ poweredSeconds }) => poweredSeconds)),
          textArray(slice.map(({ basis }) => basis ?? null)),
          integerArray(slice.map(({ readings }) => readings)),
          textArray(slice.map(({ setAside }) => JSON.stringify(setAside))),
          textArray(slice.map(row => encodeTenants(row, containers))),
        ],
      );
    }
  }

  /** Deletes days before `day`, and devices that have none left. */
  async deleteBefore(day: string): Promise<void> {
    await this.#knex('cost_gpu_tenant_days').where('day', '<', day).delete();
    await this.#knex('cost_gpu_days').where('day', '<', day).delete();
    await this.#knex.raw(
      `DELETE FROM cost_gpu_devices g WHERE g.seen_at < ?::date
         AND NOT EXISTS (SELECT 1 FROM cost_gpu_days d WHERE d.device_id = g.id)`,
      [day],
    );
  }
}

function encodeTenants(row: GpuHourRow, ids: ContainerIds): string {
  const tenants = row.tenants.map(tenant => ({
    containerId: ids.get(containerKey(tenant)),
    heldSeconds: tenant.heldSeconds,
    share: tenant.share,
  }));
  return JSON.stringify(
    tenants.sort((a, b) => (a.containerId ?? 0) - (b.containerId ?? 0)),
  );
}

function numberArray(values: Array<number | undefined>): string {
  return `{${values.map(value => value ?? 'NULL').join(',')}}`;
}
