import { DIGEST_VERSION } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { containersSql, Scope } from './scope';
import { bytesArray, integerArray, textArray } from './values';

/** Which digests are asked for; conditions that are absent don't restrict. */
export interface DigestWindow {
  /** First day, `YYYY-MM-DD`, in the zone of `headroom.timezone`. */
  start: string;
  /** The day after the last. */
  end: string;
  clusterId?: number;
  containerIds?: readonly number[];
  /** Whose; `everything` includes containers that belong to no service. */
  scope?: Scope;
}

/** The digests of one container, oldest first. */
export interface ContainerDigests {
  containerId: number;
  clusterId: number;
  /** `data` is for `decodeDigest`; days without a digest are left out. */
  days: Array<{ day: string; data: Uint8Array }>;
}

/** One container-day, to be stored. */
export interface DigestRow {
  containerId: number;
  /** Start of the digest, ISO 8601 UTC. */
  start: string;
  data: Uint8Array;
}

/** Rows a query brings at once: about two megabytes. */
const PAGE_ROWS = 2000;

/** Digests of containers by calendar day. */
export class DigestStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new DigestStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Containers with a digest in a window, by id, a page of rows in memory at a
   * time. Give a transaction to read all pages at one moment.
   */
  async *readWindow(
    window: DigestWindow,
    tx: Knex = this.#knex,
  ): AsyncGenerator<ContainerDigests> {
    let after: { containerId: number; day: string } | undefined;
    let current: ContainerDigests | undefined;
    for (;;) {
      const page = await this.#page(tx, window, after);
      for (const row of page) {
        if (current && current.containerId !== row.container_id) {
          yield current;
          current = undefined;
        }
        current ??= {
          containerId: row.container_id,
          clusterId: row.cluster_id,
          days: [],
        };
        current.days.push({ day: row.day, data: row.data });
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE_ROWS) {
        break;
      }
      after = { containerId: last.container_id, day: last.day };
    }
    if (current) {
      yield current;
    }
  }

  /** Stores digests of a day that has none of these containers. */
  async insert(
    tx: Knex,
    clusterId: number,
    day: string,
    rows: readonly DigestRow[],
  ): Promise<void> {
    await tx.raw(
      `INSERT INTO cost_digests (cluster_id, day, version, container_id, starts_at, data)
       SELECT ?::integer, ?::date, ?::smallint, d.*
       FROM unnest(?::integer[], ?::timestamptz[], ?::bytea[]) AS d`,
      [
        clusterId,
        day,
        DIGEST_VERSION,
        integerArray(rows.map(({ containerId }) => containerId)),
        textArray(rows.map(({ start }) => start)),
        bytesArray(rows.map(({ data }) => data)),
      ],
    );
  }

  /** Deletes a day of a cluster. */
  async clear(tx: Knex, clusterId: number, day: string): Promise<void> {
    await tx('cost_digests').where({ cluster_id: clusterId, day }).delete();
  }

  /** Deletes days before `day`; @returns how many digests that were. */
  async deleteBefore(day: string): Promise<number> {
    return this.#knex('cost_digests').where('day', '<', day).delete();
  }

  async #page(
    tx: Knex,
    { start, end, clusterId, containerIds, scope }: DigestWindow,
    after: { containerId: number; day: string } | undefined,
  ) {
    const whose = containersSql(scope ?? { kind: 'everything' });
    const { rows } = await tx.raw(
      `SELECT d.container_id, d.cluster_id, d.day::text AS day, d.data FROM cost_digests d
       WHERE d.day >= ?::date AND d.day < ?::date
         AND (?::integer IS NULL OR d.cluster_id = ?::integer)
         AND (?::integer[] IS NULL OR d.container_id = ANY (?::integer[]))
         AND (d.container_id, d.day) > (?::integer, ?::date)
         AND ${whose.sql}
       ORDER BY d.container_id, d.day LIMIT ?`,
      [
        start,
        end,
        clusterId ?? null,
        clusterId ?? null,
        containerIds ? integerArray([...containerIds]) : null,
        containerIds ? integerArray([...containerIds]) : null,
        after?.containerId ?? 0,
        after?.day ?? '0001-01-01',
        ...whose.bindings,
        PAGE_ROWS,
      ],
    );
    return rows as Array<{
      container_id: number;
      cluster_id: number;
      day: string;
      data: Buffer;
    }>;
  }
}
