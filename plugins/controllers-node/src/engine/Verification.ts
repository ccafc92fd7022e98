import { toIso } from '@headroom/node';
import { Said, sayActing } from '@headroom/common';
import { Knex } from 'knex';
import { ActuatorError, Sighting } from '../actuators';
import { HeldLease } from '../leases';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { Contests } from '../stores/Contests';
import { LedgerStore } from '../stores/LedgerStore';
import { toAction } from '../stores/rows';
import { Changes } from './Changes';
import { takenBack } from './judge';
import { toldOf } from './Outcomes';
import { Reach } from './Reach';
import { Reverts } from './Reverts';
import { AppliedAction, Verifier, VerifyResult } from './types';
import { Undoing } from './Undoing';

/** Asked about in one round; the others wait for the next. */
const MOST_SETTLED = 500;

export interface VerificationOptions {
  knex: Knex;
  actions: ActionStore;
  contests: Contests;
  ledger: LedgerStore;
  reach: Reach;
  reverts: Reverts;
  undoing: Undoing;
  changes: Changes;
}

/** Asks what became of what was done, after its settling time. */
export class Verification {
  readonly #options: VerificationOptions;

  static create(options: VerificationOptions) {
    return new Verification(options);
  }

  private constructor(options: VerificationOptions) {
    this.#options = options;
  }

  async verify(
    lease: HeldLease,
    verifier: Verifier,
    signal: AbortSignal,
  ): Promise<VerifyResult> {
    const { knex, actions, undoing } = this.#options;
    const result: VerifyResult = { verified: 0, undone: 0, notYet: 0 };
    const settled = await actions.settled(knex, MOST_SETTLED);
    const ages = await actions.ages(knex, settled);
    for (const record of settled) {
      signal.throwIfAborted();
      if (record.row.undo_of !== null) {
        await this.#isOver(lease, record);
        continue;
      }
      const overwritten = await actions.isOverwritten(knex, record.row.id);
      if (overwritten === 'yes') {
        await this.#isOver(lease, record);
        continue;
      }
      if (overwritten === 'perhaps') {
        // Neither compared nor over before it is known which of both is there.
        result.notYet += 1;
        continue;
      }
      if (await this.#isReverted(record, signal)) {
        result.undone += 1;
        continue;
      }
      const action = toApplied(record, ages.get(record.row.id) ?? 0);
      const verdict = await verifier(action, { signal });
      if (verdict.outcome === 'ok') {
        await this.#verified(lease, record, verdict.text);
        result.verified += 1;
      } else if (verdict.outcome === 'undo') {
        const begun = await undoing.begin(record.row.id, {
          by: `policy:${record.plan.policy_id}`,
          reason: verdict.reason,
          lease,
        });
        result[begun ? 'undone' : 'notYet'] += 1;
      } else {
        result.notYet += 1;
      }
    }
    return result;
  }

  /** What takes something back, or was set anew since, has nothing to be compared with. */
  async #isOver(lease: HeldLease, { row }: ActionRecord): Promise<void> {
    await lease.write(tx =>
      this.#options.actions.update(tx, row.id, ['done'], { state: 'verified' }),
    );
  }

  /** Whether others took it back while it settled; what can't be looked at isn't known to be. */
  async #isReverted(
    record: ActionRecord,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { reach, reverts } = this.#options;
    const { target, changes } = record.row.planned;
    if (target.type !== 'kubernetes') {
      return false;
    }
    let sighting: Sighting;
    try {
      sighting = await reach.look(record, signal);
    } catch (error) {
      if (error instanceof ActuatorError) {
        return false;
      }
      throw error;
    }
    const change = takenBack(changes, sighting);
    if (
      !change ||
      // Asked after the look: what we set since isn't taken for somebody else's.
      (await this.#options.actions.isOverwritten(
        this.#options.knex,
        record.row.id,
      )) !== 'no'
    ) {
      return false;
    }
    await reverts.notice([
      {
        actionId: record.row.id,
        manager: sighting.managers?.[changes.indexOf(change)] ?? 'somebody',
      },
    ]);
    return true;
  }

  async #verified(
    lease: HeldLease,
    record: ActionRecord,
    text: Said = sayActing('verified'),
  ): Promise<void> {
    const { actions, ledger, contests, changes } = this.#options;
    const { row, plan } = record;
    const isVerified = await lease.write(async tx => {
      const changed = await actions.update(tx, row.id, ['done'], {
        state: 'verified',
        remark: text,
      });
      if (changed) {
        await ledger.add(tx, {
          event: 'verified',
          actionId: row.id,
          token: lease.token,
          said: text,
        });
        await contests.stayed(tx, plan.policy_id, row.target_key);
      }
      return changed;
    });
    if (isVerified) {
      changes.tell(toldOf(record, 'verified'));
    }
  }
}

/** An applied action as callers are told of it. */
export function toApplied(
  { row, plan }: ActionRecord,
  ageSeconds: number,
): AppliedAction {
  return {
    ...toAction(row),
    planId: plan.id,
    controller: plan.controller,
    policyId: plan.policy_id,
    policyTitle: plan.policy_title,
    begunAt: toIso(row.intent_at ?? row.applied_at) ?? '',
    appliedAt: toIso(row.applied_at) ?? '',
    ageSeconds,
  };
}
