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
import { SNAPSHOT } from './snapshot';

const PAGE = 500;
/** A reader who stops for longer loses the connection, so that it can't be held for ever. */
const MAX_PAUSE = '5min';
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

  static create(options: { knex: Knex }) {
    return new ChargeStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Pages of the charges of days, always in the same order. All of them as they
   * are when the first is read, even while a day is rolled up anew.
   */
  async *ofDays(
    scope: Scope,
    days: readonly string[],
    rates: DatedRates | undefined,
  ): AsyncGenerator<{ day: string; rows: ChargeRow[] }> {
    const tx = await this.#knex.transaction(SNAPSHOT);
    try {
      await tx.raw(
        `SET LOCAL idle_in_transaction_session_timeout = '${MAX_PAUSE}'`,
      );
      for (const day of days) {
        for await (const rows of this.#ofDay(tx, scope, day, rates)) {
          yield { day, rows };
        }
      }
    } finally {
      await tx.commit();
    }
  }

  async *#ofDay(
    tx: Knex,
    scope: Scope,
    day: string,
    rates: DatedRates | undefined,
  ): AsyncGenerator<ChargeRow[]> {
    const from = scopeSql(scope);
    const rate = rateJoin(rates);
    let after: [number, string, string] = [0, '', ''];
    for (;;) {
      const { rows } = await tx.raw(
        `SELECT d.container_id, k.name AS cluster, d.region, c.bucket, c.namespace, c.workload_kind,
           c.workload, c.container, d.capacity_type, e.entity_ref, e.owner_refs[1] AS owner, e.system_ref,
           ${leafColumns({ converted: rates !== undefined, shared: false })}
         ${from.sql} ${rate.sql}
         WHERE ${from.where} AND d.day = ?::date
           AND (d.container_id, d.capacity_type, d.region) > (?::integer, ?, ?)
         ORDER BY d.container_id, d.capacity_type, d.region LIMIT ?`,
        [...rate.bindings, ...from.bindings, day, ...after, PAGE],
      );
      if (rows.length > 0) {
        yield rows.map(toCharge);
      }
      if (rows.length < PAGE) {
        return;
      }
      const last = rows[rows.length - 1];
      after = [last.container_id, last.capacity_type, last.region];
    }
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
