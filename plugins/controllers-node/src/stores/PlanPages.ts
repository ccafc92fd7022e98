import { StoredPlan } from '@headroom/common';
import { SqlFragment, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { isUuid } from './isUuid';
import { Page, PageScope, PlanQuery } from './pages';
import {
  addTarget,
  afterOf,
  Conditions,
  containing,
  inScope,
  limitOf,
} from './pageSql';
import { groupBy } from './groupBy';
import { ActionRow, DecisionRow, PlanRow, toPlan } from './rows';

/** States of actions that a state of {@link PlanQuery} means. */
const STATES = {
  waiting: "'waiting'",
  open: "'planned', 'vetoed', 'waiting', 'approved', 'intended', 'done', 'unresolved'",
  unresolved: "'unresolved'",
};

/** Numbers of plans and actions, for a page's head. @public */
export interface PlanCounts {
  /** Plans that wait for an approval. */
  waiting: number;
  /** Actions that nobody can tell of. */
  unresolved: number;
}

/** Reads plans, newest first, with the actions that the reader may see. @public */
export class PlanPages {
  readonly #knex: Knex;
  readonly #prefix: string;

  /** @internal */
  static create(options: { knex: Knex; prefix: string }): PlanPages {
    return new PlanPages(options);
  }

  private constructor({
    knex,
    prefix,
  }: Parameters<typeof PlanPages.create>[0]) {
    this.#knex = knex;
    this.#prefix = prefix;
  }

  /** @throws InputError when the cursor is of no page. */
  async list(query: PlanQuery): Promise<Page<StoredPlan>> {
    const p = this.#prefix;
    const { sql, bindings } = this.#where(query);
    const limit = limitOf(query);
    const after = afterOf(query);
    const [{ rows }, counted] = await Promise.all([
      this.#knex.raw<{ rows: PlanRow[] }>(
        `SELECT p.* FROM ${p}_plans p WHERE ${sql} AND ${
          after === undefined ? 'true' : 'p.sequence < ?'
        } ORDER BY p.sequence DESC LIMIT ?`,
        [...bindings, ...(after === undefined ? [] : [after]), limit + 1],
      ),
      this.#knex.raw<{ rows: Array<{ count: string }> }>(
        `SELECT count(*) FROM ${p}_plans p WHERE ${sql}`,
        bindings,
      ),
    ]);
    const page = rows.slice(0, limit);
    return {
      rows: await this.#withActions(page, query),
      total: Number(counted.rows[0].count),
      ...(rows.length > limit && { cursor: page[page.length - 1].sequence }),
    };
  }

  /** Undefined when there is none, or none that may be seen. */
  async get(
    id: string,
    scope: PageScope = {},
  ): Promise<StoredPlan | undefined> {
    return this.#one({ id }, scope);
  }

  /** What the policies of plans were called when they were made, by the plan's id. */
  async policyTitles(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#knex.raw<{
      rows: Array<{ id: string; policy_title: string }>;
    }>(
      `SELECT id, policy_title FROM ${
        this.#prefix
      }_plans WHERE id = ANY (?::uuid[])`,
      [`{${ids.filter(isUuid).join(',')}}`],
    );
    return new Map(rows.map(row => [row.id, row.policy_title]));
  }

  /** The plan of an action, as {@link PlanPages.get}. */
  async ofAction(
    actionId: string,
    scope: PageScope = {},
  ): Promise<StoredPlan | undefined> {
    const row = isUuid(actionId)
      ? await this.#knex(`${this.#prefix}_actions`)
          .where({ id: actionId })
          .first('plan_id')
      : undefined;
    return row && this.#one({ id: row.plan_id }, scope);
  }

  /** Whether every action of a plan is on an entity of the scope. */
  async isCovered(
    id: string,
    scope: SqlFragment | undefined,
  ): Promise<boolean> {
    if (!scope) {
      return true;
    }
    const { sql, bindings } = inScope(this.#prefix, 'a.entity_ref', scope);
    const { rows } = await this.#knex.raw(
      `SELECT 1 FROM ${
        this.#prefix
      }_actions a WHERE a.plan_id = ? AND NOT ${sql} LIMIT 1`,
      [id, ...bindings],
    );
    return rows.length === 0;
  }

  /** `coveredBy`, `approver`: counts only waiting plans that they may decide on */
  async counts({
    scope,
    coveredBy,
    approver,
  }: PageScope &
    Pick<PlanQuery, 'coveredBy' | 'approver'> = {}): Promise<PlanCounts> {
    const p = this.#prefix;
    const waiting = this.#where({
      scope,
      coveredBy,
      approver,
      state: 'waiting',
    });
    const seen = scope && inScope(p, 'a.entity_ref', scope);
    const [plans, actions] = await Promise.all([
      this.#knex.raw<{ rows: Array<{ count: string }> }>(
        `SELECT count(*) FROM ${p}_plans p WHERE ${waiting.sql}`,
        waiting.bindings,
      ),
      this.#knex.raw<{ rows: Array<{ count: string }> }>(
        `SELECT count(*) FROM ${p}_actions a WHERE a.state = 'unresolved' AND ${
          seen?.sql ?? 'true'
        }`,
        seen?.bindings ?? [],
      ),
    ]);
    return {
      waiting: Number(plans.rows[0].count),
      unresolved: Number(actions.rows[0].count),
    };
  }

  async #one(
    { id }: { id: string },
    scope: PageScope,
  ): Promise<StoredPlan | undefined> {
    if (!isUuid(id)) {
      return undefined;
    }
    const row: PlanRow | undefined = await this.#knex(`${this.#prefix}_plans`)
      .where({ id })
      .first();
    const [plan] = row ? await this.#withActions([row], scope) : [];
    return plan && (plan.actions.length > 0 || !scope.scope) ? plan : undefined;
  }

  #where({
    scope,
    coveredBy,
    approver,
    state,
    controller,
    policyId,
    text,
    ...target
  }: PlanQuery): Conditions {
    const p = this.#prefix;
    // One action has it all: it is seen, and it is what is asked for.
    const action = new Conditions().add('a.plan_id = p.id');
    addTarget(action, 'a', target);
    if (scope) {
      const seen = inScope(p, 'a.entity_ref', scope);
      action.add(seen.sql, ...seen.bindings);
    }
    if (state) {
      action.add(`a.state IN (${STATES[state]})`);
    }
    if (text !== undefined) {
      const pattern = containing(text);
      action.add(
        'a.subject ILIKE ? OR p.policy_title ILIKE ?',
        pattern,
        pattern,
      );
    }
    const plan = new Conditions();
    plan.add(
      state
        ? // From the few that are in this state, not from all plans there were.
          `p.id IN (SELECT a.plan_id FROM ${p}_actions a WHERE ${action.sql})`
        : `EXISTS (SELECT 1 FROM ${p}_actions a WHERE ${action.sql})`,
      ...action.bindings,
    );
    if (coveredBy) {
      const covered = inScope(p, 'a.entity_ref', coveredBy);
      plan.add(
        `NOT EXISTS (SELECT 1 FROM ${p}_actions a WHERE a.plan_id = p.id AND NOT ${covered.sql})`,
        ...covered.bindings,
      );
    }
    if (approver !== undefined) {
      plan.add(
        'NOT (p.two_persons AND coalesce(p.requested_by = ?, false))',
        approver,
      );
    }
    if (controller !== undefined) {
      plan.add('p.controller = ?', controller);
    }
    if (policyId !== undefined) {
      plan.add('p.policy_id = ?', policyId);
    }
    return plan;
  }

  async #withActions(
    plans: readonly PlanRow[],
    { scope }: PageScope,
  ): Promise<StoredPlan[]> {
    if (plans.length === 0) {
      return [];
    }
    const p = this.#prefix;
    const ids = textArray(plans.map(({ id }) => id));
    const seen = scope && inScope(p, 'a.entity_ref', scope);
    const [actions, decisions] = await Promise.all([
      this.#knex.raw<{ rows: Array<ActionRow & { is_seen: boolean }> }>(
        `SELECT a.*, ${seen?.sql ?? 'true'} AS is_seen FROM ${p}_actions a
         WHERE a.plan_id = ANY (?::uuid[]) ORDER BY a.plan_id, a.position`,
        [...(seen?.bindings ?? []), ids],
      ),
      this.#knex.raw<{ rows: DecisionRow[] }>(
        `SELECT DISTINCT ON (plan_id) * FROM ${p}_decisions
         WHERE plan_id = ANY (?::uuid[]) ORDER BY plan_id, id DESC`,
        [ids],
      ),
    ]);
    const decided = new Map(decisions.rows.map(row => [row.plan_id, row]));
    const byPlan = groupBy(actions.rows, row => row.plan_id);
    return plans.map(plan => {
      const all = byPlan.get(plan.id) ?? [];
      const shown = all.filter(row => row.is_seen);
      return {
        ...toPlan(plan, shown, decided.get(plan.id)),
        ...(shown.length < all.length && {
          hiddenActions: all.length - shown.length,
        }),
      };
    });
  }
}
