import { RESOURCES } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { MICRO } from './measures';
import { DatedRates, leafColumns, rateJoin } from './moneySql';
import { containersSql, Scope, scopeSql } from './scope';
import { toBigint, toNumber } from '@headroom/node';

/** What one container, or the idle rest of a node pool, paid for GPUs on one day. */
export interface GpuMoneyDay {
  day: string;
  clusterId: number;
  cluster: string;
  containerId: number;
  bucket: string;
  namespace: string;
  workloadKind: string;
  /** Of bucket `idle`: the node pool. */
  workload: string;
  container: string;
  micros: bigint;
  deviceHours: number;
}

/** Days to read, end exclusive, and the rates to convert with. */
export interface GpuMoneyQuery {
  start: string;
  end: string;
  rates?: DatedRates;
}

const GPU = `c${RESOURCES.indexOf('gpu')}`;

/** GPU money by container and day, of the same rows and rounded as on the Cost tab. */
export class GpuMoneyStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new GpuMoneyStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** Rows that paid for GPUs or held some, by day. */
  async days(query: GpuMoneyQuery): Promise<GpuMoneyDay[]> {
    const from = scopeSql(this.#scope);
    const rates = rateJoin(query.rates);
    const leaf = leafColumns({
      converted: query.rates !== undefined,
      shared: false,
    });
    const { rows } = await this.#knex.raw(
      `SELECT day::text AS day, cluster_id, cluster, container_id, bucket, namespace, workload_kind,
         workload, container, sum(${GPU})::bigint AS micros, sum(microhours)::bigint AS microhours
       FROM (
         SELECT d.day, d.cluster_id, k.name AS cluster, d.container_id, c.bucket, c.namespace,
           c.workload_kind, c.workload, c.container, d.gpu_device_microhours AS microhours, ${leaf}
         ${from.sql} ${rates.sql}
         WHERE ${from.where} AND d.day >= ?::date AND d.day < ?::date
           AND (d.gpu_micros <> 0 OR d.gpu_device_microhours <> 0)
       ) leaf
       GROUP BY day, cluster_id, cluster, container_id, bucket, namespace, workload_kind, workload, container
       ORDER BY day, container_id`,
      [...rates.bindings, ...from.bindings, query.start, query.end],
    );
    return rows.map((row: Record<string, string | number>) => ({
      day: row.day,
      clusterId: row.cluster_id,
      cluster: row.cluster,
      containerId: row.container_id,
      bucket: row.bucket,
      namespace: row.namespace,
      workloadKind: row.workload_kind,
      workload: row.workload,
      container: row.container,
      micros: toBigint(row.micros),
      deviceHours: toNumber(row.microhours) / MICRO,
    }));
  }

  /** Micros by day; days that paid nothing are left out. */
  async totals(query: GpuMoneyQuery): Promise<Map<string, bigint>> {
    const from = scopeSql(this.#scope);
    const rates = rateJoin(query.rates);
    const leaf = leafColumns({
      converted: query.rates !== undefined,
      shared: false,
    });
    const { rows } = await this.#knex.raw(
      `SELECT day::text AS day, sum(${GPU})::bigint AS micros
       FROM (
         SELECT d.day, ${leaf}
         ${from.sql} ${rates.sql}
         WHERE ${from.where} AND d.day >= ?::date AND d.day < ?::date
           AND d.gpu_micros <> 0
       ) leaf
       GROUP BY day`,
      [...rates.bindings, ...from.bindings, query.start, query.end],
    );
    return new Map(
      rows.map((row: Record<string, string>) => [
        row.day,
        toBigint(row.micros),
      ]),
    );
  }

  /** Whether anything at all is stored of the scope in the days. */
  async hasDays({
    start,
    end,
  }: Pick<GpuMoneyQuery, 'start' | 'end'>): Promise<boolean> {
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (SELECT 1 FROM cost_days d
         WHERE d.day >= ?::date AND d.day < ?::date AND ${within.sql}) AS found`,
      [start, end, ...within.bindings],
    );
    return rows[0].found;
  }

  /** Containers of a scope that held a device in the days. */
  async holders({
    start,
    end,
  }: Pick<GpuMoneyQuery, 'start' | 'end'>): Promise<Set<number>> {
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT DISTINCT d.container_id AS id FROM cost_gpu_tenant_days d
       WHERE d.day >= ?::date AND d.day < ?::date AND ${within.sql}`,
      [start, end, ...within.bindings],
    );
    return new Set(rows.map(({ id }: { id: number }) => id));
  }
}
