import {
  GpuBasis,
  GpuReadingFault,
  GpuSharing,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { HOUR_MS } from '@headroom/common';
import { unpackQuantities, unpackShares } from './packedSlots';
import { containersSql, Scope } from './scope';
import { integerArray } from '@headroom/node';

/** A GPU, or an instance of one, in the way it was cut and shared. */
export interface StoredGpuDevice {
  id: number;
  clusterId: number;
  cluster: string;
  node: string;
  board: string;
  instance?: string;
  sharing: GpuSharing;
  profile?: string;
  /** The model that the newest hour says; absent = it does not say. */
  model?: string;
  /** Share of the board's price, 0 to 1. */
  boardShare: number;
  replicas?: number;
  memoryBytes?: number;
  nodePool?: string;
}

/** Who held a device on a day. */
export interface GpuTenantDay {
  containerId: number;
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  /** The service it is linked to. */
  entityRef?: string;
  /** Pod-seconds it held it in each hour of the day. */
  heldSecondsByHour: number[];
  /** Pod-seconds of the whole day. */
  heldSeconds: number;
  /** Share of the device of one of its pods, averaged over held time; absent = an equal one. */
  share?: number;
}

/** One device on one calendar day. */
export interface GpuDeviceDay {
  device: StoredGpuDevice;
  /** `YYYY-MM-DD`. */
  day: string;
  /** Start of the first hour, ISO 8601 UTC. */
  start: string;
  /** End of the last, exclusive. */
  end: string;
  /** 24; 23 or 25 when clocks change. */
  hours: number;
  /** Busy share by five-minute slot, 12 an hour, to 0.0001; null = not known. */
  busy: Array<number | null>;
  /** Highest memory held by slot, bytes, within 1 %; null = not known. */
  memoryUsed: Array<number | null>;
  /** The highest memory held in the day, in exact bytes. */
  memoryPeakBytes?: number;
  /** Whether a source named the device in that hour; false = a gap, or it did not exist. */
  seenByHour: boolean[];
  /** Seconds somebody held it, at most 3600; null = not seen, or nobody knows who held it. */
  heldSecondsByHour: Array<number | null>;
  /** Mean watts of the board in each hour; null = not known. */
  wattsByHour: Array<number | null>;
  /** Seconds of each hour in which power was read. */
  poweredSecondsByHour: number[];
  /** Hours by what busy shares were measured by. */
  bases: Partial<Record<GpuBasis, number>>;
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
  /** All who held it, also those of other services. */
  tenants: GpuTenantDay[];
}

/** Which devices are asked for; conditions that are absent don't restrict. */
export interface GpuWindow {
  /** First day, `YYYY-MM-DD`. */
  start: string;
  /** The day after the last. */
  end: string;
  clusterIds?: readonly number[];
  deviceIds?: readonly number[];
}

/** What GPUs did by calendar day: devices that containers of the scope held, and of everything also those nobody held. */
export class GpuStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new GpuStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /**
   * Devices by day, by id, then day. A device of a scope comes with all days of
   * the window, also those on which others held it.
   */
  async readDays(
    window: GpuWindow,
    tx: Knex = this.#knex,
  ): Promise<GpuDeviceDay[]> {
    const devices = await this.#devices(tx, window);
    const ids = integerArray([...devices.keys()]);
    const { start, end } = window;
    const tenants = await this.#tenants(tx, ids, start, end);
    const { rows } = await tx.raw(
      `SELECT d.*, d.day::text AS day FROM cost_gpu_days d
       WHERE d.day >= ?::date AND d.day < ?::date AND d.device_id = ANY (?::integer[])
       ORDER BY d.device_id, d.day`,
      [start, end, ids],
    );
    return (rows as DayRow[]).map(row => ({
      device: devices.get(row.device_id)!,
      day: row.day,
      start: row.starts_at.toISOString(),
      end: new Date(
        row.starts_at.getTime() + row.hours * HOUR_MS,
      ).toISOString(),
      hours: row.hours,
      busy: unpackShares(row.busy),
      memoryUsed: unpackQuantities(row.memory),
      memoryPeakBytes: row.memory_peak_bytes ?? undefined,
      seenByHour: row.seen,
      heldSecondsByHour: row.held_seconds,
      wattsByHour: row.watts,
      poweredSecondsByHour: row.powered_seconds.map(seconds => seconds ?? 0),
      bases: row.bases,
      readings: row.readings,
      setAside: row.set_aside,
      tenants: tenants.get(`${row.device_id} ${row.day}`) ?? [],
    }));
  }

  async #devices(
    tx: Knex,
    { start, end, clusterIds, deviceIds }: GpuWindow,
  ): Promise<Map<number, StoredGpuDevice>> {
    const whose = this.#scope.isEverything
      ? undefined
      : containersSql(this.#scope);
    const { rows } = await tx.raw(
      `SELECT g.*, k.name AS cluster FROM cost_gpu_devices g
       JOIN cost_clusters k ON k.id = g.cluster_id
       WHERE (?::integer[] IS NULL OR g.cluster_id = ANY (?::integer[]))
         AND (?::integer[] IS NULL OR g.id = ANY (?::integer[]))
         AND ${
           whose
             ? `g.id IN (
                  SELECT d.device_id FROM cost_gpu_tenant_days d
                  WHERE d.day >= ?::date AND d.day < ?::date AND ${whose.sql})`
             : 'true'
         }`,
      [
        ...twice(clusterIds),
        ...twice(deviceIds),
        ...(whose ? [start, end, ...whose.bindings] : []),
      ],
    );
    return new Map(
      (rows as DeviceRow[]).map(row => [
        row.id,
        {
          id: row.id,
          clusterId: row.cluster_id,
          cluster: row.cluster,
          node: row.node,
          board: row.board,
          instance: row.instance || undefined,
          sharing: row.sharing,
          profile: row.profile || undefined,
          model: row.model ?? undefined,
          boardShare: row.board_share,
          replicas: row.replicas ?? undefined,
          memoryBytes: row.memory_bytes ?? undefined,
          nodePool: row.node_pool ?? undefined,
        },
      ]),
    );
  }

  async #tenants(
    tx: Knex,
    deviceIds: string,
    start: string,
    end: string,
  ): Promise<Map<string, GpuTenantDay[]>> {
    const { rows } = await tx.raw(
      `SELECT t.device_id, t.day::text AS day, t.held_seconds, t.share, t.container_id AS "containerId",
         c.namespace, c.workload_kind AS "workloadKind", c.workload, c.container, e.entity_ref AS "entityRef"
       FROM cost_gpu_tenant_days t JOIN cost_containers c ON c.id = t.container_id
       LEFT JOIN cost_links l ON l.container_id = c.id
       LEFT JOIN cost_entities e ON e.id = l.entity_id
       WHERE t.day >= ?::date AND t.day < ?::date AND t.device_id = ANY (?::integer[])
       ORDER BY t.device_id, t.day, t.container_id`,
      [start, end, deviceIds],
    );
    const tenants = new Map<string, GpuTenantDay[]>();
    for (const {
      device_id,
      day,
      held_seconds,
      share,
      entityRef,
      ...who
    } of rows) {
      const key = `${device_id} ${day}`;
      const tenant: GpuTenantDay = {
        ...who,
        entityRef: entityRef ?? undefined,
        heldSecondsByHour: held_seconds,
        heldSeconds: held_seconds.reduce((a: number, b: number) => a + b, 0),
        share: share ?? undefined,
      };
      tenants.set(key, [...(tenants.get(key) ?? []), tenant]);
    }
    return tenants;
  }
}

interface DeviceRow {
  id: number;
  cluster_id: number;
  cluster: string;
  node: string;
  board: string;
  instance: string;
  sharing: GpuSharing;
  profile: string;
  model: string | null;
  board_share: number;
  replicas: number | null;
  memory_bytes: number | null;
  node_pool: string | null;
}

interface DayRow {
  device_id: number;
  day: string;
  starts_at: Date;
  hours: number;
  busy: Buffer;
  memory: Buffer;
  memory_peak_bytes: number | null;
  seen: boolean[];
  held_seconds: Array<number | null>;
  watts: Array<number | null>;
  powered_seconds: Array<number | null>;
  bases: Partial<Record<GpuBasis, number>>;
  readings: number;
  set_aside: Partial<Record<GpuReadingFault, number>>;
}

function twice(ids: readonly number[] | undefined) {
  const array = ids ? integerArray([...ids]) : null;
  return [array, array];
}
