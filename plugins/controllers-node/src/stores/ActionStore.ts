import { ActionState, Json, Said, Veto } from '@headroom/common';
import { toIso } from '@headroom/node';
import { Knex } from 'knex';
import { ActionRow, DecisionRow, PlanRow } from './rows';

/** An action with its plan, for those who do it. */
export interface ActionRecord {
  row: ActionRow;
  plan: PlanRow;
  decision?: Omit<DecisionRow, 'at'>;
}

interface JoinedRow extends ActionRow {
  /** Times are text in JSON. */
  plan: Omit<
    PlanRow,
    'created_at' | 'expires_at' | 'closed_at' | 'planned_for'
  > &
    Record<'created_at' | 'expires_at' | 'planned_for', string> & {
      closed_at: string | null;
    };
  decision: Omit<DecisionRow, 'at'> | null;
}

/** What may keep an intent from being written, as it is at that moment. */
export interface IntentFacts {
  now: string;
  /** The action is in the state it was in, its plan is current and good, its approval holds. */
  isGood: boolean;
  /** Another write to the target has no outcome yet. */
  isBusy: boolean;
}

/** What is written with a change of an action's state. */
export interface ActionUpdate {
  state: ActionState;
  remark?: Said;
  /** The line that mends what the remark says. */
  mend?: string;
  vetoes?: readonly Veto[];
  /** Milliseconds before which it is not tried again. */
  waitMs?: number;
}

/** A later write that was made, and one of which nobody knows yet. */
const WRITTEN = 'o.applied_at > a.applied_at';
const UNKNOWN = `o.state IN ('intended', 'unresolved')`;

/** Reads and writes single actions for those who do them; in transactions of its callers. */
export class ActionStore {
  readonly #prefix: string;

  static create(options: { prefix: string }) {
    return new ActionStore(options);
  }

  private constructor({ prefix }: Parameters<typeof ActionStore.create>[0]) {
    this.#prefix = prefix;
  }

  /**
   * What is to be done now, what gives capacity first: approved, or vetoed when it was
   * asked last and approved otherwise.
   */
  async due(knex: Knex, most: number): Promise<ActionRecord[]> {
    return this.#find(
      knex,
      `(a.state = 'approved' OR (a.state = 'vetoed' AND p.mode <> 'observe'
          AND (p.mode = 'enforce' OR coalesce(d.decision = 'approved' AND d.hash = p.hash, false))))
        AND p.closed_at IS NULL AND p.expires_at > clock_timestamp()
        AND (a.not_before IS NULL OR a.not_before <= clock_timestamp())
       ORDER BY a.direction IN ('up', 'restore') DESC, p.sequence, a.position LIMIT ?`,
      [most],
    );
  }

  /** Intents without outcome. */
  async intended(knex: Knex): Promise<ActionRecord[]> {
    return this.#find(knex, "a.state = 'intended' ORDER BY a.intent_at", []);
  }

  /**
   * Writes that have settled; where there are more, those of clusters before pull
   * requests, which may wait for weeks, and another part of them each time.
   */
  async settled(knex: Knex, most: number): Promise<ActionRecord[]> {
    return this.#find(
      knex,
      `a.state = 'done' AND a.applied_at + (a.planned -> 'expected' ->> 'settleSeconds')::float8 * interval '1 second' <= clock_timestamp()
       ORDER BY a.planned -> 'target' ->> 'type' = 'repository', random() LIMIT ?`,
      [most],
    );
  }

  /** Writes of the last seconds that are in effect as far as is known. */
  async appliedWithin(knex: Knex, seconds: number): Promise<ActionRecord[]> {
    return this.#find(
      knex,
      `a.state IN ('done', 'verified') AND a.applied_at > clock_timestamp() - ? * interval '1 second'
         AND NOT ${this.#isOverwritten()}
       ORDER BY a.applied_at`,
      [seconds],
    );
  }

  /** What was refused in the last seconds. */
  async failedWithin(knex: Knex, seconds: number): Promise<ActionRecord[]> {
    return this.#find(
      knex,
      `a.state = 'failed' AND a.state_since > clock_timestamp() - ? * interval '1 second'
       ORDER BY a.state_since`,
      [seconds],
    );
  }

  /** One action, locked until the transaction ends. */
  async locked(tx: Knex, id: string): Promise<ActionRecord | undefined> {
    const [record] = await this.#find(tx, 'a.id = ? FOR UPDATE OF a', [id]);
    return record;
  }

  /** The other actions of its group that are in one of some states; by default what stands. */
  async partners(
    knex: Knex,
    { row, plan }: ActionRecord,
    states: readonly ActionState[] = ['done', 'verified'],
  ): Promise<ActionRecord[]> {
    const { group } = row.planned;
    return group === undefined
      ? []
      : this.#find(
          knex,
          `a.plan_id = ? AND a.id <> ? AND a.planned ->> 'group' = ? AND a.undo_of IS NULL
             AND a.state = ANY(?::text[]) ORDER BY a.position`,
          [plan.id, row.id, group, `{${states.join(',')}}`],
        );
  }

  /** Seconds since a record was applied, by the database's clock. */
  async ages(
    knex: Knex,
    records: readonly ActionRecord[],
  ): Promise<Map<string, number>> {
    const { rows } = await knex.raw<{ rows: Array<{ now: Date }> }>(
      'SELECT clock_timestamp() AS now',
    );
    const now = rows[0].now.getTime();
    return new Map(
      records.map(({ row }) => [
        row.id,
        row.applied_at ? (now - row.applied_at.getTime()) / 1000 : 0,
      ]),
    );
  }

  /** Fresh, with the action locked: what may keep its intent from being written. */
  async intentFacts(
    tx: Knex,
    { row }: ActionRecord,
    state: ActionState,
  ): Promise<IntentFacts> {
    const p = this.#prefix;
    const { rows } = await tx.raw<{
      rows: Array<{ now: Date; is_good: boolean; is_busy: boolean }>;
    }>(
      `SELECT clock_timestamp() AS now,
         a.state = ? AND p.closed_at IS NULL AND p.expires_at > clock_timestamp() AND (p.mode = 'enforce' OR (
           p.mode = 'propose' AND coalesce((SELECT decision = 'approved' AND hash = p.hash
             AND NOT (p.two_persons AND coalesce(by_ref = p.requested_by, false))
             FROM ${p}_decisions WHERE plan_id = p.id ORDER BY id DESC LIMIT 1), false))) AS is_good,
         EXISTS (SELECT 1 FROM ${p}_actions o WHERE o.target_key = a.target_key AND o.id <> a.id
           AND o.state IN ('intended', 'unresolved')) AS is_busy
       FROM ${p}_actions a JOIN ${p}_plans p ON p.id = a.plan_id WHERE a.id = ? FOR UPDATE OF a`,
      [state, row.id],
    );
    return {
      now: toIso(rows[0].now)!,
      isGood: rows[0].is_good,
      isBusy: rows[0].is_busy,
    };
  }

  async intend(
    tx: Knex,
    id: string,
    intent: { token: number; version: string; memory?: Json },
  ): Promise<void> {
    await tx.raw(
      `UPDATE ${
        this.#prefix
      }_actions SET state = 'intended', state_since = clock_timestamp(), remark = NULL, mend = NULL,
         vetoes = '[]', not_before = NULL, attempts = attempts + 1, intent_token = ?, intent_version = ?,
         intent_at = clock_timestamp(), memory = ?::jsonb
       WHERE id = ?`,
      [
        intent.token,
        intent.version,
        intent.memory === undefined ? null : JSON.stringify(intent.memory),
        id,
      ],
    );
  }

  /** Notes that a write was made: at the intent when it was found later. */
  async done(
    tx: Knex,
    id: string,
    effect: {
      token: number;
      version?: string;
      link?: string;
      remark?: Said;
      found: boolean;
    },
  ): Promise<void> {
    await tx.raw(
      `UPDATE ${
        this.#prefix
      }_actions SET state = 'done', state_since = clock_timestamp(), remark = ?::jsonb,
         applied_at = coalesce(CASE WHEN ? THEN intent_at END, clock_timestamp()),
         applied_token = ?, result_version = ?, link = ?
       WHERE id = ?`,
      [
        effect.remark ? JSON.stringify(effect.remark) : null,
        effect.found,
        effect.token,
        effect.version ?? null,
        effect.link ?? null,
        id,
      ],
    );
  }

  /**
   * @param from - states that it must be in
   * @returns whether it was.
   */
  async update(
    tx: Knex,
    id: string,
    from: readonly ActionState[],
    { state, remark, mend, vetoes, waitMs }: ActionUpdate,
  ): Promise<boolean> {
    const { rows } = await tx.raw(
      `UPDATE ${
        this.#prefix
      }_actions SET state = ?, remark = ?::jsonb, mend = ?, vetoes = coalesce(?::jsonb, vetoes),
         state_since = CASE WHEN state = ? THEN state_since ELSE clock_timestamp() END,
         not_before = clock_timestamp() + ?::float8 * interval '1 millisecond'
       WHERE id = ? AND state = ANY (?::text[]) RETURNING 1`,
      [
        state,
        remark ? JSON.stringify(remark) : null,
        mend ?? null,
        vetoes ? JSON.stringify(vetoes) : null,
        state,
        waitMs ?? null,
        id,
        `{${from.join(',')}}`,
      ],
    );
    return rows.length > 0;
  }

  /** What was in effect isn't any more. @returns whether it was. */
  async undone(
    tx: Knex,
    id: string,
    how: 'undo' | 'reverted',
    remark: Said,
  ): Promise<boolean> {
    const { rows } = await tx.raw(
      `UPDATE ${
        this.#prefix
      }_actions SET state = 'undone', undone_how = ?, remark = ?::jsonb,
         state_since = clock_timestamp()
       WHERE id = ? AND state IN ('done', 'verified') RETURNING 1`,
      [how, JSON.stringify(remark), id],
    );
    return rows.length > 0;
  }

  /** The actions that take another one back and aren't over. */
  async undoing(tx: Knex, id: string): Promise<string[]> {
    const { rows } = await tx.raw<{ rows: Array<{ id: string }> }>(
      `SELECT id FROM ${this.#prefix}_actions WHERE undo_of = ?
         AND state IN ('vetoed', 'approved', 'intended', 'unresolved', 'done', 'verified')`,
      [id],
    );
    return rows.map(row => row.id);
  }

  /**
   * Whether a later write of our own set, or may have set, one of the same fields:
   * `perhaps` while that write has no outcome yet.
   */
  async isOverwritten(
    knex: Knex,
    id: string,
  ): Promise<'yes' | 'perhaps' | 'no'> {
    const { rows } = await knex.raw(
      `SELECT ${this.#isOverwritten(
        WRITTEN,
      )} AS written, ${this.#isOverwritten()} AS any
       FROM ${this.#prefix}_actions a WHERE a.id = ?`,
      [id],
    );
    const [row] = rows;
    if (row?.written) {
      return 'yes';
    }
    return row?.any ? 'perhaps' : 'no';
  }

  #isOverwritten(by = `(${WRITTEN} OR ${UNKNOWN})`): string {
    return `EXISTS (SELECT 1 FROM ${this.#prefix}_actions o
      JOIN jsonb_array_elements(o.changes) x ON true JOIN jsonb_array_elements(a.changes) y ON x -> 'path' = y -> 'path'
      WHERE o.target_key = a.target_key AND o.id <> a.id AND ${by})`;
  }

  async #find(
    knex: Knex,
    where: string,
    bindings: Array<string | number>,
  ): Promise<ActionRecord[]> {
    const p = this.#prefix;
    const { rows } = await knex.raw<{ rows: JoinedRow[] }>(
      `SELECT a.*, to_jsonb(p) AS plan, to_jsonb(d) AS decision FROM ${p}_actions a JOIN ${p}_plans p ON p.id = a.plan_id
       LEFT JOIN LATERAL (SELECT * FROM ${p}_decisions WHERE plan_id = p.id ORDER BY id DESC LIMIT 1) d ON true
       WHERE ${where}`,
      bindings,
    );
    return rows.map(({ plan, decision, ...row }) => ({
      row,
      plan: {
        ...plan,
        planned_for: new Date(plan.planned_for),
        created_at: new Date(plan.created_at),
        expires_at: new Date(plan.expires_at),
        closed_at: plan.closed_at === null ? null : new Date(plan.closed_at),
      },
      ...(decision && { decision }),
    }));
  }
}
