import { WorkloadRef } from '@headroom/common';
import {
  AdviceDecision,
  ContainerAdvice,
  PoolChange,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { AdviceSummary } from './adviceOutcome';
import {
  SqlFragment,
  inSnapshot,
  integerArray,
  textArray,
  toBigint,
  toNumber,
} from '@headroom/node';
import {
  DECISION_COLUMNS,
  DECISION_JOIN,
  DecisionColumns,
  toDecision,
} from './adviceDecisions';
import { Scope } from './scope';

/** What a table of advice can be sorted by. */
export const ADVICE_SORTS = [
  'saving',
  'confidence',
  'throttled',
  'oom',
  'name',
] as const;

/** What a table of advice can be narrowed to. */
export const ADVICE_STATUSES = ['change', 'keep', 'withheld'] as const;

/** What a table of advice can be sorted by. */
export type AdviceSort = (typeof ADVICE_SORTS)[number];

/** Which rows of the advice a caller may see are asked for. */
export interface AdviceFilter {
  /** Also rows that were decided about. */
  decided: 'hide' | 'show';
  sort: AdviceSort;
  order: 'asc' | 'desc';
  /** Text in the name of workload, container, namespace or service. */
  text?: string;
  status?: (typeof ADVICE_STATUSES)[number];
  cluster?: string;
  namespace?: string;
  /** Entity reference of a group. */
  owner?: string;
}

/** A row of a table of advice; money in the stored currency. */
export interface StoredAdviceRow {
  containerId: number;
  cluster: string;
  workload: WorkloadRef;
  container: string;
  entityRef?: string;
  status: ContainerAdvice['status'];
  confidence: number;
  listMicros?: bigint;
  realisableMicros?: bigint;
  heldMicros?: bigint;
  summary: AdviceSummary;
  decision?: AdviceDecision;
}

/** What all matching rows come to. */
export interface AdviceSums {
  /** Of advice nobody decided against. */
  listMicros: bigint;
  heldMicros: bigint;
  /** List and held, of advice that was decided against. */
  decidedMicros: bigint;
  containers: { change: number; keep: number; withheld: number };
  /** Rows that are shown. */
  rows: number;
  /** By node pool, of advice nobody decided against. */
  changes: PoolChange[];
  clusters: string[];
  appetiteProblems: string[];
}

/** Whose advice, which of it, and when: a snooze may have ended. */
export interface AdviceQuery {
  scope: Scope;
  filter: AdviceFilter;
  /** Groups of the filter's owner. */
  owners?: string[];
  now: Date;
}

const EVERY_ROW: AdviceFilter = {
  decided: 'show',
  sort: 'name',
  order: 'asc',
};

const MAX_PROBLEMS = 20;
const CSV_PAGE = 500;

const COLUMNS = `a.container_id, k.name AS cluster, c.namespace, c.workload_kind, c.workload, c.container,
  e.entity_ref, a.status, a.confidence, a.list_micros, a.realisable_micros, a.held_micros, a.summary, ${DECISION_COLUMNS}`;

const ORDER: Record<AdviceSort, string[]> = {
  saving: ['coalesce(a.list_micros, a.held_micros)'],
  confidence: ['a.confidence'],
  throttled: ['a.throttled_minutes'],
  oom: ['a.oom_kills'],
  name: ['c.namespace', 'c.workload', 'c.container'],
};

/** What pages read of advice. Every query has what the caller may see in it. */
export class AdviceReportStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new AdviceReportStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Runs queries that all see the same run. */
  async inSnapshot<T>(
    work: (at: { store: AdviceReportStore; knex: Knex }) => Promise<T>,
  ): Promise<T> {
    return inSnapshot(this.#knex, tx =>
      work({ store: AdviceReportStore.create({ knex: tx }), knex: tx }),
    );
  }

  /** Whether any workload is linked to a service. */
  async isLinked(entityRef: string): Promise<boolean> {
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (SELECT 1 FROM cost_links l JOIN cost_entities e ON e.id = l.entity_id
         WHERE e.entity_ref = ?) AS linked`,
      [entityRef],
    );
    return rows[0].linked;
  }

  /** Rows in the order asked for; all of them without a page. */
  async rows(
    query: AdviceQuery,
    page?: { offset: number; limit: number },
  ): Promise<StoredAdviceRow[]> {
    const from = fromSql(query);
    const { rows } = await this.#knex.raw(
      `SELECT ${COLUMNS} ${from.sql} AND ${shownSql(query.filter)}
       ${orderSql(query.filter)} ${page ? 'LIMIT ? OFFSET ?' : ''}`,
      [...from.bindings, ...(page ? [page.limit, page.offset] : [])],
    );
    return rows.map(toRow);
  }

  /**
   * All rows, a page at a time. Which they are, and their order, is read first;
   * what was computed or decided since is told as it is when its page is read.
   * No connection is held between pages: who reads slowly holds up nobody.
   */
  async *allRows(
    query: AdviceQuery,
    pageSize = CSV_PAGE,
  ): AsyncGenerator<StoredAdviceRow[]> {
    const from = fromSql(query);
    const all = await this.#idsInOrder(query);
    for (let first = 0; first < all.length; first += pageSize) {
      const ids = [...all.subarray(first, first + pageSize)];
      const { rows } = await this.#knex.raw(
        `SELECT ${COLUMNS} ${from.sql} AND ${shownSql(query.filter)}
           AND a.container_id = ANY (?::integer[])
         ORDER BY array_position(?::integer[], a.container_id)`,
        [...from.bindings, integerArray(ids), integerArray(ids)],
      );
      if (rows.length > 0) {
        yield rows.map(toRow);
      }
    }
  }

  /** Four bytes each: a slow reader holds them for long. */
  async #idsInOrder(query: AdviceQuery): Promise<Int32Array> {
    const from = fromSql(query);
    const { rows } = await this.#knex.raw<{ rows: Array<{ id: number }> }>(
      `SELECT a.container_id AS id ${from.sql} AND ${shownSql(query.filter)}
       ${orderSql(query.filter)}`,
      from.bindings,
    );
    return Int32Array.from(rows, ({ id }) => id);
  }

  /** Sums over all rows that match, decided or not. */
  async sums(query: AdviceQuery): Promise<AdviceSums> {
    const from = fromSql(query);
    const { rows } = await this.#knex.raw(
      `WITH m AS MATERIALIZED (
         SELECT a.container_id, a.status, a.list_micros, a.held_micros, k.name AS cluster,
           a.summary ->> 'appetiteProblem' AS problem, x.state IS NOT NULL AS decided,
           ${shownSql(query.filter)} AS shown
         ${from.sql}
       ), released AS (
         SELECT m.cluster, p.node_pool AS "nodePool", sum(p.cpu_cores) AS "cpuCores",
           sum(p.memory_bytes) AS "memoryBytes", sum(p.list_micros)::text AS "listMicros"
         FROM m JOIN cost_advice_pools p USING (container_id) WHERE NOT m.decided GROUP BY 1, 2
       )
       SELECT coalesce(sum(list_micros) FILTER (WHERE NOT decided), 0)::text AS list,
         coalesce(sum(held_micros) FILTER (WHERE NOT decided), 0)::text AS held,
         coalesce(sum(coalesce(list_micros, 0) + coalesce(held_micros, 0)) FILTER (WHERE decided), 0)::text AS decided,
         count(*) FILTER (WHERE NOT decided AND status = 'change') AS change,
         count(*) FILTER (WHERE NOT decided AND status = 'keep') AS keep,
         count(*) FILTER (WHERE NOT decided AND status = 'withheld') AS withheld,
         count(*) FILTER (WHERE shown) AS shown,
         coalesce((SELECT json_agg(r) FROM released r), '[]') AS changes,
         coalesce((SELECT json_agg(DISTINCT cluster) FROM m), '[]') AS clusters,
         coalesce((SELECT json_agg(problem) FROM (
           SELECT DISTINCT problem FROM m WHERE problem IS NOT NULL ORDER BY problem LIMIT ${MAX_PROBLEMS}) few), '[]') AS problems
       FROM m`,
      from.bindings,
    );
    return toSums(rows[0]);
  }

  /** One advice, when the caller may see it. */
  async detail(
    containerId: number,
    scope: Scope,
    now: Date,
  ): Promise<{ row: StoredAdviceRow; advice: ContainerAdvice } | undefined> {
    const from = fromSql({ scope, now, filter: EVERY_ROW });
    const { rows } = await this.#knex.raw(
      `SELECT ${COLUMNS}, (SELECT t.advice FROM cost_advice_details t
           WHERE t.run_id = a.run_id AND t.container_id = a.container_id) AS advice
       ${from.sql} AND a.container_id = ?`,
      [...from.bindings, containerId],
    );
    return rows[0] && { row: toRow(rows[0]), advice: rows[0].advice };
  }

  /** Stored digests of a container from `start` up to `end`, ISO 8601, oldest first. */
  async digests(
    containerId: number,
    start: string,
    end: string,
  ): Promise<Uint8Array[]> {
    const rows = await this.#knex('cost_digests')
      .where({ container_id: containerId })
      .where('starts_at', '>=', start)
      .where('starts_at', '<', end)
      .orderBy('day')
      .select('data');
    return rows.map(({ data }) => data);
  }
}

/** FROM and WHERE of a query. */
function fromSql({ scope, filter, owners, now }: AdviceQuery): SqlFragment {
  const whose = whoseSql(scope);
  const conditions: SqlFragment[] = [whose];
  const where = (sql: string, ...bindings: string[]) =>
    conditions.push({ sql, bindings });
  if (filter.status) {
    where('a.status = ?', filter.status);
  }
  if (filter.cluster) {
    where('k.name = ?', filter.cluster);
  }
  if (filter.namespace) {
    where('c.namespace = ?', filter.namespace);
  }
  if (owners) {
    where('e.owner_refs && ?::text[]', textArray(owners));
  }
  if (filter.text) {
    where(
      "position(lower(?) IN lower(concat_ws(' ', c.namespace, c.workload, c.container, e.entity_ref))) > 0",
      filter.text,
    );
  }
  return {
    sql: `FROM cost_advice a JOIN cost_containers c ON c.id = a.container_id
      JOIN cost_clusters k ON k.id = a.cluster_id
      LEFT JOIN cost_links l ON l.container_id = a.container_id
      LEFT JOIN cost_entities e ON e.id = l.entity_id
      ${DECISION_JOIN}
      WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`,
    bindings: [
      now.toISOString(),
      ...conditions.flatMap(({ bindings }) => bindings),
    ],
  };
}

function whoseSql(scope: Scope): SqlFragment {
  switch (scope.kind) {
    case 'everything':
      return { sql: 'true', bindings: [] };
    case 'service':
      return {
        sql: `e.entity_ref = ? AND (${scope.where.sql})`,
        bindings: [scope.entityRef, ...scope.where.bindings],
      };
    case 'services':
      return {
        sql: `e.id IS NOT NULL AND (${scope.where.sql})`,
        bindings: scope.where.bindings,
      };
    default:
      return {
        sql: `e.owner_refs && ?::text[] AND e.kind <> 'group' AND (${scope.where.sql})`,
        bindings: [textArray(scope.groups), ...scope.where.bindings],
      };
  }
}

function orderSql({ sort, order }: AdviceFilter): string {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const by = ORDER[sort].map(column => `${column} ${direction} NULLS LAST`);
  return `ORDER BY ${by.join(', ')}, a.container_id`;
}

function shownSql({ decided }: AdviceFilter): string {
  return decided === 'show' ? 'true' : 'x.state IS NULL';
}

function toRow(
  row: DecisionColumns & {
    container_id: number;
    cluster: string;
    namespace: string;
    workload_kind: string;
    workload: string;
    container: string;
    entity_ref: string | null;
    status: ContainerAdvice['status'];
    confidence: number;
    list_micros: string | null;
    realisable_micros: string | null;
    held_micros: string | null;
    summary: AdviceSummary;
  },
): StoredAdviceRow {
  const decision = toDecision(row);
  const { list_micros, realisable_micros, held_micros } = row;
  return {
    containerId: row.container_id,
    cluster: row.cluster,
    workload: {
      namespace: row.namespace,
      kind: row.workload_kind,
      name: row.workload,
    },
    container: row.container,
    entityRef: row.entity_ref ?? undefined,
    status: row.status,
    confidence: row.confidence,
    ...(list_micros !== null && { listMicros: toBigint(list_micros) }),
    ...(realisable_micros !== null && {
      realisableMicros: toBigint(realisable_micros),
    }),
    ...(held_micros !== null && { heldMicros: toBigint(held_micros) }),
    summary: row.summary,
    ...(decision && { decision }),
  };
}

function toSums(row: {
  list: string;
  held: string;
  decided: string;
  change: string;
  keep: string;
  withheld: string;
  shown: string;
  changes: Array<
    Omit<PoolChange, 'id' | 'listMicros'> & { listMicros: string }
  >;
  clusters: string[];
  problems: string[];
}): AdviceSums {
  return {
    listMicros: toBigint(row.list),
    heldMicros: toBigint(row.held),
    decidedMicros: toBigint(row.decided),
    containers: {
      change: toNumber(row.change),
      keep: toNumber(row.keep),
      withheld: toNumber(row.withheld),
    },
    rows: toNumber(row.shown),
    changes: row.changes.map(change => ({
      ...change,
      id: change.nodePool,
      listMicros: toBigint(change.listMicros),
    })),
    clusters: row.clusters,
    appetiteProblems: row.problems,
  };
}
