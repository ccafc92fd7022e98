import { integerArray, slices, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { MOVED, OWN } from './BudgetCostStore';
import { partsSql, ScopeQuestion } from './budgetParts';
import { DAY_NUMBER, ScopeDay, unpackDays } from './scopeDays';

/** A container of a scope, and the days on which it is that: `container cluster since until idle`. */
export type PartText = string;

/** What is kept of a scope. */
export interface KeptScope {
  scope: string;
  /** First day of which it is kept. */
  readFrom: string;
  /** {@link PartText}s with commas between. */
  parts: string;
  /** As `packDays` writes them. */
  days: string;
}

/** A day of a cluster that was summed again, or is gone. */
export interface ChangedDay {
  clusterId: number;
  day: string;
  /** Absent = there is none any more. */
  rolled?: string;
}

/** A part that is summed for the scope of a place, from a day on. */
export interface AskedPart {
  no: number;
  part: PartText;
  from: string;
}

/** Scopes written by one statement: some 2 MB. */
const AT_A_TIME = 500;

/** What scopes of budgets are made of and cost, as far as it is kept. Each method that reads is one query. */
export class BudgetDayStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new BudgetDayStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** In the order of scopes. */
  async parts(
    scopes: readonly ScopeQuestion[],
    timezone: string,
  ): Promise<PartText[][]> {
    const { sql, bindings } = partsSql(scopes, timezone);
    const { rows } = await this.#knex.raw(
      `${sql} SELECT no, string_agg(container_id || ' ' || cluster_id || ' ' || since || ' ' || to_day || ' ' || is_idle::integer, ','
         ORDER BY container_id, since) AS parts FROM parts GROUP BY no`,
      bindings,
    );
    const parts = scopes.map((): PartText[] => []);
    for (const row of rows) {
      parts[row.no - 1] = row.parts.split(',');
    }
    return parts;
  }

  async kept(): Promise<Map<string, KeptScope>> {
    const { rows } = await this.#knex.raw(
      'SELECT scope, read_from::text AS "readFrom", parts, days FROM cost_budget_days',
    );
    return new Map(rows.map((row: KeptScope) => [row.scope, row]));
  }

  /** Days since a day that are not what they were when what is kept was summed. */
  async changes(since: string): Promise<ChangedDay[]> {
    const { rows } = await this.#knex.raw(
      `SELECT cluster_id AS "clusterId", day::text, c.rolled::text
       FROM (SELECT cluster_id, day, rolled FROM cost_cluster_days WHERE day >= ?::date) c
       FULL JOIN (SELECT cluster_id, day, rolled FROM cost_budget_read WHERE day >= ?::date) r USING (cluster_id, day)
       WHERE c.rolled IS DISTINCT FROM r.rolled`,
      [since, since],
    );
    return rows.map(
      ({ rolled, ...row }: ChangedDay & { rolled: string | null }) => ({
        ...row,
        ...(rolled !== null && { rolled }),
      }),
    );
  }

  /** What parts cost, by place. @param days - these alone; absent = all */
  async sums(
    asked: readonly AskedPart[],
    days?: readonly string[],
  ): Promise<Map<number, ScopeDay[]>> {
    if (asked.length === 0 || days?.length === 0) {
      return new Map();
    }
    const parts = asked.map(({ no, part, from }) => {
      const [container, , since, until, idle] = part.split(' ');
      return {
        no,
        container: Number(container),
        // `-infinity` is before all days.
        from: since > from && since !== '-infinity' ? since : from,
        until,
        idle: idle === '1' ? 'true' : 'false',
      };
    });
    const { rows } = await this.#knex.raw(
      `WITH sums AS (
         SELECT p.no, ${DAY_NUMBER} AS day, coalesce(sum(${OWN}) FILTER (WHERE NOT p.is_idle), 0) AS own, sum(${OWN} + ${MOVED}) AS shared
         FROM unnest(?::integer[], ?::integer[], ?::date[], ?::date[], ?::boolean[]) AS p (no, container_id, from_day, to_day, is_idle)
         JOIN cost_days d ON d.container_id = p.container_id AND d.day >= p.from_day AND d.day < p.to_day ${
           days ? 'AND d.day = ANY (?::date[])' : ''
         }
         GROUP BY 1, 2
       ) SELECT no, string_agg(day || ' ' || own || ' ' || shared, ',') AS days FROM sums GROUP BY no`,
      [
        integerArray(parts.map(({ no }) => no)),
        integerArray(parts.map(({ container }) => container)),
        textArray(parts.map(({ from }) => from)),
        textArray(parts.map(({ until }) => until)),
        textArray(parts.map(({ idle }) => idle)),
        ...(days ? [textArray([...days])] : []),
      ],
    );
    return new Map(
      rows.map(({ no, days: text }: { no: number; days: string }) => [
        no,
        unpackDays(text),
      ]),
    );
  }

  /** Names of clusters by their ids. */
  async clusterNames(): Promise<Map<number, string>> {
    const rows = await this.#knex('cost_clusters').select('id', 'name');
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /**
   * Keeps what was summed.
   *
   * @param scopes - those that are asked for: others are forgotten
   */
  async keep(
    summed: readonly KeptScope[],
    scopes: readonly string[],
    changes: readonly ChangedDay[],
  ): Promise<void> {
    const knex = this.#knex;
    await knex.raw(
      'DELETE FROM cost_budget_days WHERE scope <> ALL (?::text[])',
      [textArray([...scopes])],
    );
    for await (const slice of slices(summed, AT_A_TIME)) {
      await knex.raw(
        `INSERT INTO cost_budget_days (scope, read_from, parts, days)
         SELECT * FROM unnest(?::text[], ?::date[], ?::text[], ?::text[])
         ON CONFLICT (scope) DO UPDATE SET read_from = excluded.read_from, parts = excluded.parts, days = excluded.days`,
        [
          textArray(slice.map(({ scope }) => scope)),
          textArray(slice.map(({ readFrom }) => readFrom)),
          textArray(slice.map(({ parts }) => parts)),
          textArray(slice.map(({ days }) => days)),
        ],
      );
    }
    if (changes.length > 0) {
      await knex.raw(
        `WITH now AS (
           SELECT * FROM unnest(?::integer[], ?::date[], ?::uuid[]) AS n (cluster_id, day, rolled)
         ), gone AS (
           DELETE FROM cost_budget_read r USING now n WHERE n.rolled IS NULL AND r.cluster_id = n.cluster_id AND r.day = n.day
         ) INSERT INTO cost_budget_read (cluster_id, day, rolled)
         SELECT * FROM now WHERE rolled IS NOT NULL
         ON CONFLICT (cluster_id, day) DO UPDATE SET rolled = excluded.rolled`,
        [
          integerArray(changes.map(({ clusterId }) => clusterId)),
          textArray(changes.map(({ day }) => day)),
          textArray(changes.map(({ rolled }) => rolled ?? null)),
        ],
      );
    }
  }
}
