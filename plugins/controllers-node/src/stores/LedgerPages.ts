import {
  ActionTarget,
  ExpectedEffect,
  FieldChange,
  LedgerEntry,
  LedgerEvent,
  Said,
} from '@headroom/common';
import { toIso } from '@headroom/node';
import { Knex } from 'knex';
import { Page, PageQuery } from './pages';
import {
  addTarget,
  afterOf,
  Conditions,
  containing,
  inScope,
  limitOf,
} from './pageSql';

interface LedgerRow {
  sequence: string;
  at: Date;
  event: LedgerEvent;
  action_id: string;
  plan_id: string;
  controller: string;
  policy_id: string;
  target: ActionTarget;
  subject: string;
  entity_ref: string | null;
  changes: FieldChange[];
  by_ref: string;
  approved_by: string | null;
  token: string | null;
  expected: ExpectedEffect | null;
  undo_of: string | null;
  said: Said;
}

/** Reads the ledger, newest line first. @public */
export class LedgerPages {
  readonly #knex: Knex;
  readonly #prefix: string;

  /** @internal */
  static create(options: { knex: Knex; prefix: string }): LedgerPages {
    return new LedgerPages(options);
  }

  private constructor({
    knex,
    prefix,
  }: Parameters<typeof LedgerPages.create>[0]) {
    this.#knex = knex;
    this.#prefix = prefix;
  }

  /** @throws InputError when the cursor is of no page. */
  async list(
    query: PageQuery & { events?: readonly LedgerEvent[] },
  ): Promise<Page<LedgerEntry>> {
    const table = `${this.#prefix}_ledger`;
    const { sql, bindings } = this.#where(query);
    const limit = limitOf(query);
    const after = afterOf(query);
    const [{ rows }, counted] = await Promise.all([
      this.#knex.raw<{ rows: LedgerRow[] }>(
        `SELECT * FROM ${table} l WHERE ${sql} AND ${
          after === undefined ? 'true' : 'l.sequence < ?'
        } ORDER BY l.sequence DESC LIMIT ?`,
        [...bindings, ...(after === undefined ? [] : [after]), limit + 1],
      ),
      this.#knex.raw<{ rows: Array<{ count: string }> }>(
        `SELECT count(*) FROM ${table} l WHERE ${sql}`,
        bindings,
      ),
    ]);
    const page = rows.slice(0, limit);
    return {
      rows: page.map(toEntry),
      total: Number(counted.rows[0].count),
      ...(rows.length > limit && { cursor: page[page.length - 1].sequence }),
    };
  }

  /**
   * All lines from an instant on, oldest first, some at a time.
   *
   * @param since - ISO 8601 UTC; absent = from the first
   */
  since(
    { since, ...query }: PageQuery & { since?: string },
    size?: number,
  ): AsyncGenerator<LedgerEntry[]> {
    const where = this.#where(query);
    if (since !== undefined) {
      where.add('l.at >= ?::timestamptz', since);
    }
    return this.#inTurn(where, 0, size);
  }

  /**
   * Lines that tell what holds, oldest first, some at a time: what was written, taken
   * back or taken over, and what was seen of pull requests. What savings are measured
   * from.
   *
   * @param after - the sequence of the last line that is known; 0 = none is
   */
  effects(after: number, size?: number): AsyncGenerator<LedgerEntry[]> {
    const where = new Conditions().add(
      `l.event IN ('applied', 'undone', 'contested')
        OR l.event = 'verified' AND l.target ->> 'type' = 'repository'`,
    );
    return this.#inTurn(where, after, size);
  }

  async *#inTurn(
    { sql, bindings }: Conditions,
    after: number,
    size = 500,
  ): AsyncGenerator<LedgerEntry[]> {
    let last = String(after);
    for (;;) {
      const { rows } = await this.#knex.raw<{ rows: LedgerRow[] }>(
        `SELECT * FROM ${this.#prefix}_ledger l
         WHERE ${sql} AND l.sequence > ? ORDER BY l.sequence LIMIT ?`,
        [...bindings, last, size],
      );
      if (rows.length === 0) {
        return;
      }
      last = rows[rows.length - 1].sequence;
      yield rows.map(toEntry);
    }
  }

  #where({
    scope,
    controller,
    policyId,
    text,
    events,
    ...query
  }: PageQuery & { events?: readonly LedgerEvent[] }) {
    const conditions = new Conditions();
    addTarget(conditions, 'l', query);
    if (scope) {
      const seen = inScope(this.#prefix, 'l.entity_ref', scope);
      conditions.add(seen.sql, ...seen.bindings);
    }
    if (controller !== undefined) {
      conditions.add('l.controller = ?', controller);
    }
    if (policyId !== undefined) {
      conditions.add('l.policy_id = ?', policyId);
    }
    if (text !== undefined) {
      conditions.add('l.subject ILIKE ?', containing(text));
    }
    if (events) {
      conditions.add('l.event = ANY (?::text[])', `{${events.join(',')}}`);
    }
    return conditions;
  }
}

function toEntry(row: LedgerRow): LedgerEntry {
  return {
    sequence: Number(row.sequence),
    at: toIso(row.at)!,
    event: row.event,
    actionId: row.action_id,
    planId: row.plan_id,
    controller: row.controller,
    policyId: row.policy_id,
    target: row.target,
    subject: row.subject,
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
    changes: row.changes,
    by: row.by_ref,
    ...(row.approved_by !== null && { approvedBy: row.approved_by }),
    ...(row.token !== null && { token: Number(row.token) }),
    ...(row.expected !== null && { expected: row.expected }),
    ...(row.undo_of !== null && { undoOf: row.undo_of }),
    text: row.said,
  };
}
