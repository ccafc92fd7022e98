import { sayActing } from '@headroom/common';
import { Knex } from 'knex';
import { GuardLimits } from '../guards/GuardLimits';
import { ActionStore } from '../stores/ActionStore';
import { Contests } from '../stores/Contests';
import { LedgerStore } from '../stores/LedgerStore';
import { isUuid } from '../stores/isUuid';
import { Changes } from './Changes';
import { toldOf } from './Outcomes';
import { EngineChange, RevertReport } from './types';

export interface RevertsOptions {
  knex: Knex;
  actions: ActionStore;
  contests: Contests;
  ledger: LedgerStore;
  limits: GuardLimits;
  changes: Changes;
}

/** Counts what others take back; what is taken back again and again is left alone. */
export class Reverts {
  readonly #options: RevertsOptions;

  static create(options: RevertsOptions) {
    return new Reverts(options);
  }

  private constructor(options: RevertsOptions) {
    this.#options = options;
  }

  async notice(reports: readonly RevertReport[]): Promise<void> {
    for (const report of reports) {
      const told = await this.#options.knex.transaction(tx =>
        this.#note(tx, report),
      );
      this.#options.changes.tell(...told);
    }
  }

  async #note(
    tx: Knex,
    { actionId, manager, mend }: RevertReport,
  ): Promise<EngineChange[]> {
    const { actions, contests, ledger, limits } = this.#options;
    const { withinSeconds, times } = limits.contested;
    const record = isUuid(actionId)
      ? await actions.locked(tx, actionId)
      : undefined;
    const said = sayActing('revertedBy', { manager });
    if (!record || !(await actions.undone(tx, actionId, 'reverted', said))) {
      // Reported by another replica already, or taken back by ourselves.
      return [];
    }
    const { row, plan } = record;
    const by = `manager:${manager}`;
    await ledger.add(tx, {
      event: 'undone',
      actionId,
      by,
      said,
      changes: row.planned.changes.map(({ path, before, after }) => ({
        path,
        before: after,
        after: before,
      })),
    });
    const told = [toldOf(record, 'undone')];
    const age = (await actions.ages(tx, [record])).get(row.id) ?? 0;
    if (age > withinSeconds || row.undo_of !== null) {
      return told;
    }
    const contest = await contests.count(
      tx,
      {
        policyId: plan.policy_id,
        targetKey: row.target_key,
        subject: row.subject,
        ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
        manager,
        ...(mend !== undefined && { mend }),
      },
      { times },
    );
    if (contest.reverts === times) {
      await ledger.add(tx, {
        event: 'contested',
        actionId,
        by,
        said: sayActing('contestedBy', { manager, times }),
      });
      told.push(toldOf(record, 'contested'));
    }
    return told;
  }
}
