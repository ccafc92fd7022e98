import { SourceProblem } from '@headroom/common';
import { Knex } from 'knex';
import { storedProblems } from './HourStore';
import { MICRO } from './measures';
import { Fence, slices, toNumber } from '@headroom/node';

/** How far a cluster has been read. */
export interface IngestState {
  source: string;
  /** First hour that was not read yet. */
  watermark?: Date;
  /** Target of the back-fill. */
  backfillFrom?: Date;
  /** Where the back-fill began: it works backwards from here. */
  backfillStart?: Date;
  /** Earliest hour it has done; equal to `backfillFrom` when finished. */
  backfillCursor?: Date;
  lastRunAt?: Date;
  downSince?: Date;
  lastError?: string;
  queriesPerHour?: number;
}

/** Why an hour is a gap. */
export interface MissingHour {
  hour: Date;
  source: string;
  /** Kebab-case: `no-data`, `empty-answer`, `source-down`, `source-error`, `no-nodes`. */
  reason: string;
  problems?: SourceProblem[];
}

/** How much an answer about an hour knew. */
export interface HourKnowledge {
  nodeHours: number;
  /** Node-hours whose price is known rather than assumed. */
  pricedNodeHours: number;
  containerHours: number;
  /** Container-hours in which usage is known; each resource counts for its part. */
  usageHours: number;
  /** Rows of workloads that request something. */
  requestingRows: number;
  storageByteHours: number;
  networkBytes: number;
}

/** An hour with rows. */
export interface StoredHour {
  /** Id of the source that told it. */
  source: string;
  /** What the answer knew; of an hour that was stored before this was recorded, only the node-hours. */
  known: Partial<HourKnowledge>;
  /** `partial`: its amounts are not all there; see `DEGRADING_PROBLEMS`. */
  status: 'complete' | 'partial';
  /** Hash of everything that is stored of the hour. */
  contentHash: string;
  problems: SourceProblem[];
}

const STATE_COLUMNS = {
  source: 'source',
  watermark: 'watermark',
  backfillFrom: 'backfill_from',
  backfillStart: 'backfill_start',
  backfillCursor: 'backfill_cursor',
  lastRunAt: 'last_run_at',
  downSince: 'down_since',
  lastError: 'last_error',
  queriesPerHour: 'queries_per_hour',
} as const satisfies Record<keyof Required<IngestState>, string>;

/** What has been ingested, what is missing, and which days need a new rollup. */
export class IngestStore {
  readonly #knex: Knex;
  readonly #fence: Fence | undefined;

  /** @param options.fence - of who writes in turns */
  static create(options: { knex: Knex; fence?: Fence }) {
    return new IngestStore(options);
  }

  private constructor({
    knex,
    fence,
  }: Parameters<typeof IngestStore.create>[0]) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /** Id of a cluster; made when it is new. */
  async clusterId(name: string): Promise<number> {
    const found = await this.#knex('cost_clusters').where({ name }).first('id');
    if (found) {
      return found.id;
    }
    await this.#knex('cost_clusters').insert({ name }).onConflict().ignore();
    const made = await this.#knex('cost_clusters').where({ name }).first('id');
    return made.id;
  }

  /**
   * Waits for the cluster's lock; it is held until the transaction ends.
   *
   * @throws OvertakenError when the turn is another's by now.
   */
  async lock(tx: Knex, clusterId: number): Promise<void> {
    await tx.raw(
      "SELECT pg_advisory_xact_lock(hashtext('headroom-cost-ingest'), ?)",
      [clusterId],
    );
    await this.#fence?.guard(tx);
  }

  async readState(clusterId: number): Promise<IngestState | undefined> {
    const row = await this.#knex('cost_ingest_state')
      .where({ cluster_id: clusterId })
      .first();
    if (!row) {
      return undefined;
    }
    return {
      source: row.source,
      watermark: row.watermark ?? undefined,
      backfillFrom: row.backfill_from ?? undefined,
      backfillStart: row.backfill_start ?? undefined,
      backfillCursor: row.backfill_cursor ?? undefined,
      lastRunAt: row.last_run_at ?? undefined,
      downSince: row.down_since ?? undefined,
      lastError: row.last_error ?? undefined,
      queriesPerHour: row.queries_per_hour ?? undefined,
    };
  }

  /** Sets the given fields under the cluster's lock; `null` clears one. */
  async changeState(
    clusterId: number,
    source: string,
    fields: Parameters<IngestStore['writeState']>[3],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await this.lock(tx, clusterId);
      await this.writeState(tx, clusterId, source, fields);
    });
  }

  /** The same in a transaction that has the lock. */
  async writeState(
    tx: Knex,
    clusterId: number,
    source: string,
    fields: Partial<{
      [Field in keyof IngestState]: IngestState[Field] | null;
    }>,
  ): Promise<void> {
    const columns = Object.fromEntries(
      Object.entries({ source, ...fields }).map(([field, value]) => [
        STATE_COLUMNS[field as keyof typeof STATE_COLUMNS],
        value,
      ]),
    );
    await tx('cost_ingest_state')
      .insert({ cluster_id: clusterId, source, ...columns })
      .onConflict('cluster_id')
      .merge(columns);
  }

  /** Moves the watermark forward, never back. */
  async advanceWatermark(
    tx: Knex,
    clusterId: number,
    source: string,
    to: Date,
  ): Promise<void> {
    await tx.raw(
      `INSERT INTO cost_ingest_state (cluster_id, source, watermark) VALUES (?, ?, ?)
       ON CONFLICT (cluster_id) DO UPDATE
       SET watermark = greatest(cost_ingest_state.watermark, excluded.watermark)`,
      [clusterId, source, to],
    );
  }

  /** What is stored of an hour; undefined when it is a gap. */
  async storedHour(
    tx: Knex,
    clusterId: number,
    hour: Date,
  ): Promise<StoredHour | undefined> {
    const row = await tx('cost_ingest_hours')
      .where({ cluster_id: clusterId, hour })
      .whereNot({ status: 'missing' })
      .first('status', 'source', 'content_hash', 'problems', 'known');
    return (
      row && {
        status: row.status,
        source: row.source,
        contentHash: row.content_hash,
        problems: row.problems,
        known: row.known ?? {
          nodeHours: await this.#nodeHours(tx, clusterId, hour),
        },
      }
    );
  }

  async #nodeHours(tx: Knex, clusterId: number, hour: Date): Promise<number> {
    const row = await tx('cost_node_hours')
      .where({ cluster_id: clusterId, hour })
      .sum({ sum: 'node_microhours' })
      .first();
    return toNumber(row?.sum ?? 0) / MICRO;
  }

  /**
   * Records that an hour is stored, whole or in part. Without `units` it is as
   * before whether those are known: what is stored of them stays, too.
   */
  async markStored(
    tx: Knex,
    clusterId: number,
    hour: StoredHour & {
      hour: Date;
      units?: readonly unknown[];
      at: Date;
    },
  ): Promise<void> {
    const row = {
      status: hour.status,
      source: hour.source,
      reason: hour.status === 'partial' ? 'partial' : null,
      problems: storedProblems(hour.problems),
      content_hash: hour.contentHash,
      known: JSON.stringify(hour.known),
      ingested_at: hour.at,
      ...(hour.units && { units_known: true }),
    };
    await tx('cost_ingest_hours')
      .insert({ cluster_id: clusterId, hour: hour.hour, ...row })
      .onConflict(['cluster_id', 'hour'])
      .merge(row);
  }

  /** Replaces the problems of an hour whose amounts stay. */
  async noteProblems(
    tx: Knex,
    clusterId: number,
    hour: Date,
    problems: SourceProblem[],
  ): Promise<void> {
    await tx('cost_ingest_hours')
      .where({ cluster_id: clusterId, hour })
      .update({ problems: storedProblems(problems) });
  }

  /**
   * Records gaps. An hour that is stored stays so: an answer that is gone now
   * does not undo one that was there.
   */
  async markMissing(
    tx: Knex,
    clusterId: number,
    hours: MissingHour[],
    at: Date,
  ): Promise<void> {
    for await (const slice of slices(hours, 500)) {
      await tx('cost_ingest_hours')
        .insert(
          slice.map(({ hour, source, reason, problems }) => ({
            cluster_id: clusterId,
            hour,
            status: 'missing',
            source,
            reason,
            problems: storedProblems(problems ?? []),
            ingested_at: at,
          })),
        )
        .onConflict(['cluster_id', 'hour'])
        .merge(['source', 'reason', 'problems', 'ingested_at'])
        .where('cost_ingest_hours.status', 'missing');
    }
  }

  /** Asks for a new rollup of days: of money, and of usage. */
  async markDirty(tx: Knex, clusterId: number, days: string[]): Promise<void> {
    for (const table of ['cost_dirty_days', 'cost_dirty_usage']) {
      for (const day of days) {
        await tx.raw(
          `INSERT INTO ${table} (cluster_id, day, generation) VALUES (?, ?, nextval('cost_dirty_generations'))
           ON CONFLICT (cluster_id, day) DO UPDATE SET generation = excluded.generation`,
          [clusterId, day],
        );
      }
    }
  }
}
