import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ActionTarget,
  PlannedAction,
  Prerequisite,
  Said,
  sayActing,
  targetKey,
} from '@headroom/common';
import { Knex } from 'knex';
import { HeldLease } from '../leases';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { isUuid } from '../stores/isUuid';
import { PlanStore } from '../stores/PlanStore';
import { Changes } from './Changes';
import { actionHash, planHash } from './planHash';

/** An undo waits so long for what keeps it from being done. */
const VALID_SECONDS = 24 * 3600;

export interface UndoRequest {
  by: string;
  reason: Said;
  /** Absent when a person asks. */
  lease?: HeldLease;
}

/** Plans the taking back of actions: the same fields, from what was written to what was. */
export class Undoing {
  readonly #knex: Knex;
  readonly #actions: ActionStore;
  readonly #plans: PlanStore;
  readonly #changes: Changes;

  static create(options: {
    knex: Knex;
    actions: ActionStore;
    plans: PlanStore;
    changes: Changes;
  }) {
    return new Undoing(options);
  }

  private constructor({
    knex,
    actions,
    plans,
    changes,
  }: Parameters<typeof Undoing.create>[0]) {
    this.#knex = knex;
    this.#actions = actions;
    this.#plans = plans;
    this.#changes = changes;
  }

  /** @returns the id of the plan; undefined when it is being taken back already. */
  async begin(
    actionId: string,
    { by, reason, lease }: UndoRequest,
  ): Promise<string | undefined> {
    const work = async (tx: Knex) => {
      const record = isUuid(actionId)
        ? await this.#actions.locked(tx, actionId)
        : undefined;
      if (!record) {
        throw new NotFoundError(`There is no action ${actionId}`);
      }
      const { row } = record;
      if (row.state !== 'done' && row.state !== 'verified') {
        throw new ConflictError(
          `The action is ${row.state}; only what was done and stands can be taken back`,
        );
      }
      if (row.undo_of !== null) {
        throw new ConflictError(
          'The action took something back itself; its policy plans anew what is wanted',
        );
      }
      if ((await this.#actions.undoing(tx, actionId)).length > 0) {
        return undefined;
      }
      const together = [record];
      for (const partner of await this.#actions.partners(tx, record)) {
        const locked = await this.#actions.locked(tx, partner.row.id);
        const begun = await this.#actions.undoing(tx, partner.row.id);
        if (locked && begun.length === 0) {
          together.push(locked);
        }
      }
      return this.#plan(tx, together, { by, reason });
    };
    const planId = await (lease
      ? lease.write(work)
      : this.#knex.transaction(work));
    if (planId !== undefined) {
      this.#changes.tell({ what: 'planned', planId });
    }
    return planId;
  }

  async #plan(
    tx: Knex,
    records: readonly ActionRecord[],
    { by, reason }: { by: string; reason: Said },
  ): Promise<string> {
    const [{ row, plan }] = records;
    const of = { controller: plan.controller, policyId: plan.policy_id };
    const others = records.map(each => each.row.planned);
    const actions = records.map(each => ({
      planned: undoOf(each.row.id, each.row.planned, reason, others),
      undoOf: each.row.id,
    }));
    const [planId] = await this.#plans.insert(tx, [
      {
        draft: {
          ...of,
          policyTitle: plan.policy_title,
          mode: 'enforce',
          ...(plan.cluster !== '' && { cluster: plan.cluster }),
          requestedBy: by,
          twoPersons: false,
          at: plan.planned_for.toISOString(),
          validSeconds: VALID_SECONDS,
        },
        hash: planHash({ ...of, actions: actions.map(each => each.planned) }),
        undoOf: row.id,
        actions: actions.map(({ planned, undoOf: undone }) => ({
          planned,
          textHash: actionHash(of, planned),
          state: 'approved' as const,
          vetoes: [],
          undoOf: undone,
        })),
      },
    ]);
    return planId;
  }
}

/**
 * The action that takes another one back. Pure.
 *
 * @param together - what is taken back with it: in the opposite order, where what
 * comes first has pods that have to come
 */
export function undoOf(
  id: string,
  { target, subject, entityRef, changes, group }: PlannedAction,
  reason: Said,
  together: readonly PlannedAction[] = [],
): PlannedAction {
  const waitsFor = prerequisiteOf(target, together);
  return {
    key: `undo:${id}`,
    target,
    subject,
    ...(entityRef !== undefined && { entityRef }),
    ...(group !== undefined && { group }),
    ...(waitsFor && { waitsFor }),
    changes: changes.map(({ path, before, after }) => ({
      path,
      before: after,
      after: before,
    })),
    direction: 'restore',
    reason,
    evidence: [],
    expected: { text: sayActing('undoExpected'), settleSeconds: 0 },
    undo: sayActing('undoUndo'),
  };
}

/**
 * What went after a target is put back before it. What had to be rolled out first is
 * put back at once: nothing may keep what was harmed from getting back what it had.
 */
function prerequisiteOf(
  target: ActionTarget,
  together: readonly PlannedAction[],
): Prerequisite | undefined {
  const next = together.find(
    ({ waitsFor }) =>
      waitsFor && targetKey(waitsFor.target) === targetKey(target),
  );
  return next?.target.type === 'kubernetes' && !next.waitsFor?.rolledOut
    ? {
        target: next.target,
        fields: next.changes.map(({ path, before }) => ({
          path,
          value: before,
        })),
        rolledOut: true,
      }
    : undefined;
}
