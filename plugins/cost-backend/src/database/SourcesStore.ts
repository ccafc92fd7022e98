import { SourceProblem } from '@headroom/common';
import { Knex } from 'knex';
import { FleetRivals, rivalsOfClusters } from './RivalStore';
import { UNFINISHED_COUNTS } from './UnfinishedHourStore';
import { toIso } from '@headroom/node';

/** Ingest of one cluster as the database knows it. */
export interface StoredSource {
  cluster: string;
  source?: string;
  watermark?: string;
  backfillFrom?: string;
  backfillStart?: string;
  backfillCursor?: string;
  lastRunAt?: string;
  downSince?: string;
  lastError?: string;
  queriesPerHour?: number;
  firstHour?: string;
  lastHour?: string;
  problems: SourceProblem[];
  /** Incomplete hours: those that are read again, and those that are too old for it. */
  unfinished: { again: number; left: number };
}

/** A closed span of hours that are missing or, by the reason `partial`, incomplete; `end` is exclusive. */
export interface Gap {
  cluster: string;
  start: string;
  end: string;
  hours: number;
  reason: string;
}

/** Gaps of all clusters. */
export interface FleetGaps {
  /** The newest. */
  listed: Gap[];
  /** How many there are, by name of a cluster that has any. */
  totals: ReadonlyMap<string, number>;
}

const MAX_GAPS = 50;

/** Proof that a caller may see the state of sources; only `core/CostScopes.ts` makes one. */
export class SourcesScope {
  // A private field: an object of the same shape is no scope.
  readonly #granted = true;

  static grant() {
    return new SourcesScope();
  }

  private constructor() {}

  get granted(): true {
    return this.#granted;
  }
}

/** What the Sources page reads. No amounts. */
export class SourcesStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex; scope: SourcesScope }) {
    return new SourcesStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param horizon - hours before it are not read again */
  async sources(horizon: Date): Promise<StoredSource[]> {
    const { rows } = await this.#knex.raw(
      `SELECT k.name, s.*,
         (SELECT hour FROM cost_ingest_hours WHERE cluster_id = k.id AND status <> 'missing' ORDER BY hour LIMIT 1) AS first_hour,
         (SELECT hour FROM cost_ingest_hours WHERE cluster_id = k.id AND status <> 'missing' ORDER BY hour DESC LIMIT 1) AS last_hour,
         (SELECT problems FROM cost_cluster_days WHERE cluster_id = k.id ORDER BY day DESC LIMIT 1) AS problems,
         u.again, u."left"
       FROM cost_clusters k LEFT JOIN cost_ingest_state s ON s.cluster_id = k.id
       CROSS JOIN LATERAL (
         SELECT ${UNFINISHED_COUNTS.sql} FROM cost_ingest_hours h WHERE h.cluster_id = k.id) u`,
      UNFINISHED_COUNTS.bindings(horizon),
    );
    return rows.map(
      (
        row: Record<string, Date | string | number | null> & {
          problems: SourceProblem[] | null;
          again: number;
          left: number;
        },
      ) => ({
        cluster: row.name,
        source: row.source ?? undefined,
        watermark: toIso(row.watermark),
        backfillFrom: toIso(row.backfill_from),
        backfillStart: toIso(row.backfill_start),
        backfillCursor: toIso(row.backfill_cursor),
        lastRunAt: toIso(row.last_run_at),
        downSince: toIso(row.down_since),
        lastError: row.last_error ?? undefined,
        queriesPerHour: row.queries_per_hour ?? undefined,
        firstHour: toIso(row.first_hour),
        lastHour: toIso(row.last_hour),
        problems: row.problems ?? [],
        unfinished: { again: row.again, left: row.left },
      }),
    );
  }

  /** Claims to workloads of every cluster that don't count. */
  async rivals(): Promise<FleetRivals> {
    return rivalsOfClusters(this.#knex);
  }

  /** Gaps since `from`, hours next to each other and of one reason as one. */
  async gaps(from: Date): Promise<FleetGaps> {
    const { rows }: { rows: GapRow[] } = await this.#knex.raw(
      `WITH gaps AS (
         SELECT k.name AS cluster, min(g.hour) AS start, max(g.hour) + interval '1 hour' AS end,
           count(*)::integer AS hours, g.reason
         FROM (
           SELECT cluster_id, hour, coalesce(reason, 'unknown') AS reason,
             hour - row_number() OVER (PARTITION BY cluster_id, reason ORDER BY hour) * interval '1 hour' AS island
           FROM cost_ingest_hours WHERE status <> 'complete' AND hour >= ?
         ) g JOIN cost_clusters k ON k.id = g.cluster_id
         GROUP BY k.name, g.reason, g.island
       ), ranked AS (
         SELECT *, row_number() OVER (ORDER BY start DESC, cluster, reason) AS rank,
           row_number() OVER (PARTITION BY cluster ORDER BY start DESC, reason) AS rank_in_cluster,
           count(*) OVER (PARTITION BY cluster)::integer AS total
         FROM gaps
       )
       SELECT cluster, start, "end", hours, reason, total, rank <= ? AS listed FROM ranked
       WHERE rank <= ? OR rank_in_cluster = 1 ORDER BY rank`,
      [from, MAX_GAPS, MAX_GAPS],
    );
    return {
      listed: rows
        .filter(({ listed }) => listed)
        .map(({ cluster, start, end, hours, reason }) => ({
          cluster,
          start: start.toISOString(),
          end: end.toISOString(),
          hours,
          reason,
        })),
      totals: new Map(rows.map(({ cluster, total }) => [cluster, total])),
    };
  }
}

interface GapRow {
  cluster: string;
  start: Date;
  end: Date;
  hours: number;
  reason: string;
  total: number;
  listed: boolean;
}
