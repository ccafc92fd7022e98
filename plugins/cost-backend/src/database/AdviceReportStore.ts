import { Said, WorkloadFacts, WorkloadRef } from '@headroom/common';
import {
  AdviceDecision,
  ContainerAdvice,
  PoolChange,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { integerArray, toBigint, toNumber } from '@headroom/node';
import {
  DECISION_COLUMNS,
  DecisionColumns,
  toDecision,
} from './adviceDecisions';
import { AdviceSummary } from './adviceOutcome';
import {
  AdviceFilter,
  AdviceQuery,
  fromSql,
  orderSql,
  shownSql,
} from './adviceQuery';
import { InventoryState, inventoryStates } from './inventoryStates';
import { AdviceRunRow, newestAdviceRun } from './newestAdviceRun';
import { clustersSql, containersSql, Scope } from './scope';

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
  appetiteProblems: Said[];
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

/** What pages read of advice. */
export class AdviceReportStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new AdviceReportStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** The newest run that finished: the one that is shown. */
  async newestRun(): Promise<AdviceRunRow | undefined> {
    return newestAdviceRun(this.#knex);
  }

  /** How far the inventories of the scope's clusters are known. */
  async inventoryStates(): Promise<InventoryState[]> {
    return inventoryStates(this.#knex, clustersSql(this.#scope));
  }

  /** Rows in the order asked for; all of them without a page. */
  async rows(
    query: AdviceQuery,
    page?: { offset: number; limit: number },
  ): Promise<StoredAdviceRow[]> {
    const from = fromSql(this.#scope, query);
    const { rows } = await this.#knex.raw(
      `SELECT ${COLUMNS} ${from.sql} AND ${shownSql(query.filter)}
       ${orderSql(query.filter)} ${page ? 'LIMIT ? OFFSET ?' : ''}`,
      [...from.bindings, ...(page ? [page.limit, page.offset] : [])],
    );
    return rows.map(toRow);
  }

  /**
   * All rows, page by page. Which rows there are, and their order, is read first; a
   * row's content is read with its page, so it may be newer. No connection is held
   * between pages, so a slow reader holds up nobody.
   */
  async *allRows(
    query: AdviceQuery,
    pageSize = CSV_PAGE,
  ): AsyncGenerator<StoredAdviceRow[]> {
    const from = fromSql(this.#scope, query);
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

  /** Ids take four bytes each, as a slow reader holds them for long. */
  async #idsInOrder(query: AdviceQuery): Promise<Int32Array> {
    const from = fromSql(this.#scope, query);
    const { rows } = await this.#knex.raw<{ rows: Array<{ id: number }> }>(
      `SELECT a.container_id AS id ${from.sql} AND ${shownSql(query.filter)}
       ${orderSql(query.filter)}`,
      from.bindings,
    );
    return Int32Array.from(rows, ({ id }) => id);
  }

  /** Sums over all rows that match, decided or not. */
  async sums(query: AdviceQuery): Promise<AdviceSums> {
    const from = fromSql(this.#scope, query);
    const { rows } = await this.#knex.raw(
      `WITH m AS MATERIALIZED (
         SELECT a.container_id, a.status, a.list_micros, a.held_micros, k.name AS cluster,
           a.summary ->> 'appetiteProblem' AS problem, a.summary -> 'appetiteWording' AS wording, x.state IS NOT NULL AS decided,
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
         coalesce((SELECT json_agg(json_strip_nulls(json_build_object('message', problem, 'wording', wording))) FROM (
           SELECT DISTINCT problem, wording FROM m WHERE problem IS NOT NULL ORDER BY problem LIMIT ${MAX_PROBLEMS}) few), '[]') AS problems
       FROM m`,
      from.bindings,
    );
    return toSums(rows[0]);
  }

  /** One advice, when the caller may see it. */
  async detail(
    containerId: number,
    now: Date,
  ): Promise<{ row: StoredAdviceRow; advice: ContainerAdvice } | undefined> {
    const from = fromSql(this.#scope, { now, filter: EVERY_ROW });
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
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw<{ rows: Array<{ data: Buffer }> }>(
      `SELECT d.data FROM cost_digests d
       WHERE d.container_id = ? AND d.starts_at >= ? AND d.starts_at < ? AND ${within.sql} ORDER BY d.day`,
      [containerId, start, end, ...within.bindings],
    );
    return rows.map(({ data }) => data);
  }

  /** A workload as the Kubernetes API has it, by one of its containers. */
  async factsOf(containerId: number): Promise<WorkloadFacts | undefined> {
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT f.facts FROM (SELECT c.*, c.id AS container_id FROM cost_containers c WHERE c.id = ?) d
       JOIN cost_workload_facts f
         ON (f.cluster_id, f.namespace, f.kind, f.name) = (d.cluster_id, d.namespace, d.workload_kind, d.workload)
       WHERE ${within.sql}`,
      [containerId, ...within.bindings],
    );
    return rows[0]?.facts;
  }
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
  problems: Said[];
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
