import { dayBounds } from '@headroom/common';
import {
  decodeDigest,
  encodeDigest,
  mergeDigests,
  UsageDigest,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { DigestRow, DigestStore } from '../DigestStore';
import { IngestStore } from '../IngestStore';
import { rollGpuDay } from './rollGpuDay';

/** @internal */
export interface UsageRollupOptions {
  knex: Knex;
  store: IngestStore;
  digests: DigestStore;
  /** IANA zone that calendar days are in. */
  timezone: string;
  /** Told of every step; tests stop the work there. */
  onStep?: (step: string) => void;
}

/** Hours fetched at a time: a few milliseconds of work. */
const FETCH_ROWS = 1000;
/** Container-days written at a time. */
const WRITE_ROWS = 250;

/**
 * Makes the digests of a day from those of its hours, and its GPU devices. As
 * with sums of money a day is replaced whole, in one transaction under the
 * cluster's lock. One container's hours are in memory at a time.
 */
export class UsageRollup {
  readonly #options: UsageRollupOptions;

  static create(options: UsageRollupOptions) {
    return new UsageRollup(options);
  }

  private constructor(options: UsageRollupOptions) {
    this.#options = options;
  }

  /** Makes the dirty days of a cluster, oldest first; only those that begin at `from` or later, when given. */
  async rollDirtyDays(
    clusterId: number,
    signal: AbortSignal,
    from?: Date,
  ): Promise<void> {
    const { knex, timezone } = this.#options;
    const { rows } = await knex.raw(
      'SELECT day::text FROM cost_dirty_usage WHERE cluster_id = ? ORDER BY day',
      [clusterId],
    );
    for (const { day } of rows as Array<{ day: string }>) {
      if (signal.aborted) {
        return;
      }
      if (!from || dayBounds(day, timezone).start >= from) {
        await this.rollDay(clusterId, day);
      }
    }
  }

  /** Replaces the digests and the GPU devices of one day. */
  async rollDay(clusterId: number, day: string): Promise<void> {
    const { knex, store, timezone } = this.#options;
    const bounds = dayBounds(day, timezone);
    await knex.transaction(async tx => {
      await store.lock(tx, clusterId);
      const dirty = await tx('cost_dirty_usage')
        .where({ cluster_id: clusterId, day })
        .first('generation');
      if (!dirty) {
        return; // another replica was faster
      }
      await this.#rollDigests(tx, clusterId, day, bounds);
      await rollGpuDay(tx, clusterId, day, bounds);
      this.#step('gpu-day-written');
      await tx('cost_dirty_usage')
        .where({ cluster_id: clusterId, day, generation: dirty.generation })
        .delete();
      this.#step('usage-day-written');
    });
    this.#step('usage-day-committed');
  }

  async #rollDigests(
    tx: Knex,
    clusterId: number,
    day: string,
    bounds: ReturnType<typeof dayBounds>,
  ): Promise<void> {
    const { digests } = this.#options;
    await digests.clear(tx, clusterId, day);
    this.#step('digests-cleared');
    const span = { start: bounds.start.toISOString(), hours: bounds.hours };
    let pending: DigestRow[] = [];
    const write = async () => {
      await digests.insert(tx, clusterId, day, pending);
      pending = [];
      this.#step('digests-written');
    };
    for await (const { containerId, hours } of byContainer(
      tx,
      clusterId,
      bounds,
    )) {
      const digest = mergeDigests(hours, span);
      pending.push({
        containerId,
        start: digest.start,
        data: encodeDigest(digest),
      });
      if (pending.length === WRITE_ROWS) {
        await write();
      }
    }
    if (pending.length > 0) {
      await write();
    }
  }

  #step(step: string) {
    this.#options.onStep?.(step);
  }
}

/** The hours of a day, container by container. */
async function* byContainer(
  tx: Knex,
  clusterId: number,
  { start, end }: { start: Date; end: Date },
): AsyncGenerator<{ containerId: number; hours: UsageDigest[] }> {
  await tx.raw(
    `DECLARE usage_of_day NO SCROLL CURSOR FOR
     SELECT container_id, data FROM cost_usage_hours
     WHERE cluster_id = ${Number(clusterId)}
       AND hour >= '${start.toISOString()}' AND hour < '${end.toISOString()}'
     ORDER BY container_id, hour`,
  );
  let containerId: number | undefined;
  let hours: UsageDigest[] = [];
  for (;;) {
    const { rows } = await tx.raw(`FETCH ${FETCH_ROWS} FROM usage_of_day`);
    for (const row of rows as Array<{ container_id: number; data: Buffer }>) {
      if (containerId !== undefined && row.container_id !== containerId) {
        yield { containerId, hours };
        hours = [];
      }
      containerId = row.container_id;
      hours.push(decodeDigest(row.data));
    }
    if (rows.length < FETCH_ROWS) {
      break;
    }
  }
  if (containerId !== undefined) {
    yield { containerId, hours };
  }
  await tx.raw('CLOSE usage_of_day');
}
