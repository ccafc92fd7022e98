import { Fence } from '@headroom/node';
import {
  AnomalyCause,
  AnomalyEnd,
  AnomalyShape,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { noteAnomalyEvents } from './alerts/AnomalyEventStore';

/** An incident as it is found. */
export interface FoundAnomaly {
  shape: AnomalyShape;
  kind: 'service' | 'team';
  entityRef: string;
  firstDay: string;
  lastDay: string;
  days: number;
  actual: bigint;
  /** Absent of what is too new. */
  expected?: bigint;
  score: number;
  /** Why it is over; absent = it is open. */
  end?: Extract<AnomalyEnd, 'over' | 'level' | 'overtaken'>;
  causes: AnomalyCause[];
}

/** An incident as it is stored. */
export interface StoredAnomaly {
  shape: AnomalyShape;
  entityRef: string;
  firstDay: string;
  lastDay: string;
  isOpen: boolean;
  end?: AnomalyEnd;
  /** The day after the last that somebody expects. */
  expectedUntil?: string;
}

const CHANGED = `(a.shape, a.last_day, a.days, a.actual_micros, a.expected_micros, a.score, a.causes, a.ended)
  IS DISTINCT FROM (excluded.shape, excluded.last_day, excluded.days, excluded.actual_micros, excluded.expected_micros,
    excluded.score, excluded.causes, excluded.ended)`;

const UPSERT = `
  INSERT INTO cost_anomalies AS a (shape, kind, entity_ref, first_day, last_day, days, actual_micros, expected_micros, score, causes,
    opened_at, changed_at, closed_at, ended)
  SELECT f.shape, f.kind, f."entityRef", f."firstDay", f."lastDay", f.days, f.actual, f.expected, f.score, f.causes,
    ?::timestamptz, ?::timestamptz, CASE WHEN f."end" IS NOT NULL THEN ?::timestamptz END, f."end"
  FROM jsonb_to_recordset(?::jsonb) AS f (shape text, kind text, "entityRef" text, "firstDay" date, "lastDay" date, days integer,
    actual bigint, expected bigint, score double precision, "end" text, causes jsonb)
  ON CONFLICT (entity_ref, first_day) DO UPDATE SET shape = excluded.shape, last_day = excluded.last_day, days = excluded.days,
    actual_micros = excluded.actual_micros, expected_micros = excluded.expected_micros, score = excluded.score,
    causes = excluded.causes, changed_at = excluded.changed_at, ended = excluded.ended,
    closed_at = CASE WHEN excluded.ended IS NULL THEN NULL ELSE coalesce(a.closed_at, excluded.closed_at) END
  WHERE a.expected_until IS NULL AND ${CHANGED}`;

/** Incidents, written by one turn at a time. */
export class AnomalyStore {
  readonly #knex: Knex;
  readonly #fence: Fence;

  static create(options: { knex: Knex; fence: Fence }) {
    return new AnomalyStore(options);
  }

  private constructor({ knex, fence }: { knex: Knex; fence: Fence }) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /** Those that are open, were odd or expected since the first day that is looked through. */
  async stored(first: string): Promise<StoredAnomaly[]> {
    const { rows } = await this.#knex.raw(
      `SELECT shape, entity_ref AS "entityRef", first_day::text AS "firstDay", last_day::text AS "lastDay",
         closed_at IS NULL AS "isOpen", ended AS end, expected_until::text AS "expectedUntil"
       FROM cost_anomalies WHERE closed_at IS NULL OR last_day >= ?::date OR expected_until >= ?::date
       ORDER BY entity_ref, first_day`,
      [first, first],
    );
    return rows.map(
      ({ end, expectedUntil, ...row }: Record<string, unknown>) => ({
        ...row,
        ...(end !== null && { end }),
        ...(expectedUntil !== null && { expectedUntil }),
      }),
    );
  }

  /**
   * Makes what is stored what was found: closes what is over or no longer found, and
   * writes the rest, and notes for people what began and what is over. `changed_at` moves
   * when anything of an incident does. What somebody expects stays as it is, whoever found
   * what meanwhile.
   *
   * @param at - when the look for them was begun
   */
  async write(
    found: readonly FoundAnomaly[],
    withdrawn: ReadonlyArray<{ entityRef: string; firstDay: string }>,
    at: Date,
  ): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await tx.raw(
        `UPDATE cost_anomalies a SET closed_at = ?, changed_at = ?, ended = 'restated'
         FROM jsonb_to_recordset(?::jsonb) AS w ("entityRef" text, "firstDay" date)
         WHERE a.entity_ref = w."entityRef" AND a.first_day = w."firstDay" AND a.closed_at IS NULL`,
        [at, at, JSON.stringify(withdrawn)],
      );
      // Closed ones first: a series has one open incident at a time.
      for (const over of [true, false]) {
        await tx.raw(UPSERT, [
          at,
          at,
          at,
          JSON.stringify(
            found.filter(each => (each.end !== undefined) === over).map(toJson),
          ),
        ]);
      }
      await noteAnomalyEvents(tx, at);
      await tx('cost_anomaly_looks')
        .insert({ begun_at: at })
        .onConflict('newest')
        .merge();
    });
  }
}

function toJson({ actual, expected, ...found }: FoundAnomaly) {
  return {
    ...found,
    actual: actual.toString(),
    expected: expected?.toString() ?? null,
  };
}
