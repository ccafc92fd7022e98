import { FleetDimension } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { Question } from './Question';
import { SqlFragment } from '@headroom/node';
import { Sums, toSums } from './sums';
import {
  DatedRates,
  leafColumns,
  rateJoin,
  SUMS,
  SUMS_AS_TEXT,
} from './moneySql';
import { containersSql, Scope, scopeSql } from './scope';

/** Days to read, and how to tell the windows apart. Ends are exclusive. */
export interface MoneyQuery {
  readFrom: string;
  readTo: string;
  current: { start: string; end: string };
  previous: { start: string; end: string };
  /** Days that can be compared: parts of the windows above of equal length. */
  compared: {
    current: { start: string; end: string };
    previous: { start: string; end: string };
  };
  /** Days of these that can't be compared after all. */
  notCompared?: string[];
  rates?: DatedRates;
  /** Whether sums include what sharing moved. */
  shared: boolean;
}

type Period = 'current' | 'previous';

/** Sums of one group in one window. */
export interface GroupSums {
  dimension: string;
  period: Period;
  /** True for sums over those days only that are complete in both windows. */
  compared: boolean;
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

/** The first column of a set tells the windows apart; rows outside both have none. */
const COMPARED = 'compared_period';

/** A dimension over the windows, and over the part of them that can be compared. */
function inBothWindows(name: string, ...columns: string[]): Grouping[] {
  return ['period', COMPARED].map(period => ({
    name,
    columns: [period, ...columns],
  }));
}

const SERVICE_GROUPINGS: Grouping[] = [
  { name: 'total', columns: ['period'] },
  ...inBothWindows('cluster', 'cluster'),
  ...inBothWindows('region', 'region'),
  ...inBothWindows('capacity', 'capacity_type'),
  ...inBothWindows('workload', 'namespace', 'workload_kind', 'workload'),
  ...inBothWindows(
    'container',
    'namespace',
    'workload_kind',
    'workload',
    'container',
  ),
];

const FLEET_GROUPINGS: Grouping[] = [
  ...inBothWindows('group', 'kind', 'group_key'),
  { name: 'mover', columns: [COMPARED, 'kind', 'entity_ref'] },
];

const GROUP_KEYS: Record<FleetDimension, string> = {
  team: "coalesce(e.owner_refs[1], '')",
  service: 'e.entity_ref',
  cluster: 'k.name',
  region: 'p.region',
  namespace: 'c.namespace',
};

/** Containers of no entity have no team or service; idle capacity has no namespace either. */
const KEYED_KINDS: Record<FleetDimension, GroupSums['kind'][]> = {
  team: ['normal'],
  service: ['normal'],
  cluster: ['normal', 'unallocated', 'idle'],
  region: ['normal', 'unallocated', 'idle'],
  namespace: ['normal', 'unallocated'],
};

const KIND =
  "CASE WHEN c.bucket = 'idle' THEN 'idle' WHEN e.id IS NULL THEN 'unallocated' ELSE 'normal' END";

/** Sums of money over daily rollups. */
export class MoneyStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new MoneyStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /**
   * One service by day and by every dimension, in one query. Its rows are summed to
   * the finest of what is asked for first: sets over those are a matter of a few rows.
   */
  serviceMoney(query: MoneyQuery): Question<MoneyAnswer> {
    const from = scopeSql(this.#scope);
    const rates = rateJoin(query.rates);
    const period = periodSql(query.current, query.previous);
    const compared = periodSql(query.compared.current, query.compared.previous);
    const columns = columnsOf(SERVICE_GROUPINGS);
    const sets = groupingSets(SERVICE_GROUPINGS);
    return {
      sql: `WITH leaf AS MATERIALIZED (
         SELECT d.day, ${period.sql} AS period, ${
        compared.sql
      } AS compared_period, k.name AS cluster, d.region, d.capacity_type,
           c.namespace, c.workload_kind, c.workload, c.container, ${leafOf(
             query,
           )}
         ${from.sql} ${rates.sql}
         WHERE ${from.where} AND d.day >= ?::date AND d.day < ?::date
       ), finest AS (
         SELECT ${columns}, ${SUMS} FROM leaf WHERE period IS NOT NULL GROUP BY ${columns}
       )
       SELECT NULL AS day, ${
         sets.select
       }, ${SUMS_AS_TEXT} FROM finest GROUP BY ${sets.groupBy}
       UNION ALL
       SELECT day::text, NULL, ${columns.map(
         () => 'NULL',
       )}, ${SUMS_AS_TEXT} FROM leaf GROUP BY day`,
      bindings: [
        ...period.bindings,
        ...compared.bindings,
        ...rates.bindings,
        ...from.bindings,
        query.readFrom,
        query.readTo,
      ],
      read: rows => ({
        days: toDays(rows.filter(({ day }: MoneyRow) => day !== null)),
        groups: toGroups(
          rows.filter(({ day }: MoneyRow) => day === null),
          SERVICE_GROUPINGS,
        ),
      }),
    };
  }

  /**
   * Many services by day, by one dimension, and by service over comparable days.
   * Two queries: they agree when the store is that of a snapshot.
   */
  async fleetMoney(
    query: MoneyQuery,
    groupBy: FleetDimension,
  ): Promise<MoneyAnswer> {
    const days = await this.#fleetDays(query);
    const groups = await this.#fleetGroups(query, groupBy);
    return { days, groups };
  }

  async #fleetDays(query: MoneyQuery) {
    const containers = containersSql(this.#scope);
    const rates = rateJoin(query.rates);
    const { rows } = await this.#knex.raw(
      `SELECT day::text, ${SUMS} FROM (
         SELECT d.day, ${leafOf(query)} FROM cost_days d ${rates.sql}
         WHERE ${containers.sql} AND d.day >= ?::date AND d.day < ?::date
       ) leaf GROUP BY day`,
      [...rates.bindings, ...containers.bindings, query.readFrom, query.readTo],
    );
    return toDays(rows);
  }

  /** Sums by container first: joining every day's row takes several times as long. */
  async #fleetGroups(
    query: MoneyQuery,
    groupBy: FleetDimension,
  ): Promise<GroupSums[]> {
    const containers = containersSql(this.#scope);
    const rates = rateJoin(query.rates);
    const period = periodSql(query.current, query.previous);
    const compared = comparedSql(query);
    const sets = groupingSets(FLEET_GROUPINGS);
    const { rows } = await this.#knex.raw(
      `WITH per_container AS MATERIALIZED (
         SELECT container_id, cluster_id, region, period, compared_period, ${SUMS} FROM (
           SELECT d.container_id, d.cluster_id, d.region, ${
             period.sql
           } AS period, ${compared.sql} AS compared_period, ${leafOf(query)}
           FROM cost_days d ${rates.sql}
           WHERE ${containers.sql} AND d.day >= ?::date AND d.day < ?::date
         ) leaf WHERE period IS NOT NULL GROUP BY container_id, cluster_id, region, period, compared_period
       ), named AS (
         SELECT p.*, e.entity_ref, ${KIND} AS kind, ${groupKey(
        groupBy,
      )} AS group_key
         FROM per_container p
         JOIN cost_containers c ON c.id = p.container_id JOIN cost_clusters k ON k.id = p.cluster_id
         LEFT JOIN cost_links l ON l.container_id = p.container_id
         LEFT JOIN cost_entities e ON e.id = l.entity_id
       ), summed AS (
         SELECT ${sets.select}, ${SUMS} FROM named GROUP BY ${sets.groupBy}
       )
       SELECT s.*, coalesce(t.title, t.name) AS title FROM summed s
       LEFT JOIN cost_entities t ON t.entity_ref = coalesce(s.group_key, s.entity_ref)`,
      [
        ...period.bindings,
        ...compared.bindings,
        ...rates.bindings,
        ...containers.bindings,
        earlier(query.previous.start, query.current.start),
        query.current.end,
      ],
    );
    return toGroups(rows, FLEET_GROUPINGS);
  }
}

function groupKey(groupBy: FleetDimension): string {
  const kinds = KEYED_KINDS[groupBy].map(kind => `'${kind}'`).join(', ');
  return `CASE WHEN ${KIND} IN (${kinds}) THEN ${GROUP_KEYS[groupBy]} END`;
}

function leafOf(query: MoneyQuery): string {
  return leafColumns({
    converted: query.rates !== undefined,
    shared: query.shared,
  });
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
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

function comparedSql({
  compared: { current, previous },
  notCompared = [],
}: MoneyQuery): SqlFragment {
  const period = periodSql(current, previous);
  return notCompared.length === 0
    ? period
    : {
        sql: `CASE WHEN d.day <> ALL(?::date[]) THEN ${period.sql} END`,
        bindings: [`{${notCompared.join(',')}}`, ...period.bindings],
      };
}

/** Every column once, and which of them each set groups by. */
function groupingSets(groupings: Grouping[]) {
  const columns = columnsOf(groupings);
  const sets = groupings.map(({ columns: own }) => `(${own})`);
  return {
    select: `GROUPING(${columns}) AS set, ${columns}`,
    groupBy: `GROUPING SETS (${sets})`,
  };
}

function columnsOf(groupings: Grouping[]): string[] {
  return [...new Set(groupings.flatMap(({ columns }) => columns))];
}

type MoneyRow = Record<string, string | null>;

function toDays(rows: MoneyRow[]): Map<string, Sums> {
  return new Map(rows.map(row => [String(row.day), toSums(row)]));
}

function toGroups(rows: MoneyRow[], groupings: Grouping[]): GroupSums[] {
  const columns = columnsOf(groupings);
  // GROUPING() has one bit for each column, set where the column is summed over.
  const groupingOf = new Map(
    groupings.map(grouping => [
      columns.reduce(
        (bits, column) =>
          bits * 2 + (grouping.columns.includes(column) ? 0 : 1),
        0,
      ),
      grouping,
    ]),
  );
  return rows.flatMap(row => {
    const grouping = groupingOf.get(Number(row.set));
    return grouping && row[grouping.columns[0]] ? [toGroup(row, grouping)] : [];
  });
}

function toGroup(
  row: MoneyRow,
  { name, columns: [period, ...columns] }: Grouping,
): GroupSums {
  return {
    dimension: name,
    period: row[period] as Period,
    compared: period === COMPARED,
    kind: (row.kind as GroupSums['kind'] | null) ?? 'normal',
    values: columns
      .filter(column => column !== 'kind')
      .map(column => row[column] ?? ''),
    title: row.title ?? undefined,
    sums: toSums(row),
  };
}
