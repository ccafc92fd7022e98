import { ActionState, formatFieldPath, sayActing } from '@headroom/common';
import { Effect, Sighting } from '../actuators';
import { killSwitch } from '../guards/killSwitch';
import { HeldLease } from '../leases';
import { ActionRecord } from '../stores/ActionStore';
import { groupBy } from '../stores/groupBy';
import { PlanStore } from '../stores/PlanStore';
import { Conclusions, ConclusionsOptions, Outcome } from './Conclusions';
import { guardedOf } from './dueActions';
import { Gate, GateOptions } from './Gate';
import { standingOf } from './judge';
import { toldOf } from './Outcomes';
import { Reach } from './Reach';
import { rehearse } from './rehearse';
import { ApplyResult } from './types';

/** Looked at in one round; the others wait for the next. */
const MOST_DUE = 5000;
/** Targets that are written to at the same time. */
const AT_ONCE = 4;
/** A target that changes under our hands is looked at so often. */
const MOST_TRIES = 3;

export interface ApplierOptions extends GateOptions, ConclusionsOptions {
  plans: PlanStore;
  reach: Reach;
}

/** Does what is approved: look, ask the guards, try, note the intent, write, note the outcome. */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #gate: Gate;
  readonly #conclusions: Conclusions;

  static create(options: ApplierOptions) {
    return new Applier(options);
  }

  private constructor(options: ApplierOptions) {
    this.#options = options;
    this.#gate = Gate.create(options);
    this.#conclusions = Conclusions.create(options);
  }

  async apply(lease: HeldLease, signal: AbortSignal): Promise<ApplyResult> {
    const result: ApplyResult = {
      applied: 0,
      vetoed: 0,
      superseded: 0,
      failed: 0,
      waiting: 0,
      unresolved: 0,
    };
    await this.#expire(lease);
    const due = await this.#options.actions.due(this.#options.knex, MOST_DUE);
    if (due.length === 0) {
      return result;
    }
    const guarded = await this.#gate.pass(lease, due, signal);
    result.vetoed += guarded.vetoed;
    // One after the other on a target, so that each sees what the one before wrote.
    const queues = [
      ...groupBy(guarded.free, ({ row }) => row.target_key).values(),
    ];
    let isOver = false;
    const work = async () => {
      for (let queue = queues.shift(); queue; queue = queues.shift()) {
        for (const record of queue) {
          signal.throwIfAborted();
          if (isOver) {
            return;
          }
          try {
            result[await this.#do(lease, record, signal)] += 1;
          } catch (error) {
            // A database or a lease that went away: nothing more is begun.
            isOver = true;
            throw error;
          }
        }
      }
    };
    const settled = await Promise.allSettled(
      Array.from({ length: Math.min(AT_ONCE, queues.length) }, work),
    );
    for (const each of settled) {
      if (each.status === 'rejected') {
        throw each.reason;
      }
    }
    return result;
  }

  async #expire(lease: HeldLease): Promise<void> {
    const { knex, plans, changes } = this.#options;
    const overdue = await plans.overdue(knex);
    if (overdue.length > 0) {
      const expired = await lease.write(tx =>
        plans.close(tx, overdue, 'expired', sayActing('planExpired')),
      );
      changes.tell(
        ...expired.map(row => ({
          what: 'expired' as const,
          planId: row.plan_id,
          actionId: row.id,
        })),
      );
    }
  }

  async #do(
    lease: HeldLease,
    record: ActionRecord,
    signal: AbortSignal,
  ): Promise<Outcome> {
    let from: ActionState = record.row.state;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      let sighting: Sighting;
      try {
        sighting = await this.#options.reach.look(record, signal);
        await this.#options.at('looked');
        if (sighting.marker === record.row.id) {
          // Refused to whoever repeated it on the way, and made all the same.
          const { version } = sighting;
          return await this.#conclusions.done(
            lease,
            record,
            { version },
            { found: true },
          );
        }
        const standing = standingOf(record.row.planned.changes, sighting);
        if (standing.is !== 'asPlanned') {
          return await this.#conclusions.superseded(
            lease,
            record,
            standing.is === 'asWanted'
              ? sayActing('alreadySo')
              : sayActing('changedSince', {
                  field: formatFieldPath(standing.change.path),
                }),
          );
        }
        const context = {
          signal,
          token: lease.token,
          at: record.plan.created_at.toISOString(),
        };
        await this.#options.reach.dryRun(record, sighting, context);
        await rehearse(this.#options, record, context);
      } catch (error) {
        const refused = await this.#conclusions.refused(
          lease,
          record,
          error,
          signal,
        );
        if (refused) {
          return refused;
        }
        continue;
      }
      const intent = await this.#intend(lease, record, sighting, from);
      if (!intent) {
        return 'waiting';
      }
      from = 'intended';
      const outcome = await this.#write(lease, record, sighting, {
        at: intent,
        signal,
      });
      if (outcome !== 'again') {
        return outcome;
      }
    }
    return this.#conclusions.wait(lease, record, sayActing('changedOften'));
  }

  /** @returns the time of the intent; undefined when it may not be done any more. */
  async #intend(
    lease: HeldLease,
    record: ActionRecord,
    sighting: Sighting,
    from: ActionState,
  ): Promise<string | undefined> {
    const { actions, engineFacts, at, changes } = this.#options;
    await at('intending');
    const intended = await lease.write(async tx => {
      const { now, isGood, isBusy } = await actions.intentFacts(
        tx,
        record,
        from,
      );
      const engine = await engineFacts.read(tx, []);
      const stops = killSwitch({ asked: guardedOf(record), engine });
      if (isGood && !isBusy && stops.length === 0) {
        await actions.intend(tx, record.row.id, {
          token: lease.token,
          version: sighting.version,
          memory: sighting.memory,
        });
        return { now, stops };
      }
      // What was intended before was refused: it is none any more.
      await actions.update(
        tx,
        record.row.id,
        ['approved', 'vetoed', 'intended'],
        {
          state: stops.length > 0 ? 'vetoed' : 'approved',
          vetoes: stops,
        },
      );
      return { stops };
    });
    await at('intended');
    changes.tell(
      toldOf(record, intended.now === undefined ? 'waits' : 'intended'),
    );
    return intended.now;
  }

  async #write(
    lease: HeldLease,
    record: ActionRecord,
    sighting: Sighting,
    { at: now, signal }: { at: string; signal: AbortSignal },
  ): Promise<Outcome | 'again'> {
    const { reach, at } = this.#options;
    await at('writing');
    // Nothing is awaited from here to the write.
    lease.assertTime();
    let effect: Effect;
    try {
      effect = await reach.apply(record, sighting, {
        signal,
        token: lease.token,
        at: now,
      });
    } catch (error) {
      const row = {
        ...record.row,
        state: 'intended' as const,
        intent_version: sighting.version,
        intent_at: new Date(now),
      };
      return (
        (await this.#conclusions.refused(
          lease,
          { ...record, row },
          error,
          signal,
        )) ?? 'again'
      );
    }
    await at('written');
    return this.#conclusions.done(lease, record, effect, { found: false });
  }
}
