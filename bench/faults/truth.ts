import { Knex } from 'knex';
import { AcceptedWrite } from './ApiProxy';

/** What came of runs. The last four are 0 where the engine keeps what it promises. */
export interface RunTruth {
  /** Writes of actions that the API server accepted. */
  actions: number;
  /** Writes of a wish beyond its first. */
  duplicated: number;
  /** Wishes that aren't so in the end, and writes that the ledger does not know. */
  lost: number;
  /** Writes under a token older than one that the object has seen, or of an action that was given up. */
  stale: number;
  /** Actions of which the engine can't tell what became. */
  unresolved: number;
}

interface ActionRow {
  id: string;
  key: string;
  state: string;
  lines: number;
}

/** Holds what the database says of a run against what the API server accepted. */
export async function truthOf({
  knex,
  prefix,
  run,
  accepted,
  values,
}: {
  knex: Knex;
  prefix: string;
  run: string;
  accepted: readonly AcceptedWrite[];
  /** Of each object what is wanted in the end, and what it is. */
  values: ReadonlyArray<{ wanted: number; is: number }>;
}): Promise<RunTruth> {
  const { rows } = await knex.raw<{ rows: ActionRow[] }>(
    `SELECT a.id, a.planned ->> 'key' AS key, a.state,
       (SELECT count(*)::int FROM ${prefix}_ledger l WHERE l.action_id = a.id AND l.event = 'applied') AS lines
     FROM ${prefix}_actions a JOIN ${prefix}_plans p ON p.id = a.plan_id WHERE p.controller = ?`,
    [run],
  );
  const actions = new Map(rows.map(row => [row.id, row]));
  const writes = accepted.flatMap(({ actionId }) => actionId ?? []);
  const keys = new Set(writes.map(id => actions.get(id)?.key));
  const wrote = new Map<string, number>();
  for (const id of writes) {
    wrote.set(id, (wrote.get(id) ?? 0) + 1);
  }
  const unlike = rows.filter(({ id, lines }) => (wrote.get(id) ?? 0) !== lines);
  // A write of an action that was given up came from whoever should have known.
  const givenUp = unlike.filter(
    ({ id, lines }) => lines === 0 && wrote.has(id),
  );
  return {
    actions: writes.length,
    duplicated: writes.length - keys.size,
    lost:
      values.filter(({ wanted, is }) => wanted !== is).length +
      unlike.length -
      givenUp.length,
    stale: givenUp.length + olderTokens(accepted),
    unresolved: rows.filter(({ state }) =>
      ['unresolved', 'intended'].includes(state),
    ).length,
  };
}

/** Writes to an object under a token older than one under which it was written to before. */
function olderTokens(accepted: readonly AcceptedWrite[]): number {
  const newest = new Map<string, number>();
  let older = 0;
  for (const { path, token } of accepted) {
    const before = newest.get(path) ?? 0;
    if (token < before) {
      older += 1;
    }
    newest.set(path, Math.max(before, token));
  }
  return older;
}

export const NOTHING: RunTruth = {
  actions: 0,
  duplicated: 0,
  lost: 0,
  stale: 0,
  unresolved: 0,
};

export function sum(a: RunTruth, b: RunTruth): RunTruth {
  return {
    actions: a.actions + b.actions,
    duplicated: a.duplicated + b.duplicated,
    lost: a.lost + b.lost,
    stale: a.stale + b.stale,
    unresolved: a.unresolved + b.unresolved,
  };
}

export function isClean({
  duplicated,
  lost,
  stale,
  unresolved,
}: RunTruth): boolean {
  return duplicated + lost + stale + unresolved === 0;
}
