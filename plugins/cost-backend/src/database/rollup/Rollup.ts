import { dayBounds } from '@headroom/common';
import {
  RESOURCES,
  shareCostsInSteps,
  ShareItem,
  SharingPolicy,
  SHOWN_REMARKS,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { LevelHourStore } from '../LevelHourStore';
import { OWN } from '../amounts';
import { IngestStore } from '../IngestStore';
import { costColumn, MEASURES } from '../measures';
import {
  inTurns,
  SLICE,
  integerArray,
  slices,
  textArray,
  toBigint,
} from '@headroom/node';
import { oldestPartition } from '../partitions';
import { RulesStore } from '../RulesStore';
import { rollMachines } from './rollMachines';

/** @internal */
export interface RollupOptions {
  knex: Knex;
  store: IngestStore;
  /** IANA zone that calendar days are in. */
  timezone: string;
  sharing: SharingPolicy;
  /** There are bills, which ask who had which machine. */
  machines: boolean;
  /** Told of every step; tests stop the work there. */
  onStep?: (step: string) => void;
}

interface DayRow {
  container_id: number;
  capacity_type: string;
  region: string;
  bucket: 'workload' | 'idle';
  namespace: string;
  natural_key: string;
  [column: string]: unknown;
}

/** More problems a day than this help nobody. */
const MAX_DAY_PROBLEMS = 30;

/**
 * Sums hours into calendar days and shares idle and shared namespaces among the
 * day's tenants. A day is replaced whole, in one transaction under the cluster's
 * lock, so it can be interrupted and repeated at will.
 */
export class Rollup {
  readonly #levels = LevelHourStore.create();
  readonly #options: RollupOptions;

  static create(options: RollupOptions) {
    return new Rollup(options);
  }

  private constructor(options: RollupOptions) {
    this.#options = options;
  }

  /**
   * Asks for a rollup of every day whose hours are still there, when the zone or
   * the sharing policy is not the one the days were made with.
   */
  async noticeChangedRules(): Promise<boolean> {
    const { knex, timezone, sharing } = this.#options;
    const rules = JSON.stringify({ timezone, ...sharing });
    const known = await RulesStore.in(knex).read('rollup-rules');
    if (known === rules) {
      return false;
    }
    const oldest = await oldestPartition(knex);
    await knex.transaction(async tx => {
      if (known !== undefined && oldest) {
        await this.#redoEverything(tx, oldest);
      }
      await RulesStore.in(tx).keep('rollup-rules', rules);
    });
    return known !== undefined;
  }

  /** Rolls up the dirty days of a cluster, oldest first; only those that begin at `from` or later, when given. */
  async rollDirtyDays(
    clusterId: number,
    signal: AbortSignal,
    from?: Date,
  ): Promise<number> {
    const { knex, timezone } = this.#options;
    const { rows } = await knex.raw(
      `SELECT day::text FROM cost_dirty_days
       WHERE cluster_id = ? AND (?::timestamptz IS NULL OR day::timestamp AT TIME ZONE ? >= ?::timestamptz)
       ORDER BY day`,
      [clusterId, from ?? null, timezone, from ?? null],
    );
    let done = 0;
    for (const { day } of rows as Array<{ day: string }>) {
      if (signal.aborted) {
        break;
      }
      await this.rollDay(clusterId, day);
      done += 1;
    }
    return done;
  }

  /** Replaces the rollup of one day by the sum of its hours. */
  async rollDay(clusterId: number, day: string): Promise<void> {
    const { knex, store, machines } = this.#options;
    await knex.transaction(async tx => {
      await store.lock(tx, clusterId);
      const dirty = await tx('cost_dirty_days')
        .where({ cluster_id: clusterId, day })
        .first('generation');
      if (!dirty) {
        return; // another replica was faster
      }
      for (const table of [
        'cost_days',
        'cost_cluster_days',
        'cost_node_days',
        'cost_unit_days',
      ]) {
        await tx(table).where({ cluster_id: clusterId, day }).delete();
      }
      this.#step('day-cleared');
      const rows = await this.#sumHours(tx, clusterId, day);
      await this.#writeDay(tx, clusterId, day, rows);
      await this.#writeCoverage(tx, clusterId, day);
      await this.#writeNodes(tx, clusterId, day);
      await this.#writeUnits(tx, clusterId, day);
      if (machines) {
        await rollMachines(tx, clusterId, this.#bounds(day));
      }
      await this.#levels.roll(tx, clusterId, day, this.#bounds(day));
      await tx('cost_dirty_days')
        .where({ cluster_id: clusterId, day, generation: dirty.generation })
        .delete();
      this.#step('day-written');
    });
    this.#step('day-committed');
  }

  async #sumHours(tx: Knex, clusterId: number, day: string) {
    const sums = MEASURES.map(
      ({ column }) => `sum(h.${column})::bigint AS ${column}`,
    );
    const { rows } = await tx.raw(
      `SELECT h.*, c.bucket, c.namespace,
         concat_ws(chr(1), c.namespace, c.workload_kind, c.workload, c.container, h.capacity_type, h.region) COLLATE "C" AS natural_key
       FROM (
         SELECT h.container_id, h.capacity_type, h.region, ${sums.join(', ')},
           count(DISTINCT h.hour)::integer AS hours_present
         FROM cost_hours h
         WHERE h.cluster_id = ? AND h.hour >= ? AND h.hour < ?
         GROUP BY h.container_id, h.capacity_type, h.region
       ) h JOIN cost_containers c ON c.id = h.container_id
       ORDER BY natural_key`,
      [clusterId, ...this.#bounds(day)],
    );
    return rows as DayRow[];
  }

  async #writeDay(tx: Knex, clusterId: number, day: string, rows: DayRow[]) {
    const shares = await inTurns(
      shareCostsInSteps(rows.map(toShareItem), this.#options.sharing),
    );
    const columns = [
      ...MEASURES.map(({ column }) => column),
      'hours_present',
    ] as const;
    let written = 0;
    for await (const slice of slices(rows, SLICE)) {
      const shared = shares.slice(written, written + slice.length);
      written += slice.length;
      await tx.raw(
        `INSERT INTO cost_days (cluster_id, day, container_id, capacity_type, region, ${columns.join(
          ', ',
        )}, shared_idle_micros, shared_overhead_micros)
         SELECT ?::integer, ?::date, r.* FROM unnest(?::integer[], ?::text[], ?::text[], ${columns
           .map(() => '?::bigint[]')
           .join(', ')}, ?::bigint[], ?::bigint[]) AS r`,
        [
          clusterId,
          day,
          integerArray(slice.map(row => row.container_id)),
          textArray(slice.map(row => row.capacity_type)),
          textArray(slice.map(row => row.region)),
          // Straight from text to text: these values are only carried through.
          ...columns.map(
            column => `{${slice.map(row => row[column] ?? 'NULL').join(',')}}`,
          ),
          integerArray(shared.map(({ sharedIdle }) => sharedIdle)),
          integerArray(shared.map(({ sharedOverhead }) => sharedOverhead)),
        ],
      );
      this.#step('day-rows-written');
    }
  }

  async #writeCoverage(tx: Knex, clusterId: number, day: string) {
    await tx.raw(
      `WITH hours AS (
         SELECT * FROM cost_ingest_hours WHERE cluster_id = ? AND hour >= ? AND hour < ?
       ), told AS (
         SELECT DISTINCT p - 'hour' AS problem FROM hours, jsonb_array_elements(hours.problems) AS p
         WHERE p ->> 'severity' <> 'info' OR p ->> 'code' = ANY(?::text[])
       )
       INSERT INTO cost_cluster_days (cluster_id, day, hours_complete, last_hour, problems, micros)
       SELECT ?::integer, ?::date,
         count(*) FILTER (WHERE status = 'complete'), max(hour) FILTER (WHERE status = 'complete'),
         (SELECT coalesce(jsonb_agg(problem ORDER BY problem ->> 'severity' = 'info', problem::text), '[]')
          FROM (SELECT problem FROM told ORDER BY problem ->> 'severity' = 'info', problem::text LIMIT ?) few),
         (SELECT coalesce(sum(${OWN}), 0) FROM cost_days d WHERE d.cluster_id = ? AND d.day = ?::date)
       FROM hours`,
      [
        clusterId,
        ...this.#bounds(day),
        textArray([...SHOWN_REMARKS]),
        clusterId,
        day,
        MAX_DAY_PROBLEMS,
        clusterId,
        day,
      ],
    );
  }

  async #writeNodes(tx: Knex, clusterId: number, day: string) {
    await tx.raw(
      `INSERT INTO cost_node_days (cluster_id, day, node_pool, instance_type, region, capacity_type, hourly_price, origin, node_microhours, cost_micros)
       SELECT ?::integer, ?::date, node_pool, instance_type, region, capacity_type, hourly_price, origin,
         sum(node_microhours), sum(cpu_micros + memory_micros + gpu_micros + storage_micros + network_micros)
       FROM cost_node_hours WHERE cluster_id = ? AND hour >= ? AND hour < ?
       GROUP BY node_pool, instance_type, region, capacity_type, hourly_price, origin`,
      [clusterId, day, clusterId, ...this.#bounds(day)],
    );
  }

  async #writeUnits(tx: Knex, clusterId: number, day: string) {
    await tx.raw(
      `INSERT INTO cost_unit_days (cluster_id, day, metric, entity_ref, namespace, workload, quantity, failed)
       SELECT ?::integer, ?::date, metric, entity_ref, namespace, workload, sum(quantity), sum(failed)
       FROM cost_unit_hours WHERE cluster_id = ? AND hour >= ? AND hour < ?
       GROUP BY metric, entity_ref, namespace, workload`,
      [clusterId, day, clusterId, ...this.#bounds(day)],
    );
    await tx.raw(
      `UPDATE cost_cluster_days SET unit_hours = (
         SELECT count(*) FROM cost_ingest_hours
         WHERE cluster_id = ? AND hour >= ? AND hour < ? AND status = 'complete' AND units_known)
       WHERE cluster_id = ? AND day = ?::date`,
      [clusterId, ...this.#bounds(day), clusterId, day],
    );
  }

  async #redoEverything(tx: Knex, oldest: Date) {
    // A day that lost some of its hours to retention can't be made again.
    const { rows } = await tx.raw(
      `SELECT DISTINCT cluster_id, ((hour AT TIME ZONE ?)::date)::text AS day
       FROM cost_ingest_hours WHERE hour >= ?::timestamptz + interval '1 day'`,
      [this.#options.timezone, oldest],
    );
    for (const { cluster_id, day } of rows) {
      await this.#options.store.markDirty(tx, cluster_id, [day]);
    }
  }

  #bounds(day: string): [Date, Date] {
    const { start, end } = dayBounds(day, this.#options.timezone);
    return [start, end];
  }

  #step(step: string) {
    this.#options.onStep?.(step);
  }
}

function toShareItem(row: DayRow): ShareItem {
  const cost = Object.fromEntries(
    RESOURCES.map(resource => [resource, toBigint(row[costColumn(resource)])]),
  ) as ShareItem['cost'];
  return {
    key: row.natural_key,
    bucket: row.bucket,
    namespace: row.namespace,
    cost,
  };
}
