import { DIGEST_VERSION } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { bytesArray, integerArray, textArray } from '@headroom/node';

/** One container-day, to be stored. */
export interface DigestRow {
  containerId: number;
  /** Start of the digest, ISO 8601 UTC. */
  start: string;
  data: Uint8Array;
}

/** Digests of containers by calendar day. */
export class DigestStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new DigestStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
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
}
