import { toIso, SqlFragment } from '@headroom/node';
import {
  AnomalyCause,
  AnomalyEnd,
  AnomalyExpectation,
  AnomalyRow,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { entitiesSql, Scope } from './scope';

/** Incidents of a page. */
export const MOST_ANOMALIES = 200;

/** An incident without its sentence. */
export type AnomalyFacts = Omit<AnomalyRow, 'sentence'>;

/** Of an incident `a`, for {@link toRow}. */
export const ANOMALY_COLUMNS = `a.id, a.shape, a.kind, a.entity_ref, a.first_day::text, a.last_day::text, a.days, a.actual_micros::text,
  a.expected_micros::text, a.score, a.causes, a.opened_at, a.changed_at, a.closed_at, a.ended,
  a.expected_until::text, a.expected_reason, a.expected_by, a.expected_at`;

/** Incidents as far as one scope goes, and what people say of them. */
export class AnomalyReportStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new AnomalyReportStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /**
   * The open ones, and those of the days since, newest first.
   *
   * @param team - whose own incidents are told too: for a caller who may see all of its services
   */
  async list(since: string, team?: string): Promise<AnomalyFacts[]> {
    const within = this.#within(team);
    const { rows } = await this.#knex.raw(
      `SELECT ${ANOMALY_COLUMNS} FROM cost_anomalies a
       WHERE (${within.sql}) AND (a.closed_at IS NULL OR a.last_day >= ?::date)
       ORDER BY a.closed_at IS NOT NULL, a.first_day DESC, a.entity_ref LIMIT ${MOST_ANOMALIES}`,
      [...within.bindings, since],
    );
    return rows.map(toRow);
  }

  /**
   * Those with days in a span, `end` exclusive, the dearest first.
   *
   * @param most - null = all of them
   */
  async within(
    start: string,
    end: string,
    most: number | null = MOST_ANOMALIES,
  ): Promise<AnomalyFacts[]> {
    const within = this.#within();
    const { rows } = await this.#knex.raw(
      `SELECT ${ANOMALY_COLUMNS} FROM cost_anomalies a
       WHERE (${within.sql}) AND a.first_day < ?::date AND a.last_day >= ?::date
       ORDER BY a.actual_micros - coalesce(a.expected_micros, 0) DESC, a.entity_ref LIMIT ?::bigint`,
      [...within.bindings, end, start, most],
    );
    return rows.map(toRow);
  }

  /** Whose an incident is; undefined for what is not in the scope. */
  async find(
    id: number,
  ): Promise<{ kind: AnomalyFacts['kind']; entityRef: string } | undefined> {
    const within = this.#within();
    const { rows } = await this.#knex.raw(
      `SELECT a.kind, a.entity_ref AS "entityRef" FROM cost_anomalies a WHERE a.id = ? AND (${within.sql})`,
      [id, ...within.bindings],
    );
    return rows[0];
  }

  /** Says that an incident is expected, which ends it. @returns the incident; undefined unless the scope has it. */
  async expect(
    id: number,
    { until, reason, by, at }: AnomalyExpectation,
  ): Promise<AnomalyFacts | undefined> {
    const within = this.#within();
    const { rows } = await this.#knex.raw(
      `UPDATE cost_anomalies a SET expected_until = ?::date, expected_reason = ?, expected_by = ?, expected_at = ?::timestamptz,
         changed_at = ?::timestamptz, closed_at = coalesce(a.closed_at, ?::timestamptz), ended = coalesce(a.ended, 'expected')
       WHERE a.id = ? AND (${within.sql}) RETURNING ${ANOMALY_COLUMNS}`,
      [until, reason, by, at, at, at, id, ...within.bindings],
    );
    return rows[0] && toRow(rows[0]);
  }

  /** Takes that back; the next turn tells whether it is still odd. @returns whether there was anything. */
  async unexpect(id: number, at: Date): Promise<boolean> {
    const within = this.#within();
    const { rows } = await this.#knex.raw(
      `UPDATE cost_anomalies a SET expected_until = NULL, expected_reason = NULL, expected_by = NULL, expected_at = NULL, changed_at = ?
       WHERE a.id = ? AND a.expected_until IS NOT NULL AND (${within.sql}) RETURNING a.id`,
      [at, id, ...within.bindings],
    );
    return rows.length > 0;
  }

  /** Amounts of a team are of all its services: who sees some of everything sees none of them. */
  #within(team?: string): SqlFragment {
    if (this.#scope.isEverything) {
      return { sql: 'true', bindings: [] };
    }
    const entities = entitiesSql(this.#scope);
    const own =
      team === undefined
        ? { sql: 'false', bindings: [] }
        : { sql: `a.kind = 'team' AND a.entity_ref = ?`, bindings: [team] };
    return {
      sql: `a.kind = 'service' AND a.entity_ref IN (SELECT e.entity_ref FROM cost_entities e WHERE ${entities.sql})
        OR ${own.sql}`,
      bindings: [...entities.bindings, ...own.bindings],
    };
  }
}

/** An incident as the database has it. */
export interface StoredRow {
  id: number;
  shape: AnomalyFacts['shape'];
  kind: AnomalyFacts['kind'];
  entity_ref: string;
  first_day: string;
  last_day: string;
  days: number;
  actual_micros: string;
  expected_micros: string | null;
  score: number;
  causes: AnomalyCause[];
  opened_at: Date;
  changed_at: Date;
  closed_at: Date | null;
  ended: AnomalyEnd | null;
  expected_until: string | null;
  expected_reason: string;
  expected_by: string;
  expected_at: Date;
}

/** What the database has as an incident. */
export function toRow(row: StoredRow): AnomalyFacts {
  const expected = row.expected_micros;
  const excess = BigInt(row.actual_micros) - BigInt(expected ?? 0);
  const closedAt = toIso(row.closed_at);
  return {
    id: row.id,
    shape: row.shape,
    kind: row.kind,
    entityRef: row.entity_ref,
    firstDay: row.first_day,
    lastDay: row.last_day,
    days: row.days,
    actual: row.actual_micros,
    ...(expected !== null && { expected }),
    excess: excess.toString(),
    ...(expected !== null &&
      expected !== '0' && {
        percent: Math.round((Number(excess) / Number(expected)) * 100),
      }),
    score: row.score,
    causes: row.causes,
    openedAt: row.opened_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    ...(closedAt && { closedAt }),
    ...(row.ended && { end: row.ended }),
    ...(row.expected_until && {
      expectation: {
        until: row.expected_until,
        reason: row.expected_reason,
        by: row.expected_by,
        at: row.expected_at.toISOString(),
      },
    }),
  };
}
