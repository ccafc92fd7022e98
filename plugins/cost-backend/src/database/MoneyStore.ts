import { FleetDimension } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { SqlFragment } from '../permissions/criteriaToSql';
import { Sums, toSums } from '../reports/sums';
import { DatedRates, leafColumns, rateJoin, SUMS } from './moneySql';
import { Scope, scopeSql } from './scope';

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

const KIND =
  "CASE WHEN c.bucket = 'idle' THEN 'idle' WHEN e.id IS NULL THEN 'unallocated' ELSE 'normal' END";


/** Sums of money over daily rollups; one query a report, whatever it shows. */
export class MoneyStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new MoneyStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
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

