import { ConflictError } from '@backstage/errors';
import {
  CapacityType,
  CostBucket,
  RESOURCES,
  Resource,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { MICRO } from './measures';
import { DatedRates, leafColumns, rateJoin, SUM_COLUMNS } from './moneySql';
import { Scope, scopeSql } from './scope';

/** Rows in memory for each reader, however slow. */
const PAGE = 250;
const GIB = 2 ** 30;

/** Stored units in one core-, GiB-, device-hour or GiB. */
const UNIT: Record<Resource, number> = {
  cpu: MICRO,
  memory: GIB,
  gpu: MICRO,
  storage: GIB,
  network: GIB,
};

/** What one container was charged on one day, with whose it is. */
export interface ChargeRow {
  cluster: string;
  region: string;
  bucket: CostBucket;
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  capacityType: CapacityType;
  entityRef?: string;
  owner?: string;
  system?: string;
  amounts: Array<{ resource: Resource; micros: bigint; quantity: number }>;
}

/** The rows behind a report, one by one. */
export class ChargeStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new ChargeStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /**
   * Pages of the charges of a day, always in the same order. Each is read when it
   * is asked for, and no connection is held between pages, so a slow reader holds up
   * nobody.
   *
   * @throws ConflictError when a cluster's day is summed anew while its pages are
   * read, because its two halves would be of different sums.
   */
  async *ofDay(
    day: string,
    rates: DatedRates | undefined,
    pageSize = PAGE,
  ): AsyncGenerator<ChargeRow[]> {
    const from = scopeSql(this.#scope);
    const rate = rateJoin(rates);
    const versions = new Map<string, string>();
    let after: [number, string, string] = [0, '', ''];
    for (;;) {
      const { rows } = await this.#knex.raw(
        `SELECT d.container_id, k.name AS cluster, d.region, c.bucket, c.namespace, c.workload_kind,
           c.workload, c.container, d.capacity_type, e.entity_ref, e.owner_refs[1] AS owner, e.system_ref,
           ${leafColumns({ converted: rates !== undefined, shared: false })},
           (SELECT v.xmin::text FROM cost_cluster_days v
            WHERE v.cluster_id = d.cluster_id AND v.day = d.day) AS version
         ${from.sql} ${rate.sql}
         WHERE ${from.where} AND d.day = ?::date
           AND (d.container_id, d.capacity_type, d.region) > (?::integer, ?, ?)
         ORDER BY d.container_id, d.capacity_type, d.region LIMIT ?`,
        [...rate.bindings, ...from.bindings, day, ...after, pageSize],
      );
      noticeNewSums(rows, versions, day);
      if (rows.length > 0) {
        yield rows.map(toCharge);
      }
      if (rows.length < pageSize) {
        return;
      }
      const last = rows[rows.length - 1];
      after = [last.container_id, last.capacity_type, last.region];
    }
  }
}

/** A day's row of its cluster is replaced whenever the day is summed: its version tells. */
function noticeNewSums(
  rows: Array<{ cluster: string; version: string }>,
  versions: Map<string, string>,
  day: string,
): void {
  for (const { cluster, version } of rows) {
    const known = versions.get(cluster) ?? version;
    if (known !== version) {
      throw new ConflictError(
        `Cluster ${cluster} got new sums for ${day} while they were read; start again`,
      );
    }
    versions.set(cluster, known);
  }
}

function toCharge(
  row: Record<(typeof SUM_COLUMNS)[number], string> & {
    cluster: string;
    region: string;
    bucket: CostBucket;
    namespace: string;
    workload_kind: string;
    workload: string;
    container: string;
    capacity_type: CapacityType;
    entity_ref: string | null;
    owner: string | null;
    system_ref: string | null;
  },
): ChargeRow {
  return {
    cluster: row.cluster,
    region: row.region,
    bucket: row.bucket,
    namespace: row.namespace,
    workloadKind: row.workload_kind,
    workload: row.workload,
    container: row.container,
    capacityType: row.capacity_type,
    entityRef: row.entity_ref ?? undefined,
    owner: row.owner ?? undefined,
    system: row.system_ref ?? undefined,
    amounts: RESOURCES.map((resource, i) => ({
      resource,
      micros: BigInt(row[`c${i}` as 'c0']),
      quantity: Number(row[`q${i}` as 'q0']) / UNIT[resource],
    })),
  };
}
