import { Veto } from '@headroom/common';
import { Knex } from 'knex';
import { askGuards } from '../guards/askGuards';
import { FactSource } from '../guards/facts';
import { GuardLimits } from '../guards/GuardLimits';
import { HeldLease } from '../leases';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { EngineFactStore } from '../stores/EngineFactStore';
import { Changes } from './Changes';
import {
  guardedOf,
  isApproved,
  pick,
  wishOf,
  withPartners,
} from './dueActions';
import { toldOf } from './Outcomes';
import { runFactsOf } from './wishes';

export interface GateOptions {
  knex: Knex;
  actions: ActionStore;
  engineFacts: EngineFactStore;
  facts: FactSource;
  limits: GuardLimits;
  changes: Changes;
}

/** What of the actions that are due may be done, as the guards have it right before. */
export class Gate {
  readonly #options: GateOptions;

  static create(options: GateOptions) {
    return new Gate(options);
  }

  private constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Asks all guards on fresh facts. */
  async pass(
    lease: HeldLease,
    due: readonly ActionRecord[],
    signal: AbortSignal,
  ): Promise<{ free: ActionRecord[]; vetoed: number }> {
    const { knex, facts, engineFacts, limits } = this.#options;
    const all = due.map(guardedOf);
    const world = await facts(all, { moment: 'applying', signal });
    const engine = await engineFacts.read(
      knex,
      due.map(({ row }) => row.target_key),
    );
    const picked = pick(due, { world, engine, limits });
    const wishes = picked.map(wishOf);
    const runs = runFactsOf(wishes, engine.takenToday);
    const asked = picked.map((record, index) => ({
      record,
      vetoes: askGuards({
        asked: wishes[index].asked,
        world,
        engine,
        limits,
        run: runs[index],
        plan: {
          expiresAt: record.plan.expires_at.toISOString(),
          approved: isApproved(record),
        },
      }),
    }));
    const held = withPartners(asked).filter(({ vetoes }) => vetoes.length > 0);
    const kept = new Set(held.map(({ record }) => record));
    const free = picked.filter(record => !kept.has(record));
    if (held.length > 0) {
      await this.#hold(lease, held);
    }
    return { free, vetoed: held.length };
  }

  async #hold(
    lease: HeldLease,
    held: ReadonlyArray<{ record: ActionRecord; vetoes: readonly Veto[] }>,
  ): Promise<void> {
    const { actions, changes } = this.#options;
    await lease.write(async tx => {
      for (const { record, vetoes } of held) {
        await actions.update(tx, record.row.id, ['approved', 'vetoed'], {
          state: 'vetoed',
          vetoes,
        });
      }
    });
    changes.tell(
      ...held
        .filter(({ record }) => record.row.state !== 'vetoed')
        .map(({ record }) => toldOf(record, 'vetoed')),
    );
  }
}
