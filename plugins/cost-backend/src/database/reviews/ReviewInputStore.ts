import { eachDay } from '@headroom/common';
import { mapInTurns, toBigint } from '@headroom/node';
import { ReviewRowFacts } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { OWN } from '../amounts';
import { ComparedDays, keyOf, KIND } from './ComparedDays';

/** Two weeks next to each other, and the first day of those that a forecast stands on. */
export interface ReviewSpan {
  historyFrom: string;
  before: string;
  week: string;
  end: string;
}

/** How new what a review is made of is; absent = there is none of it. */
export interface ReviewFreshness {
  readAt?: Date;
  isDirty: boolean;
  adviceAt?: Date;
  anomaliesAt?: Date;
}

interface CourseRow {
  kind: string;
  entity_id: number | null;
  days: string[];
  micros: string[];
}

/** What reviews are made of. For the plugin's own work: it asks of everything; in a snapshot its answers agree. */
export class ReviewInputStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new ReviewInputStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * When anything of some time was last read, whether days of it have still to be summed,
   * and when the newest advice and the newest look for anomalies were begun.
   */
  async freshness(
    from: Date,
    to: Date,
    days: { start: string; end: string },
  ): Promise<ReviewFreshness> {
    const { rows } = await this.#knex.raw(
      `SELECT (SELECT max(ingested_at) FROM cost_ingest_hours WHERE hour >= ? AND hour < ?) AS read_at,
         EXISTS (SELECT 1 FROM cost_dirty_days WHERE day >= ?::date AND day < ?::date) AS dirty,
         (SELECT max(started_at) FROM cost_advice_runs WHERE finished_at IS NOT NULL) AS advice_at,
         (SELECT begun_at FROM cost_anomaly_looks) AS anomalies_at`,
      [from, to, days.start, days.end],
    );
    const [{ read_at, dirty, advice_at, anomalies_at }] = rows;
    return {
      isDirty: dirty,
      ...(read_at && { readAt: read_at }),
      ...(advice_at && { adviceAt: advice_at }),
      ...(anomalies_at && { anomaliesAt: anomalies_at }),
    };
  }

  /**
   * Rows of a review: five queries, however many services there are.
   *
   * @param adviceAt - the time at which advice counts; absent = it isn't asked for
   */
  async rows(
    span: ReviewSpan,
    days: readonly string[],
    adviceAt: Date | undefined,
  ): Promise<ReviewRowFacts[]> {
    const { before, week, end } = span;
    const compared = await ComparedDays.create({ knex: this.#knex }).rows({
      before: eachDay(before, week),
      after: eachDay(week, end),
    });
    const courses = await this.#days(span, days);
    const savings = adviceAt ? await this.#savings(adviceAt) : new Map();
    return mapInTurns(compared, ({ key, facts }) => {
      const saving = savings.get(key);
      return {
        ...facts,
        days: courses.get(key) ?? days.map(() => 0n),
        ...(saving !== undefined && { savingPerMonth: saving }),
      };
    });
  }

  async #days(
    { historyFrom, end }: ReviewSpan,
    days: readonly string[],
  ): Promise<Map<string, bigint[]>> {
    const { rows } = await this.#knex.raw(
      `WITH summed AS (
         SELECT ${KIND} AS kind, l.entity_id, d.day, sum(${OWN}) AS micros
         FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
         LEFT JOIN cost_links l ON l.container_id = d.container_id AND c.bucket <> 'idle'
         WHERE d.day >= ?::date AND d.day < ?::date GROUP BY 1, 2, 3
       )
       SELECT kind, entity_id, array_agg(day::text) AS days, array_agg(micros::text) AS micros
       FROM summed GROUP BY 1, 2`,
      [historyFrom, end],
    );
    const courses = await mapInTurns(rows, (row: CourseRow) => {
      const costs = new Map(
        row.days.map((day, i) => [day, BigInt(row.micros[i])]),
      );
      return [
        keyOf(row.kind, row.entity_id?.toString()),
        days.map(day => costs.get(day) ?? 0n),
      ] as const;
    });
    return new Map(courses);
  }

  /** What advice nobody decided against would save a month. */
  async #savings(at: Date): Promise<Map<string, bigint>> {
    const { rows } = await this.#knex.raw(
      `SELECT l.entity_id, sum(a.list_micros)::text AS micros
       FROM cost_advice a LEFT JOIN cost_links l ON l.container_id = a.container_id
       LEFT JOIN cost_advice_decisions x ON x.container_id = a.container_id AND x.fingerprint = a.fingerprint
         AND (x.until IS NULL OR x.until > ?::timestamptz)
       WHERE x.state IS NULL AND a.list_micros > 0 GROUP BY 1`,
      [at.toISOString()],
    );
    return new Map(
      rows.map((row: { entity_id: number | null; micros: string }) => [
        keyOf(
          row.entity_id === null ? 'unallocated' : 'service',
          row.entity_id?.toString(),
        ),
        toBigint(row.micros),
      ]),
    );
  }
}
