import { integerArray, slices, textArray } from '@headroom/node';
import { Knex } from 'knex';

/** What is kept of a scope. */
export interface KeptScope {
  scope: string;
  /** First day of which it is kept. */
  readFrom: string;
  /** As `readParts` gives them, with commas between. */
  parts: string;
  /** Days from `olderBefore` on, as `packDays` writes them. */
  newestFirst: string;
  olderBefore: string;
  /** Days before it, in the same form; absent = they were not read, or stay as they are. */
  older?: string;
}

/** A day of a cluster that was summed again, or is gone. */
export interface ChangedDay {
  clusterId: number;
  day: string;
  /** Absent = there is none any more. */
  rolled?: string;
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

  /**
   * By key of the scope.
   *
   * @param asked - older days are read where one of them is asked for
   */
  async kept(
    asked: ReadonlyArray<{ scope: string; readFrom: string }>,
  ): Promise<Map<string, KeptScope>> {
    const { rows } = await this.#knex.raw(
      `SELECT scope, d.read_from::text AS "readFrom", parts, newest_first AS "newestFirst", older_before::text AS "olderBefore",
         CASE WHEN a.read_from < older_before THEN older END AS older
       FROM unnest(?::text[], ?::date[]) AS a (scope, read_from) JOIN cost_budget_days d USING (scope)`,
      [
        textArray(asked.map(({ scope }) => scope)),
        textArray(asked.map(({ readFrom }) => readFrom)),
      ],
    );
    return new Map(
      rows.map(({ older, ...row }: KeptScope & { older: string | null }) => [
        row.scope,
        { ...row, ...(older !== null && { older }) },
      ]),
    );
  }

  /** Older days of some scopes, by key of the scope. */
  async older(scopes: readonly string[]): Promise<Map<string, string>> {
    if (scopes.length === 0) {
      return new Map();
    }
    const { rows } = await this.#knex.raw(
      'SELECT scope, older FROM cost_budget_days WHERE scope = ANY (?::text[])',
      [textArray([...scopes])],
    );
    return new Map(
      rows.map(({ scope, older }: { scope: string; older: string }) => [
        scope,
        older,
      ]),
    );
  }

  /** Days since a day, of some clusters or of all, that are not what they were when what is kept was summed. */
  async changes(
    since: string,
    clusters?: readonly number[],
  ): Promise<ChangedDay[]> {
    const of = `WHERE day >= ?::date ${
      clusters ? 'AND cluster_id = ANY (?::integer[])' : ''
    }`;
    const bindings = clusters ? [since, integerArray([...clusters])] : [since];
    const { rows } = await this.#knex.raw(
      `SELECT cluster_id AS "clusterId", day::text, c.rolled::text
       FROM (SELECT cluster_id, day, rolled FROM cost_cluster_days ${of}) c
       FULL JOIN (SELECT cluster_id, day, rolled FROM cost_budget_read ${of}) r USING (cluster_id, day)
       WHERE c.rolled IS DISTINCT FROM r.rolled`,
      [...bindings, ...bindings],
    );
    return rows.map(
      ({ rolled, ...row }: ChangedDay & { rolled: string | null }) => ({
        ...row,
        ...(rolled !== null && { rolled }),
      }),
    );
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
    const isWhole = ({ older }: KeptScope) => older !== undefined;
    for await (const slice of slices(summed.filter(isWhole), AT_A_TIME)) {
      await knex.raw(
        `INSERT INTO cost_budget_days (scope, read_from, parts, newest_first, older_before, older)
         SELECT * FROM unnest(?::text[], ?::date[], ?::text[], ?::text[], ?::date[], ?::text[])
         ON CONFLICT (scope) DO UPDATE SET read_from = excluded.read_from, parts = excluded.parts,
           newest_first = excluded.newest_first, older_before = excluded.older_before, older = excluded.older`,
        [
          ...newestOf(slice),
          textArray(slice.map(({ olderBefore }) => olderBefore)),
          textArray(slice.map(({ older }) => older ?? '')),
        ],
      );
    }
    const newer = summed.filter(each => !isWhole(each));
    for await (const slice of slices(newer, AT_A_TIME)) {
      await knex.raw(
        `UPDATE cost_budget_days d SET read_from = k.read_from, parts = k.parts, newest_first = k.newest_first
         FROM unnest(?::text[], ?::date[], ?::text[], ?::text[]) AS k (scope, read_from, parts, newest_first)
         WHERE d.scope = k.scope`,
        newestOf(slice),
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

function newestOf(kept: readonly KeptScope[]): string[] {
  return [
    textArray(kept.map(({ scope }) => scope)),
    textArray(kept.map(({ readFrom }) => readFrom)),
    textArray(kept.map(({ parts }) => parts)),
    textArray(kept.map(({ newestFirst }) => newestFirst)),
  ];
}
