import {
  LinkProvenance,
  LinkableEntity,
  SourceProblem,
} from '@headroom/common';
import { PriceOrigin, CapacityType } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  SqlFragment,
  inSnapshot,
  textArray,
  toIso,
  toNumber,
} from '@headroom/node';
import { MICRO } from './measures';
import { EntityStore } from './EntityStore';
import { MoneyStore } from './MoneyStore';
import { EntityRivals, RivalStore } from './RivalStore';
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

/** A workload linked to a service. */
export interface LinkRow {
  cluster: string;
  namespace: string;
  workloadKind: string;
  workload: string;
  provenance: LinkProvenance;
  detail: string;
}

/** Units of one metric on one day. */
export interface UnitDay {
  metric: string;
  day: string;
  quantity: number;
  failed?: number;
}

/** What pages read beside money: services, coverage, prices, links and units. */
export class ReportStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new ReportStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Runs queries that all see the database as it is at one moment. One after the other: they share a connection. */
  async inSnapshot<T>(
    work: (at: { store: ReportStore; money: MoneyStore }) => Promise<T>,
  ): Promise<T> {
    return inSnapshot(this.#knex, tx =>
      work({
        store: ReportStore.create({ knex: tx }),
        money: MoneyStore.create({ knex: tx }),
      }),
    );
  }

  /** A service, and whether the caller may see it; undefined when it is unknown. */
  async findEntity(
    entityRef: string,
    where: SqlFragment,
  ): Promise<{ allowed: boolean; linked: boolean } | undefined> {
    const { rows } = await this.#knex.raw(
      `SELECT (${where.sql}) AS allowed,
         EXISTS (SELECT 1 FROM cost_links l WHERE l.entity_id = e.id) AS linked
       FROM cost_entities e WHERE e.entity_ref = ?`,
      [...where.bindings, entityRef],
    );
    return rows[0];
  }

  /** Ingest state and complete hours by day, of the clusters a scope has workloads in. */
  async coverage(
    scope: Scope,
    from: string,
    to: string,
  ): Promise<ClusterCoverage[]> {
    const within = clustersSql(scope);
    const { rows } = await this.#knex.raw(
      `SELECT k.name, s.source, s.down_since, s.backfill_from, s.backfill_start, s.backfill_cursor,
         (SELECT last_hour FROM cost_cluster_days WHERE cluster_id = k.id AND last_hour IS NOT NULL ORDER BY day DESC LIMIT 1) AS last_hour,
         (SELECT min(day)::text FROM cost_cluster_days WHERE cluster_id = k.id AND hours_complete > 0) AS first_day,
         (SELECT json_agg(json_build_array(day, hours_complete, unit_hours, last_hour)) FROM cost_cluster_days
          WHERE cluster_id = k.id AND day >= ?::date AND day < ?::date) AS days,
         (SELECT problems FROM cost_cluster_days WHERE cluster_id = k.id ORDER BY day DESC LIMIT 1) AS problems
       FROM cost_clusters k LEFT JOIN cost_ingest_state s ON s.cluster_id = k.id WHERE ${within.sql}
       ORDER BY k.name`,
      [from, to, ...within.bindings],
    );
    return rows.map(toCoverage);
  }

  /**
   * Prices of the nodes of the clusters, regions and capacity types a scope ran
   * on. With hours they tell what a whole cluster costs, so those are only for a
   * caller who sees everything.
   */
  async nodePrices(
    scope: Scope,
    from: string,
    to: string,
    seesEverything: boolean,
  ): Promise<NodePriceRow[]> {
    const pool = seesEverything ? 'n.node_pool, ' : '';
    const within =
      scope.kind === 'everything'
        ? { sql: 'true', bindings: [] }
        : ranOn(scope, from, to);
    const { rows } = await this.#knex.raw(
      `SELECT k.name AS cluster, ${
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
      [from, to, ...within.bindings],
    );
    return rows.map(({ microhours, ...row }: Record<string, unknown>) => ({
      ...row,
      ...(seesEverything && { nodeHours: toNumber(microhours) / MICRO }),
    }));
  }

  /** What is linked to a service, and how. */
  async links(entityRef: string): Promise<LinkRow[]> {
    const { rows } = await this.#knex.raw(
      `SELECT DISTINCT k.name AS cluster, c.namespace, c.workload_kind AS "workloadKind", c.workload,
         l.provenance, l.detail
       FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
       JOIN cost_containers c ON c.id = l.container_id JOIN cost_clusters k ON k.id = c.cluster_id
       WHERE e.entity_ref = ? ORDER BY 1, 2, 3, 4, 5, 6 LIMIT 200`,
      [entityRef],
    );
    return rows;
  }

  /** What a service claims workloads by, and which of them others claim or have. */
  async claims(
    entityRef: string,
    where: SqlFragment,
  ): Promise<{ entity?: LinkableEntity; rivals: EntityRivals }> {
    const [entity, rivals] = await Promise.all([
      EntityStore.create({ knex: this.#knex }).findClaims(entityRef),
      RivalStore.create({ knex: this.#knex }).ofEntity(entityRef, where),
    ]);
    return { entity, rivals };
  }

  /** Units of a service by metric and day: its own, and those of its workloads. */
  async units(entityRef: string, from: string, to: string): Promise<UnitDay[]> {
    const { rows } = await this.#knex.raw(
      `WITH workloads AS (
         SELECT DISTINCT c.cluster_id, c.namespace, c.workload
         FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
         JOIN cost_containers c ON c.id = l.container_id WHERE e.entity_ref = ?
       ), found AS (
         SELECT metric, day, quantity, failed FROM cost_unit_days
         WHERE entity_ref = ? AND day >= ?::date AND day < ?::date
         UNION ALL
         SELECT u.metric, u.day, u.quantity, u.failed FROM cost_unit_days u
         JOIN workloads USING (cluster_id, namespace, workload)
         WHERE u.entity_ref = '' AND u.day >= ?::date AND u.day < ?::date
       )
       SELECT metric, day::text AS day, sum(quantity) AS quantity, sum(failed) AS failed
       FROM found GROUP BY metric, day ORDER BY metric, day`,
      [entityRef, entityRef, from, to, from, to],
    );
    return rows.map((row: Record<string, string | null>) => ({
      metric: String(row.metric),
      day: String(row.day),
      quantity: toNumber(row.quantity),
      ...(row.failed !== null && { failed: toNumber(row.failed) }),
    }));
  }

  /** A group and every group below it; empty when the group is unknown. */
  async groupsBelow(groupRef: string): Promise<string[]> {
    const { rows } = await this.#knex.raw(
      `WITH RECURSIVE below AS (
         SELECT entity_ref AS ref FROM cost_entities WHERE entity_ref = ? AND kind = 'group'
         UNION
         SELECT g.group_ref FROM cost_groups g JOIN below b ON g.parent_ref = b.ref
       )
       SELECT ref FROM below ORDER BY ref <> ?, ref`,
      [groupRef, groupRef],
    );
    return rows.map(({ ref }: { ref: string }) => ref);
  }

  /** Which of the services of groups the caller may see, and how many there are. */
  async ownedServices(
    groups: string[],
    where: SqlFragment,
  ): Promise<Array<{ entityRef: string; title?: string; allowed: boolean }>> {
    const { rows } = await this.#knex.raw(
      `SELECT e.entity_ref AS "entityRef", coalesce(e.title, e.name) AS title, (${where.sql}) AS allowed
       FROM cost_entities e
       WHERE e.owner_refs && ?::text[] AND e.kind <> 'group' AND e.vanished_at IS NULL
       ORDER BY e.entity_ref`,
      [...where.bindings, textArray(groups)],
    );
    return rows;
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
  down_since: Date | null;
  backfill_from: Date | null;
  backfill_start: Date | null;
  backfill_cursor: Date | null;
  last_hour: Date | null;
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
