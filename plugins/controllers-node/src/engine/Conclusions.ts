import { Said, sayActing } from '@headroom/common';
import { Knex } from 'knex';
import { ActuatorError, Effect } from '../actuators';
import { HeldLease } from '../leases';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { Changes } from './Changes';
import { Outcomes, toldOf } from './Outcomes';
import { PointListener } from './Reach';
import { Settler } from './Settler';
import { ApplyResult, EngineChange } from './types';

/** What became of one action in a round. */
export type Outcome = keyof ApplyResult;

export interface ConclusionsOptions {
  actions: ActionStore;
  outcomes: Outcomes;
  settler: Settler;
  changes: Changes;
  /** Milliseconds after which what doesn't say when is tried again. */
  waitMs: number;
  at: PointListener;
}

/** Writes down what became of an action that was to be done. */
export class Conclusions {
  readonly #options: ConclusionsOptions;

  static create(options: ConclusionsOptions) {
    return new Conclusions(options);
  }

  private constructor(options: ConclusionsOptions) {
    this.#options = options;
  }

  /** What follows from what an actuator threw; undefined = look again. */
  async refused(
    lease: HeldLease,
    record: ActionRecord,
    error: unknown,
    signal: AbortSignal,
  ): Promise<Outcome | undefined> {
    if (!(error instanceof ActuatorError)) {
      throw error;
    }
    const { outcomes, settler } = this.#options;
    const { kind, said, mend, retryAfterMs } = error;
    switch (kind) {
      case 'conflict':
        return undefined;
      case 'gone':
        return this.superseded(lease, record, sayActing('gone'));
      case 'wait':
      case 'unreachable':
        return this.wait(lease, record, said, retryAfterMs, mend);
      case 'uncertain': {
        if (record.row.state !== 'intended') {
          return this.wait(lease, record, said);
        }
        const settled = await settler.settle(lease, record, signal);
        return settled === 'done' ? 'applied' : settledAs(settled);
      }
      default:
        await this.#conclude(lease, tx =>
          outcomes.failed(tx, record, { said, mend, token: lease.token }),
        );
        return 'failed';
    }
  }

  /** @param found - it was there already, and is ours */
  async done(
    lease: HeldLease,
    record: ActionRecord,
    effect: Effect,
    { found }: { found: boolean },
  ): Promise<Outcome> {
    await this.#conclude(lease, tx =>
      this.#options.outcomes.done(tx, record, effect, {
        token: lease.token,
        found,
      }),
    );
    return 'applied';
  }

  /** Nothing is to be done any more. */
  async superseded(
    lease: HeldLease,
    record: ActionRecord,
    said: Said,
  ): Promise<Outcome> {
    await this.#conclude(lease, tx =>
      this.#options.outcomes.superseded(tx, record, said),
    );
    return 'superseded';
  }

  /** It is tried again, after a while. */
  async wait(
    lease: HeldLease,
    record: ActionRecord,
    remark: Said,
    waitMs = this.#options.waitMs,
    mend?: string,
  ): Promise<Outcome> {
    await this.#conclude(lease, async tx => {
      await this.#options.actions.update(
        tx,
        record.row.id,
        ['approved', 'vetoed', 'intended'],
        { state: 'approved', vetoes: [], remark, mend, waitMs },
      );
      return [toldOf(record, 'waits')];
    });
    return 'waiting';
  }

  async #conclude(
    lease: HeldLease,
    work: (tx: Knex) => Promise<EngineChange[]>,
  ): Promise<void> {
    const told = await lease.write(work);
    await this.#options.at('concluded');
    this.#options.changes.tell(...told);
  }
}

function settledAs(settled: 'notDone' | 'unresolved' | 'open'): Outcome {
  return settled === 'notDone' ? 'waiting' : 'unresolved';
}
