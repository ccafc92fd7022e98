import {
  FleetDimension,
  LinkProvenance,
  PriceOrigin,
  CapacityType,
  SourceProblem,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { SqlFragment } from '../permissions/criteriaToSql';
import { Sums, toSums } from '../reports/sums';
import { MICRO } from './measures';
import { DatedRates, leafColumns, rateJoin, SUMS } from './moneySql';
import { textArray, toIso, toNumber } from './values';

/**
 * Whose cost is asked for. `where` is what the caller may see; it is part of
 * every scope, so that no query can forget it.
 */
export type Scope =
  | { kind: 'service'; entityRef: string; where: SqlFragment }
  | { kind: 'owners'; groups: string[]; where: SqlFragment }
  /** Every service the caller may see, and nothing that belongs to no service. */
  | { kind: 'services'; where: SqlFragment }
  /** Idle and Unallocated included. */
  | { kind: 'everything' };

/** Days to read, and how to tell the windows apart. Ends are exclusive. */
export interface MoneyQuery {
  readFrom: string;
  readTo: string;
  current: { start: string; end: string };
  previous: { start: string; end: string };
  /** Days that can be compared: parts of the windows above of equal length. */
  compared?: {
    current: { start: string; end: string };
    previous: { start: string; end: string };
  };
  rates?: DatedRates;
  /** Add what sharing moved. */
  shared: boolean;
}

type Period = 'current' | 'previous';

/** Sums of one group in one window. */
export interface GroupSums {
  dimension: string;
  period: Period;
  kind: 'normal' | 'idle' | 'unallocated';
  /** Values of the dimension. */
  values: string[];
  /** Title of the entity the group stands for, when it stands for one. */
  title?: string;
  sums: Sums;
}

/** Sums by day over all days read, and by group in the two windows. */
export interface MoneyAnswer {
  days: Map<string, Sums>;
  groups: GroupSums[];
}

/** A dimension: its name and the columns it groups by. */
interface Grouping {
  name: string;
  columns: string[];
}

/** State and coverage of one cluster. */
export interface ClusterCoverage {
  cluster: string;
  source: string;
  downSince?: string;
  lastHour?: string;
  firstDay?: string;
  /** Complete hours and the last of them, by day. */
  days: Map<string, { hours: number; lastHour?: string }>;
  /** Problems of the newest day that has any hours. */
  problems: SourceProblem[];
}

/** Node-hours at one price. */
export interface NodePriceRow {
  cluster: string;
  nodePool: string;
  instanceType: string;
  region: string;
  capacityType: CapacityType;
  hourlyPrice: string;
  nodeHours: number;
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

const SERVICE_GROUPINGS: Grouping[] = [
  { name: 'total', columns: [] },
  { name: 'cluster', columns: ['cluster'] },
  { name: 'region', columns: ['region'] },
  { name: 'capacity', columns: ['capacity_type'] },
  { name: 'workload', columns: ['namespace', 'workload_kind', 'workload'] },
  {
    name: 'container',
    columns: ['namespace', 'workload_kind', 'workload', 'container'],
  },
];

const GROUP_KEYS: Record<FleetDimension, string> = {
  team: "coalesce(e.owner_refs[1], '')",
  service: 'e.entity_ref',
  cluster: 'k.name',
  region: 'd.region',
  namespace: 'c.namespace',
};

/** Everything pages read. Money comes from daily rollups only. */
export class ReportStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new ReportStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
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

  /** One service by day and by every dimension, in one query. */
  async serviceMoney(scope: Scope, query: MoneyQuery): Promise<MoneyAnswer> {
    return this.#money(scope, query, SERVICE_GROUPINGS, 'NULL', []);
  }

  /** Many services by day, by one dimension, and by service over comparable days. */
  async fleetMoney(
    scope: Scope,
    query: MoneyQuery,
    groupBy: FleetDimension,
  ): Promise<MoneyAnswer> {
    return this.#money(
      scope,
      query,
      [{ name: 'group', columns: ['kind', 'group_key'] }],
      GROUP_KEYS[groupBy],
      [{ name: 'mover', columns: ['kind', 'entity_ref'] }],
    );
  }

  async #money(
    scope: Scope,
    query: MoneyQuery,
    groupings: Grouping[],
    groupKey: string,
    comparedGroupings: Grouping[],
  ): Promise<MoneyAnswer> {
    const sets = [
      { name: 'day', columns: ['day'] },
      ...groupings.map(({ name, columns }) => ({
        name,
        columns: ['period', ...columns],
      })),
      ...comparedGroupings.map(({ name, columns }) => ({
        name,
        columns: ['compared_period', ...columns],
      })),
    ];
    const columns = [...new Set(sets.flatMap(set => set.columns))];
    const from = scopeSql(scope);
    const rates = rateJoin(query.rates);
    const leaf = leafColumns({
      converted: query.rates !== undefined,
      shared: query.shared,
    });
    const period = periodSql(query.current, query.previous);
    const compared = query.compared
      ? periodSql(query.compared.current, query.compared.previous)
      : { sql: 'NULL::text', bindings: [] };
    const { rows } = await this.#knex.raw(
      `WITH leaf AS (
         SELECT d.day, ${period.sql} AS period, ${compared.sql} AS compared_period,
           k.name AS cluster, d.region, d.capacity_type,
           c.namespace, c.workload_kind, c.workload, c.container, e.entity_ref,
           ${KIND} AS kind, CASE WHEN ${KIND} = 'normal' THEN ${groupKey} END AS group_key,
           ${leaf}
         ${from.sql} ${rates.sql}
         WHERE ${from.where} AND d.day >= ?::date AND d.day < ?::date
       ), summed AS (
         SELECT GROUPING(${columns.join(', ')}) AS set, ${columns
        .map(column => (column === 'day' ? 'day::text AS day' : column))
        .join(', ')}, ${SUMS}
         FROM leaf
         GROUP BY GROUPING SETS (${sets
           .map(set => `(${set.columns.join(', ')})`)
           .join(', ')})
       )
       SELECT s.*, t.title, t.name FROM summed s
       LEFT JOIN cost_entities t ON t.entity_ref = ${titleKey(columns)}`,
      [
        ...period.bindings,
        ...compared.bindings,
        ...rates.bindings,
        ...from.bindings,
        query.readFrom,
        query.readTo,
      ],
    );
    return toAnswer(rows, sets, columns);
  }

  /** Ingest state and complete hours by day, of the clusters a scope has workloads in. */
  async coverage(
    scope: Scope,
    from: string,
    to: string,
  ): Promise<ClusterCoverage[]> {
    const within =
      scope.kind === 'service'
        ? {
            sql: `WHERE k.id IN (SELECT c.cluster_id FROM cost_entities e
              JOIN cost_links l ON l.entity_id = e.id JOIN cost_containers c ON c.id = l.container_id
              WHERE e.entity_ref = ?)`,
            bindings: [scope.entityRef],
          }
        : { sql: '', bindings: [] };
    const { rows } = await this.#knex.raw(
      `SELECT k.name, s.source, s.down_since,
         (SELECT last_hour FROM cost_cluster_days WHERE cluster_id = k.id AND last_hour IS NOT NULL ORDER BY day DESC LIMIT 1) AS last_hour,
         (SELECT min(day)::text FROM cost_cluster_days WHERE cluster_id = k.id AND hours_complete > 0) AS first_day,
         (SELECT json_agg(json_build_array(day, hours_complete, last_hour)) FROM cost_cluster_days
          WHERE cluster_id = k.id AND day >= ?::date AND day < ?::date) AS days,
         (SELECT problems FROM cost_cluster_days WHERE cluster_id = k.id ORDER BY day DESC LIMIT 1) AS problems
       FROM cost_clusters k LEFT JOIN cost_ingest_state s ON s.cluster_id = k.id ${within.sql}
       ORDER BY k.name`,
      [from, to, ...within.bindings],
    );
    return rows.map(toCoverage);
  }

  /** Prices of the nodes of the clusters, regions and capacity types a scope ran on. */
  async nodePrices(
    scope: Scope,
    from: string,
    to: string,
  ): Promise<NodePriceRow[]> {
    const within =
      scope.kind === 'everything'
        ? { sql: 'true', bindings: [] }
        : ranOn(scope, from, to);
    const { rows } = await this.#knex.raw(
      `SELECT k.name AS cluster, n.node_pool AS "nodePool", n.instance_type AS "instanceType", n.region,
         n.capacity_type AS "capacityType", n.hourly_price::text AS "hourlyPrice", n.origin,
         sum(n.node_microhours)::text AS microhours
       FROM cost_node_days n JOIN cost_clusters k ON k.id = n.cluster_id
       WHERE n.day >= ?::date AND n.day < ?::date AND ${within.sql}
       GROUP BY k.name, n.node_pool, n.instance_type, n.region, n.capacity_type, n.hourly_price, n.origin
       ORDER BY k.name, n.node_pool, n.instance_type, n.region, n.capacity_type, n.hourly_price`,
      [from, to, ...within.bindings],
    );
    return rows.map(({ microhours, ...row }: Record<string, unknown>) => ({
      ...row,
      nodeHours: toNumber(microhours) / MICRO,
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
         SELECT entity_ref AS ref FROM cost_entities WHERE entity_ref = ?
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

const KIND =
  "CASE WHEN c.bucket = 'idle' THEN 'idle' WHEN e.id IS NULL THEN 'unallocated' ELSE 'normal' END";

/** FROM and WHERE of a scope; `d` is the day's row, `c` its container, `e` its service, `k` its cluster. */
export function scopeSql(scope: Scope): SqlFragment & { where: string } {
  if (scope.kind === 'everything') {
    return {
      sql: `FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
        JOIN cost_clusters k ON k.id = d.cluster_id
        LEFT JOIN cost_links l ON l.container_id = d.container_id
        LEFT JOIN cost_entities e ON e.id = l.entity_id`,
      where: 'true',
      bindings: [],
    };
  }
  const whose = whoseSql(scope);
  return {
    sql: `FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
      JOIN cost_containers c ON c.id = l.container_id
      JOIN cost_clusters k ON k.id = c.cluster_id
      JOIN cost_days d ON d.container_id = c.id`,
    where: `${whose.sql} AND (${scope.where.sql})`,
    bindings: [...whose.bindings, ...scope.where.bindings],
  };
}

function whoseSql(scope: Exclude<Scope, { kind: 'everything' }>): SqlFragment {
  switch (scope.kind) {
    case 'service':
      return { sql: 'e.entity_ref = ?', bindings: [scope.entityRef] };
    case 'owners':
      return {
        sql: "e.owner_refs && ?::text[] AND e.kind <> 'group'",
        bindings: [textArray(scope.groups)],
      };
    default:
      return { sql: 'true', bindings: [] };
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

function periodSql(
  current: { start: string; end: string },
  previous: { start: string; end: string },
): SqlFragment {
  return {
    sql: `CASE WHEN d.day >= ?::date AND d.day < ?::date THEN 'current'
      WHEN d.day >= ?::date AND d.day < ?::date THEN 'previous' END`,
    bindings: [current.start, current.end, previous.start, previous.end],
  };
}

function titleKey(columns: string[]): string {
  return columns.includes('group_key')
    ? 'coalesce(s.group_key, s.entity_ref)'
    : 'NULL';
}

function toAnswer(
  rows: Array<Record<string, string | null>>,
  sets: Grouping[],
  columns: string[],
): MoneyAnswer {
  // GROUPING() has a bit a column, set where the column is summed over.
  const nameOf = new Map(
    sets.map(set => [
      columns.reduce(
        (bits, column) => bits * 2 + (set.columns.includes(column) ? 0 : 1),
        0,
      ),
      set,
    ]),
  );
  const answer: MoneyAnswer = { days: new Map(), groups: [] };
  for (const row of rows) {
    const set = nameOf.get(Number(row.set));
    if (!set) {
      continue;
    }
    if (set.name === 'day') {
      answer.days.set(String(row.day), toSums(row));
      continue;
    }
    const [period, ...rest] = set.columns;
    if (row[period]) {
      answer.groups.push({
        dimension: set.name,
        period: row[period] as Period,
        kind: (row.kind as GroupSums['kind'] | null) ?? 'normal',
        values: rest
          .filter(column => column !== 'kind')
          .map(column => row[column] ?? ''),
        title: row.title ?? row.name ?? undefined,
        sums: toSums(row),
      });
    }
  }
  return answer;
}

function toCoverage(row: {
  name: string;
  source: string | null;
  down_since: Date | null;
  last_hour: Date | null;
  first_day: string | null;
  days: Array<[string, number, string | null]> | null;
  problems: SourceProblem[] | null;
}): ClusterCoverage {
  return {
    cluster: row.name,
    source: row.source ?? 'none',
    downSince: toIso(row.down_since),
    lastHour: toIso(row.last_hour),
    firstDay: row.first_day ?? undefined,
    days: new Map(
      (row.days ?? []).map(([day, hours, lastHour]) => [
        day,
        { hours, lastHour: lastHour ?? undefined },
      ]),
    ),
    problems: row.problems ?? [],
  };
}
