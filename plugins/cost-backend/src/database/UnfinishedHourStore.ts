import { Knex } from 'knex';

/** Code of the problem of an hour whose unit metrics were asked for in vain. */
export const UNITS_UNAVAILABLE = 'units-unavailable';

/** Code of the problem of an hour whose service levels were asked for in vain. */
export const LEVELS_UNAVAILABLE = 'levels-unavailable';

/** Amounts of the hour (`h`) are missing or incomplete. */
const AMOUNTS_SQL = `h.status <> 'complete'`;
/** The hour's unit metrics were asked for, and no source answered. */
const UNITS_SQL = `NOT h.units_known AND h.problems @> '[{"code": "${UNITS_UNAVAILABLE}"}]'`;
/** The hour's service levels were asked for, and no source answered. */
const LEVELS_SQL = `h.problems @> '[{"code": "${LEVELS_UNAVAILABLE}"}]'`;
const UNFINISHED_SQL = `(${AMOUNTS_SQL} OR ${UNITS_SQL} OR ${LEVELS_SQL})`;

/** An hour is tried a quarter of an hour after it was read, then after four times as long each time, a day at most. */
const NEXT_TRY_SQL = `coalesce(h.tried_at, h.ingested_at)
  + least(interval '1 day', interval '15 minutes' * power(4, least(h.tries, 5)))`;

/**
 * Counts of hours that are not all there, as columns of a query that has the
 * hours as `h`. The parameter is the horizon: what is older is not read again.
 */
export const UNFINISHED_COUNTS = {
  sql: `count(*) FILTER (WHERE ${UNFINISHED_SQL} AND h.hour >= ?)::integer AS again,
    count(*) FILTER (WHERE ${UNFINISHED_SQL} AND h.hour < ?)::integer AS "left"`,
  bindings: (horizon: Date) => [horizon, horizon],
};

/**
 * Hours that are missing, known in part, or without their unit metrics or service levels: work
 * that is to be done until it succeeds, or is too old.
 */
export class UnfinishedHourStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new UnfinishedHourStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Unfinished hours from `from` up to, not including, `until` whose next try is due, newest first. */
  async due(
    clusterId: number,
    span: { from: Date; until: Date; now: Date; limit: number },
  ): Promise<Date[]> {
    const { rows } = await this.#knex.raw(
      `SELECT h.hour FROM cost_ingest_hours h
       WHERE h.cluster_id = ? AND h.hour >= ? AND h.hour < ? AND ${UNFINISHED_SQL} AND ${NEXT_TRY_SQL} <= ?
       ORDER BY h.hour DESC LIMIT ?`,
      [clusterId, span.from, span.until, span.now, span.limit],
    );
    return rows.map(({ hour }: { hour: Date }) => hour);
  }

  /** Records that hours were read again, whatever came of it. */
  async tried(
    clusterId: number,
    { start, end, at }: { start: Date; end: Date; at: Date },
  ): Promise<void> {
    await this.#knex.raw(
      `UPDATE cost_ingest_hours SET tries = least(tries + 1, 100), tried_at = ?
       WHERE cluster_id = ? AND hour >= ? AND hour < ?`,
      [at, clusterId, start, end],
    );
  }
}
