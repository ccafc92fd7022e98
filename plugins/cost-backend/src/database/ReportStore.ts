import { SourceProblem } from '@headroom/common';
import { PriceOrigin, CapacityType } from '@headroom/plugin-cost-common';
import { EVERYTHING, SqlFragment, toIso, toNumber } from '@headroom/node';
import { MICRO } from './measures';
import { Question } from './Question';
import { clustersSql, Scope, scopeSql } from './scope';

/** What is stored of a back-fill: it runs from the cursor backwards. */
export interface BackfillState {
  /** The hour it goes back to. */
  backfillFrom?: string;
  /** The hour before which it began. */
  backfillStart?: string;
  /** The first hour that is in. */
  backfillCursor?: string;
}

/** State and coverage of one cluster. */
export interface ClusterCoverage extends BackfillState {
  cluster: string;
  source: string;
  downSince?: string;
  lastHour?: string;
  firstDay?: string;
  /** Complete hours, how many of them have units, and the last of them, by day. */
  days: Map<string, { hours: number; unitHours: number; lastHour?: string }>;
  /** Problems of the newest day that has any hours. */
  problems: SourceProblem[];
}

/** Node-hours at one price. Pool and hours only for who sees everything: they are of the whole cluster. */
export interface NodePriceRow {
  cluster: string;
  nodePool?: string;
  instanceType: string;
  region: string;
  capacityType: CapacityType;
  hourlyPrice: string;
  nodeHours?: number;
  origin: PriceOrigin;
}

/** What reports read beside money: which hours are in, and what nodes cost. */
export class ReportStore {
  readonly #scope: Scope;

  static create(options: { scope: Scope }) {
    return new ReportStore(options.scope);
  }

  private constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Ingest state and complete hours by day, of the clusters a scope has workloads in. */
  coverage(from: string, to: string): Question<ClusterCoverage[]> {
    const within = clustersSql(this.#scope);
    return {
      sql: `SELECT k.name, s.source, s.down_since, s.backfill_from, s.backfill_start, s.backfill_cursor,
         (SELECT last_hour FROM cost_cluster_days WHERE cluster_id = k.id AND last_hour IS NOT NULL ORDER BY day DESC LIMIT 1) AS last_hour,
         (SELECT min(day)::text FROM cost_cluster_days WHERE cluster_id = k.id AND hours_complete > 0) AS first_day,
         (SELECT json_agg(json_build_array(day, hours_complete, unit_hours, last_hour)) FROM cost_cluster_days
          WHERE cluster_id = k.id AND day >= ?::date AND day < ?::date) AS days,
         (SELECT problems FROM cost_cluster_days WHERE cluster_id = k.id ORDER BY day DESC LIMIT 1) AS problems
       FROM cost_clusters k LEFT JOIN cost_ingest_state s ON s.cluster_id = k.id WHERE ${within.sql}
       ORDER BY k.name`,
      bindings: [from, to, ...within.bindings],
      read: rows => rows.map(toCoverage),
    };
  }

  /**
   * Prices of the nodes of the clusters, regions and capacity types a scope ran
   * on. With hours they tell what a whole cluster costs, so those are only for a
   * caller who sees everything.
   */
  nodePrices(from: string, to: string): Question<NodePriceRow[]> {
    const { seesEverything } = this.#scope;
    const pool = seesEverything ? 'n.node_pool, ' : '';
    const within = this.#scope.isEverything
      ? EVERYTHING
      : ranOn(this.#scope, from, to);
    return {
      sql: `SELECT k.name AS cluster, ${
        seesEverything
          ? 'n.node_pool AS "nodePool", sum(n.node_microhours)::text AS microhours,'
          : ''
      }
         n.instance_type AS "instanceType", n.region,
         n.capacity_type AS "capacityType", n.hourly_price::text AS "hourlyPrice", n.origin
       FROM cost_node_days n JOIN cost_clusters k ON k.id = n.cluster_id
       WHERE n.day >= ?::date AND n.day < ?::date AND ${within.sql}
       GROUP BY k.name, ${pool} n.instance_type, n.region, n.capacity_type, n.hourly_price, n.origin
       ORDER BY k.name, ${pool} n.instance_type, n.region, n.capacity_type, n.hourly_price`,
      bindings: [from, to, ...within.bindings],
      read: rows =>
        rows.map(({ microhours, ...row }) => ({
          ...row,
          ...(seesEverything && { nodeHours: toNumber(microhours) / MICRO }),
        })),
    };
  }
}

function ranOn(scope: Scope, from: string, to: string): SqlFragment {
  const { sql, where, bindings } = scopeSql(scope);
  return {
    sql: `(n.cluster_id, n.region, n.capacity_type) IN (
      SELECT d.cluster_id, d.region, d.capacity_type ${sql}
      WHERE ${where} AND d.day >= ?::date AND d.day < ?::date)`,
    bindings: [...bindings, from, to],
  };
}

function toCoverage(row: {
  name: string;
  source: string | null;
  down_since: Date | string | null;
  backfill_from: Date | string | null;
  backfill_start: Date | string | null;
  backfill_cursor: Date | string | null;
  last_hour: Date | string | null;
  first_day: string | null;
  days: Array<[string, number, number, string | null]> | null;
  problems: SourceProblem[] | null;
}): ClusterCoverage {
  return {
    cluster: row.name,
    source: row.source ?? 'none',
    downSince: toIso(row.down_since),
    backfillFrom: toIso(row.backfill_from),
    backfillStart: toIso(row.backfill_start),
    backfillCursor: toIso(row.backfill_cursor),
    lastHour: toIso(row.last_hour),
    firstDay: row.first_day ?? undefined,
    days: new Map(
      (row.days ?? []).map(([day, hours, unitHours, lastHour]) => [
        day,
        { hours, unitHours, lastHour: lastHour ?? undefined },
      ]),
    ),
    problems: row.problems ?? [],
  };
}
