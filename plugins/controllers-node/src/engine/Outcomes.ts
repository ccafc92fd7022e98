import { FieldChange, Said, sayActing, saidPart } from '@headroom/common';
import { Knex } from 'knex';
import { Effect } from '../actuators';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { LedgerStore } from '../stores/LedgerStore';
import { EngineChange } from './types';

/** Writes what became of actions: state and line of the ledger in one transaction. */
export class Outcomes {
  readonly #actions: ActionStore;
  readonly #ledger: LedgerStore;

  static create(options: { actions: ActionStore; ledger: LedgerStore }) {
    return new Outcomes(options);
  }

  private constructor({
    actions,
    ledger,
  }: Parameters<typeof Outcomes.create>[0]) {
    this.#actions = actions;
    this.#ledger = ledger;
  }

  /** `found`: by looking, later. */
  async done(
    tx: Knex,
    record: ActionRecord,
    effect: Effect,
    { token, found, said }: { token: number; found: boolean; said?: Said },
  ): Promise<EngineChange[]> {
    const { id } = record.row;
    await this.#actions.done(tx, id, { ...effect, token, found });
    await this.#ledger.add(tx, {
      event: 'applied',
      actionId: id,
      token,
      said: said ?? appliedText(effect, found),
    });
    return [
      toldOf(record, 'applied'),
      ...(await this.#endOf(tx, record, 'undoReason')),
    ];
  }

  /** It was refused, and nothing was changed. */
  async failed(
    tx: Knex,
    record: ActionRecord,
    { said, mend, token }: { said: Said; mend?: string; token: number },
  ): Promise<EngineChange[]> {
    const { id } = record.row;
    const changed = await this.#actions.update(
      tx,
      id,
      ['approved', 'vetoed', 'intended'],
      {
        state: 'failed',
        remark: said,
        mend,
      },
    );
    if (!changed) {
      return [];
    }
    await this.#ledger.add(tx, { event: 'refused', actionId: id, token, said });
    return [toldOf(record, 'refused')];
  }

  async unresolved(
    tx: Knex,
    record: ActionRecord,
    { said, token }: { said: Said; token: number },
  ): Promise<EngineChange[]> {
    const { id } = record.row;
    await this.#actions.update(tx, id, ['intended'], {
      state: 'unresolved',
      remark: said,
    });
    await this.#ledger.add(tx, {
      event: 'unresolved',
      actionId: id,
      token,
      said,
    });
    return [toldOf(record, 'unresolved')];
  }

  /** What it was planned on isn't there any more; of an undo: what it was to take back isn't. */
  async superseded(
    tx: Knex,
    record: ActionRecord,
    said: Said,
  ): Promise<EngineChange[]> {
    const changed = await this.#actions.update(
      tx,
      record.row.id,
      ['approved', 'vetoed', 'intended'],
      { state: 'superseded', remark: said },
    );
    return changed
      ? [
          toldOf(record, 'superseded'),
          ...(await this.#endOf(tx, record, 'undoneByOthers')),
        ]
      : [];
  }

  /** The action that an undo takes back is over. */
  async #endOf(
    tx: Knex,
    { row, plan }: ActionRecord,
    why: 'undoReason' | 'undoneByOthers',
  ): Promise<EngineChange[]> {
    if (row.undo_of === null) {
      return [];
    }
    const reason =
      why === 'undoneByOthers'
        ? sayActing('undoneByOthers')
        : row.planned.reason;
    const said = sayActing('undone', { reason: saidPart(reason) });
    const ended = await this.#actions.undone(tx, row.undo_of, 'undo', said);
    if (!ended) {
      return [];
    }
    await this.#ledger.add(tx, {
      event: 'undone',
      actionId: row.undo_of,
      by: plan.requested_by ?? undefined,
      changes: row.planned.changes.map(
        ({ path, before, after }): FieldChange => ({ path, before, after }),
      ),
      said,
    });
    return [
      {
        what: 'undone',
        actionId: row.undo_of,
        policyId: plan.policy_id,
        ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
      },
    ];
  }
}

/** A change of an action, for listeners. */
export function toldOf(
  { row, plan }: ActionRecord,
  what: EngineChange['what'],
): EngineChange {
  return {
    what,
    policyId: plan.policy_id,
    planId: plan.id,
    actionId: row.id,
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
  };
}

function appliedText({ remark }: Effect, found: boolean): Said {
  if (found) {
    return sayActing('appliedFound');
  }
  return remark
    ? sayActing('appliedRemark', { remark: saidPart(remark) })
    : sayActing('applied');
}
