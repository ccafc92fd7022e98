import { Said, sayActing, saidPart } from '@headroom/common';
import { Knex } from 'knex';
import { ActuatorError, Sighting } from '../actuators';
import { killSwitch } from '../guards/killSwitch';
import { HeldLease } from '../leases';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { EngineFactStore } from '../stores/EngineFactStore';
import { Changes } from './Changes';
import { judge } from './judge';
import { Outcomes } from './Outcomes';
import { PointListener, Reach } from './Reach';
import { EngineChange } from './types';

/** A target that moves while it is looked at is looked at so often. */
const MOST_LOOKS = 5;
/** What was never written in so many tries is given up. */
export const MOST_ATTEMPTS = 10;

/** What became of an intent: `open` = not known yet. */
export type Settlement = 'done' | 'notDone' | 'unresolved' | 'open';

/**
 * Tells by looking what became of an intent whose outcome isn't known, and sees to it
 * that what wasn't written can't be any more. Nothing is repeated here.
 */
export class Settler {
  readonly #actions: ActionStore;
  readonly #outcomes: Outcomes;
  readonly #reach: Reach;
  readonly #engineFacts: EngineFactStore;
  readonly #knex: Knex;
  readonly #changes: Changes;
  readonly #at: PointListener;

  static create(options: {
    knex: Knex;
    actions: ActionStore;
    outcomes: Outcomes;
    reach: Reach;
    engineFacts: EngineFactStore;
    changes: Changes;
    at: PointListener;
  }) {
    return new Settler(options);
  }

  private constructor(options: Parameters<typeof Settler.create>[0]) {
    this.#knex = options.knex;
    this.#actions = options.actions;
    this.#outcomes = options.outcomes;
    this.#reach = options.reach;
    this.#engineFacts = options.engineFacts;
    this.#changes = options.changes;
    this.#at = options.at;
  }

  /** @param record - as it is in the database: `intended` */
  async settle(
    lease: HeldLease,
    record: ActionRecord,
    signal: AbortSignal,
  ): Promise<Settlement> {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      signal.throwIfAborted();
      let sighting: Sighting;
      try {
        sighting = await this.#reach.look(record, signal);
      } catch (error) {
        return this.#unseen(lease, record, error);
      }
      await this.#at('looked');
      const finding = judge(
        {
          actionId: record.row.id,
          version: record.row.intent_version ?? '',
          changes: record.row.planned.changes,
        },
        sighting,
        this.#reach.oncePer(record),
      );
      switch (finding) {
        case 'done':
          await this.#conclude(lease, tx =>
            this.#outcomes.done(
              tx,
              record,
              { version: sighting.version },
              { token: lease.token, found: true },
            ),
          );
          return 'done';
        case 'notDone':
          return this.#notDone(lease, record);
        case 'unknown':
          return this.#unresolved(lease, record, sayActing('unknownOutcome'));
        default:
          if (await this.#isStopped(record)) {
            return this.#open(lease, record, sayActing('stoppedOpen'));
          }
          if (await this.#fenceOff(lease, record, sighting, signal)) {
            return this.#notDone(lease, record);
          }
      }
    }
    return this.#open(lease, record, sayActing('changedOften'));
  }

  /** @returns whether no write that was prepared before can succeed any more; if not, look again. */
  async #fenceOff(
    lease: HeldLease,
    record: ActionRecord,
    sighting: Sighting,
    signal: AbortSignal,
  ): Promise<boolean> {
    await this.#at('fencing');
    lease.assertTime();
    try {
      await this.#reach.fenceOff(record, sighting, {
        signal,
        token: lease.token,
        at: record.row.intent_at?.toISOString() ?? '',
      });
      await this.#at('fenced');
      return true;
    } catch (error) {
      if (!(error instanceof ActuatorError)) {
        throw error;
      }
      return false;
    }
  }

  /** A switch stops also what only keeps others from writing. */
  async #isStopped({ row, plan }: ActionRecord): Promise<boolean> {
    const engine = await this.#engineFacts.read(this.#knex, []);
    return (
      killSwitch({
        asked: {
          controller: plan.controller,
          policyId: plan.policy_id,
          mode: plan.mode,
          action: row.planned,
        },
        engine,
      }).length > 0
    );
  }

  /** It is done again if it is still wanted: by its plan, under its approval. */
  async #notDone(lease: HeldLease, record: ActionRecord): Promise<Settlement> {
    const { row, plan } = record;
    await this.#conclude(lease, async tx => {
      const fresh = await this.#actions.locked(tx, row.id);
      if (!fresh || fresh.row.state !== 'intended') {
        return [];
      }
      if (fresh.plan.closed_at !== null) {
        return this.#outcomes.superseded(tx, fresh, sayActing('superseded'));
      }
      if (this.#reach.oncePer(fresh) === 'action') {
        return this.#outcomes.failed(tx, fresh, {
          said: sayActing('fencedOff'),
          token: lease.token,
        });
      }
      if (fresh.row.attempts >= MOST_ATTEMPTS) {
        return this.#outcomes.failed(tx, fresh, {
          said: sayActing('tooManyAttempts', { count: fresh.row.attempts }),
          token: lease.token,
        });
      }
      await this.#actions.update(tx, row.id, ['intended'], {
        state:
          fresh.decision?.decision === 'rejected' ? 'rejected' : 'approved',
        remark: sayActing('notDone'),
      });
      return [{ what: 'waits', actionId: row.id, planId: plan.id }];
    });
    return 'notDone';
  }

  async #unseen(
    lease: HeldLease,
    record: ActionRecord,
    error: unknown,
  ): Promise<Settlement> {
    if (!(error instanceof ActuatorError)) {
      throw error;
    }
    return error.kind === 'gone'
      ? this.#unresolved(lease, record, sayActing('goneUnresolved'))
      : this.#open(
          lease,
          record,
          sayActing('unreachableOpen', { reason: saidPart(error.said) }),
        );
  }

  async #unresolved(
    lease: HeldLease,
    record: ActionRecord,
    said: Said,
  ): Promise<Settlement> {
    await this.#conclude(lease, tx =>
      this.#outcomes.unresolved(tx, record, { said, token: lease.token }),
    );
    return 'unresolved';
  }

  async #open(
    lease: HeldLease,
    { row }: ActionRecord,
    remark: Said,
  ): Promise<Settlement> {
    await lease.write(tx =>
      this.#actions.update(tx, row.id, ['intended'], {
        state: 'intended',
        remark,
      }),
    );
    return 'open';
  }

  async #conclude(
    lease: HeldLease,
    work: (tx: Knex) => Promise<EngineChange[]>,
  ): Promise<void> {
    const told = await lease.write(work);
    await this.#at('concluded');
    this.#changes.tell(...told);
  }
}
