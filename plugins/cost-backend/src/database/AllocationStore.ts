import { HOUR_MS } from '@headroom/common';
import {
  AllocationProperties,
  AllocationQuantities,
  AllocationRow,
  AllocationWindow,
  MeasuredResource,
  RESOURCES,
  UNMOUNTED,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { allocationSql, AllocationQuery, BY_POD } from './allocationSql';
import { MICRO, USAGE_RESOURCES } from './measures';
import { POD_MEASURES } from './PodHourStore';
import { clustersSql, Scope } from './scope';

/** Rows of a step, by its index. */
export type StepRow = AllocationRow & { step: number };

/** How far the hours of a span are known. */
export interface HoursKnown {
  cluster: string;
  complete: number;
  partial: number;
  /** Of which single pods and nodes are told apart. */
  byPod: number;
}

/** What was charged in spans of hours, summed as far as nothing asked for is lost. */
export class AllocationStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new AllocationStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** What is known of the hours of a span, by cluster that the caller sees something of. */
  async hours({ start, end }: AllocationWindow): Promise<HoursKnown[]> {
    const clusters = clustersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT k.name AS cluster,
         count(*) FILTER (WHERE i.status = 'complete')::integer AS complete,
         count(*) FILTER (WHERE i.status = 'partial')::integer AS partial,
         count(*) FILTER (WHERE i.status <> 'missing' AND ${BY_POD})::integer AS by_pod
       FROM cost_clusters k
       LEFT JOIN cost_ingest_hours i ON i.cluster_id = k.id AND i.hour >= ?::timestamptz AND i.hour < ?::timestamptz
       WHERE ${clusters.sql}
       GROUP BY k.name ORDER BY k.name`,
      [new Date(start), new Date(end), ...clusters.bindings],
    );
    return rows.map(
      (row: {
        cluster: string;
        complete: number;
        partial: number;
        by_pod: number;
      }) => ({
        cluster: row.cluster,
        complete: row.complete,
        partial: row.partial,
        byPod: row.by_pod,
      }),
    );
  }

  /**
   * At most `most` rows and one, in one statement. Hours of which single pods are not
   * kept are read by workload: their rows have neither pod nor node.
   */
  async rows({ most, ...query }: AllocationQuery): Promise<StepRow[]> {
    const { sql, bindings } = allocationSql(query, this.#scope);
    const { rows } = await this.#knex.raw(`${sql} LIMIT ?`, [
      ...bindings,
      most + 1,
    ]);
    return rows.map(toRow);
  }

  /** How many rows there are. */
  async count(query: Omit<AllocationQuery, 'most'>): Promise<number> {
    const { sql, bindings } = allocationSql(query, this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT count(*)::integer AS count FROM (${sql}) r`,
      bindings,
    );
    return rows[0].count;
  }
}

type Row = Record<(typeof POD_MEASURES)[number], string> & {
  step: number;
  cluster: string;
  kind: AllocationRow['kind'];
  namespace: string | null;
  controller_kind: string | null;
  controller: string | null;
  container: string | null;
  pod: string | null;
  node: string | null;
  services: string[] | null;
  labels: Record<string, string> | null;
  annotations: Record<string, string> | null;
  first: Date;
  last: Date;
} & Record<`${MeasuredResource}_unknown`, boolean>;

function toRow(row: Row): StepRow {
  return {
    step: row.step,
    kind: row.kind,
    properties: propertiesOf(row),
    cost: Object.fromEntries(
      RESOURCES.map(each => [each, BigInt(row[`${each}_micros`])]),
    ) as AllocationRow['cost'],
    quantities: quantitiesOf(row),
    start: row.first.getTime(),
    end: row.last.getTime() + HOUR_MS,
    unknownUsage: USAGE_RESOURCES.filter(each => row[`${each}_unknown`]),
  };
}

function propertiesOf(row: Row): AllocationProperties {
  const { cluster, kind } = row;
  const node = row.node || undefined;
  if (kind === 'idle') {
    return { cluster, ...(node && { node }) };
  }
  if (kind === 'unmounted') {
    return {
      cluster,
      ...(node && { node }),
      ...(row.namespace !== null && { namespace: UNMOUNTED }),
      ...(row.pod !== null && { pod: UNMOUNTED }),
      ...(row.container !== null && { container: UNMOUNTED }),
    };
  }
  // A pod that nobody controls stands for itself; that is no controller.
  const hasController =
    row.controller_kind !== null && row.controller_kind !== 'Pod';
  return {
    cluster,
    ...(node && { node }),
    ...(row.namespace && { namespace: row.namespace }),
    ...(hasController && {
      controllerKind: row.controller_kind?.toLowerCase() || undefined,
      controller: row.controller || undefined,
    }),
    ...(row.pod && { pod: row.pod }),
    ...(row.container && { container: row.container }),
    ...(row.services?.length && { services: row.services }),
    ...(row.labels && { labels: row.labels }),
    ...(row.annotations && { annotations: row.annotations }),
  };
}

function quantitiesOf(row: Row): AllocationQuantities {
  const micro = (value: string | null) => Number(value ?? 0) / MICRO;
  return {
    cpuCoreHours: micro(row.cpu_core_microhours),
    cpuRequestCoreHours: micro(row.cpu_request_core_microhours),
    cpuUsageCoreHours: micro(row.cpu_usage_core_microhours),
    memoryByteHours: Number(row.memory_byte_hours),
    memoryRequestByteHours: Number(row.memory_request_byte_hours),
    memoryUsageByteHours: Number(row.memory_usage_byte_hours),
    gpuHours: micro(row.gpu_device_microhours),
    gpuBusyHours: micro(row.gpu_busy_device_microhours),
    storageByteHours: Number(row.storage_byte_hours),
    networkBytes: Number(row.network_bytes),
  };
}
