import { randomUUID } from 'node:crypto';
import {
  ActionState,
  canonicalJson,
  PlanDraft,
  PlannedAction,
  Said,
  targetKey,
  Veto,
} from '@headroom/common';
import { slices, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { groupBy } from './groupBy';
import { ActionRow, DecisionRow, PlanRow } from './rows';

/** States of actions that nothing was done about yet: a later plan may end them. */
export const OPEN_STATES: readonly ActionState[] = [
  'planned',
  'vetoed',
  'waiting',
  'approved',
];
const OPEN_SQL = "('planned', 'vetoed', 'waiting', 'approved')";

/** A plan with all that belongs to it. */
export interface PlanRecord {
  plan: PlanRow;
  actions: ActionRow[];
  decision?: DecisionRow;
}

/** An action of a plan that is about to be stored. */
export interface NewAction {
  planned: PlannedAction;
  textHash: string;
  state: ActionState;
  vetoes: readonly Veto[];
  undoOf?: string;
}

/** A plan that is about to be stored. */
export interface NewPlan {
  draft: Omit<PlanDraft, 'actions'>;
  hash: string;
  undoOf?: string;
  actions: readonly NewAction[];
}

/** What changes of an action that is kept. */
export interface ActionRefresh {
  id: string;
  planned: PlannedAction;
  state: ActionState;
  vetoes: readonly Veto[];
}

/** Writes plans and reads them for the engine; always in a transaction of its caller. */
export class PlanStore {
  readonly #prefix: string;

  static create(options: { prefix: string }) {
    return new PlanStore(options);
  }

  private constructor({ prefix }: Parameters<typeof PlanStore.create>[0]) {
    this.#prefix = prefix;
  }

  /** Until the transaction ends nobody else plans for these controllers. */
  async lock(tx: Knex, controllers: Iterable<string>): Promise<void> {
    for (const controller of [...new Set(controllers)].sort()) {
      await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
        `${this.#prefix} plans ${controller}`,
      ]);
    }
  }

  /** The current plans of some policies. */
  async current(
    tx: Knex,
    controllers: readonly string[],
    policyIds: readonly string[],
  ): Promise<PlanRecord[]> {
    const { rows } = await tx.raw<{ rows: PlanRow[] }>(
      `SELECT * FROM ${
        this.#prefix
      }_plans WHERE closed_at IS NULL AND undo_of IS NULL
         AND controller = ANY (?::text[]) AND policy_id = ANY (?::text[])`,
      [textArray([...new Set(controllers)]), textArray([...policyIds])],
    );
    return this.#records(tx, rows);
  }

  /** Plans by their ids. */
  async byIds(tx: Knex, ids: readonly string[]): Promise<PlanRecord[]> {
    const { rows } = await tx.raw<{ rows: PlanRow[] }>(
      `SELECT * FROM ${this.#prefix}_plans WHERE id = ANY (?::uuid[])`,
      [textArray([...ids])],
    );
    return this.#records(tx, rows);
  }

  /** The same, locked until the transaction ends. */
  async locked(tx: Knex, id: string): Promise<PlanRecord | undefined> {
    const { rows } = await tx.raw<{ rows: PlanRow[] }>(
      `SELECT * FROM ${this.#prefix}_plans WHERE id = ? FOR UPDATE`,
      [id],
    );
    return (await this.#records(tx, rows))[0];
  }

  /**
   * Wishes that are not to be planned again now, by hash: what is being done and
   * settles, what was refused a moment ago, and what was taken back while its plan was
   * good.
   */
  async settledWishes(
    tx: Knex,
    hashes: readonly string[],
    retrySeconds: number,
  ): Promise<Set<string>> {
    const p = this.#prefix;
    const { rows } = await tx.raw<{ rows: Array<{ text_hash: string }> }>(
      `SELECT DISTINCT a.text_hash FROM ${p}_actions a JOIN ${p}_plans p ON p.id = a.plan_id
       WHERE a.text_hash = ANY (?::text[]) AND (a.state IN ('intended', 'unresolved', 'done')
         OR (a.state = 'failed' AND a.state_since > clock_timestamp() - ? * interval '1 second')
         OR (a.state = 'undone' AND a.undone_how = 'undo' AND p.expires_at > clock_timestamp()))`,
      [textArray([...new Set(hashes)]), retrySeconds],
    );
    return new Set(rows.map(row => row.text_hash));
  }

  /** Plans that nobody wants any more, and what of them was not begun. @returns ids of the actions. */
  async close(
    tx: Knex,
    planIds: readonly string[],
    state: 'superseded' | 'expired',
    remark: Said,
  ): Promise<
    Array<{ id: string; plan_id: string; entity_ref: string | null }>
  > {
    if (planIds.length === 0) {
      return [];
    }
    const ids = textArray([...planIds]);
    await tx.raw(
      `UPDATE ${this.#prefix}_plans SET closed_at = clock_timestamp()
       WHERE id = ANY (?::uuid[]) AND closed_at IS NULL`,
      [ids],
    );
    const { rows } = await tx.raw(
      `UPDATE ${
        this.#prefix
      }_actions SET state = ?, remark = ?::jsonb, state_since = clock_timestamp()
       WHERE plan_id = ANY (?::uuid[]) AND state IN ${OPEN_SQL}
       RETURNING id, plan_id, entity_ref`,
      [state, JSON.stringify(remark), ids],
    );
    return rows;
  }

  /** Ids of plans whose time is over while something of them was not begun. */
  async overdue(tx: Knex): Promise<string[]> {
    const { rows } = await tx.raw<{ rows: Array<{ id: string }> }>(
      `SELECT id FROM ${this.#prefix}_plans
       WHERE closed_at IS NULL AND expires_at <= clock_timestamp()`,
    );
    return rows.map(({ id }) => id);
  }

  /** @returns the ids of the plans, in their order. */
  async insert(tx: Knex, plans: readonly NewPlan[]): Promise<string[]> {
    const p = this.#prefix;
    const withIds = plans.map(plan => ({ ...plan, id: randomUUID() }));
    for await (const slice of slices(withIds)) {
      await tx.raw(
        `INSERT INTO ${p}_plans (id, controller, policy_id, policy_title, cluster, mode, requested_by,
           two_persons, planned_for, valid_seconds, hash, expires_at, undo_of)
         SELECT id, controller, policy_id, policy_title, cluster, mode, requested_by, two_persons,
           planned_for, valid_seconds, hash, clock_timestamp() + valid_seconds * interval '1 second', undo_of
         FROM jsonb_to_recordset(?::jsonb) AS n (id uuid, controller text, policy_id text, policy_title text,
           cluster text, mode text, requested_by text, two_persons boolean, planned_for timestamptz,
           valid_seconds integer, hash text, undo_of uuid)`,
        [
          JSON.stringify(
            slice.map(({ id, draft, hash, undoOf }) => ({
              id,
              controller: draft.controller,
              policy_id: draft.policyId,
              policy_title: draft.policyTitle,
              cluster: draft.cluster ?? '',
              mode: draft.mode,
              requested_by: draft.requestedBy,
              two_persons: draft.twoPersons,
              planned_for: draft.at,
              valid_seconds: draft.validSeconds,
              hash,
              undo_of: undoOf,
            })),
          ),
        ],
      );
    }
    const actions = withIds.flatMap(({ id, actions: its }) =>
      its.map((action, position) => toInsert(id, position, action)),
    );
    for await (const slice of slices(actions)) {
      await tx.raw(
        `INSERT INTO ${p}_actions (plan_id, position, planned, text_hash, target_key, cluster, namespace,
           subject, entity_ref, direction, changes, state, vetoes, undo_of)
         SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (plan_id uuid, position integer, planned jsonb,
           text_hash text, target_key text, cluster text, namespace text, subject text, entity_ref text,
           direction text, changes jsonb, state text, vetoes jsonb, undo_of uuid)`,
        [JSON.stringify(slice)],
      );
    }
    return withIds.map(({ id }) => id);
  }

  /** Writes what changed of actions that nobody began meanwhile. */
  async refresh(tx: Knex, refreshes: readonly ActionRefresh[]): Promise<void> {
    for await (const slice of slices(refreshes)) {
      await tx.raw(
        `UPDATE ${
          this.#prefix
        }_actions a SET planned = n.planned, vetoes = n.vetoes, remark = NULL,
           state_since = CASE WHEN a.state = n.state THEN a.state_since ELSE clock_timestamp() END,
           state = n.state
         FROM jsonb_to_recordset(?::jsonb) AS n (id uuid, planned jsonb, state text, vetoes jsonb)
         WHERE a.id = n.id AND a.state IN ${OPEN_SQL}`,
        [JSON.stringify(slice)],
      );
    }
  }

  async #records(tx: Knex, plans: readonly PlanRow[]): Promise<PlanRecord[]> {
    if (plans.length === 0) {
      return [];
    }
    const p = this.#prefix;
    const ids = textArray(plans.map(({ id }) => id));
    const actions = await tx.raw<{ rows: ActionRow[] }>(
      `SELECT * FROM ${p}_actions WHERE plan_id = ANY (?::uuid[]) ORDER BY plan_id, position`,
      [ids],
    );
    const decisions = await tx.raw<{ rows: DecisionRow[] }>(
      `SELECT DISTINCT ON (plan_id) * FROM ${p}_decisions
       WHERE plan_id = ANY (?::uuid[]) ORDER BY plan_id, id DESC`,
      [ids],
    );
    const byPlan = groupBy(actions.rows, row => row.plan_id);
    const decided = new Map(decisions.rows.map(row => [row.plan_id, row]));
    return plans.map(plan => ({
      plan,
      actions: byPlan.get(plan.id) ?? [],
      decision: decided.get(plan.id),
    }));
  }
}

/** Whether what is stored of an action says the same as what is to be. */
export function isFresh(row: ActionRow, refresh: ActionRefresh): boolean {
  return (
    row.state === refresh.state &&
    row.remark === null &&
    asText(row.vetoes) === asText(refresh.vetoes) &&
    asText(row.planned) === asText(refresh.planned)
  );
}

function asText(value: unknown): string {
  // What isn't said is absent in the database, too.
  return canonicalJson(JSON.parse(JSON.stringify(value)));
}

function toInsert(planId: string, position: number, action: NewAction) {
  const { target, subject, entityRef, direction, changes } = action.planned;
  const where =
    target.type === 'kubernetes'
      ? { cluster: target.cluster, namespace: target.namespace }
      : {};
  return {
    ...where,
    plan_id: planId,
    position,
    planned: action.planned,
    text_hash: action.textHash,
    target_key: targetKey(target),
    subject,
    entity_ref: entityRef,
    direction,
    changes,
    state: action.state,
    vetoes: action.vetoes,
    undo_of: action.undoOf,
  };
}
