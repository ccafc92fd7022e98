import { ConflictError, NotFoundError } from '@backstage/errors';
import { sayActing } from '@headroom/common';
import { Knex } from 'knex';
import { ActionStore } from '../stores/ActionStore';
import { LedgerStore } from '../stores/LedgerStore';
import { isUuid } from '../stores/isUuid';
import { Changes } from './Changes';
import { Outcomes, toldOf } from './Outcomes';

/** Keeps what persons say became of actions that nobody could tell of. */
export class Resolutions {
  readonly #knex: Knex;
  readonly #actions: ActionStore;
  readonly #ledger: LedgerStore;
  readonly #outcomes: Outcomes;
  readonly #changes: Changes;

  static create(options: {
    knex: Knex;
    actions: ActionStore;
    ledger: LedgerStore;
    outcomes: Outcomes;
    changes: Changes;
  }) {
    return new Resolutions(options);
  }

  private constructor(options: Parameters<typeof Resolutions.create>[0]) {
    this.#knex = options.knex;
    this.#actions = options.actions;
    this.#ledger = options.ledger;
    this.#outcomes = options.outcomes;
    this.#changes = options.changes;
  }

  /** @throws as `ActingEngine.resolve` does. */
  async resolve(
    actionId: string,
    { done, by, reason }: { done: boolean; by: string; reason: string },
  ): Promise<void> {
    const told = await this.#knex.transaction(async tx => {
      const record = isUuid(actionId)
        ? await this.#actions.locked(tx, actionId)
        : undefined;
      if (!record) {
        throw new NotFoundError(`There is no action ${actionId}`);
      }
      const { row } = record;
      if (row.state !== 'unresolved') {
        throw new ConflictError(
          `The action is ${row.state}; only what is unresolved can be told`,
        );
      }
      const said = sayActing(done ? 'resolvedDone' : 'resolvedNotDone', {
        by,
        reason,
      });
      await this.#ledger.add(tx, { event: 'resolved', actionId, by, said });
      if (!done) {
        await this.#actions.update(tx, actionId, ['unresolved'], {
          state: 'superseded',
          remark: said,
        });
        return [toldOf(record, 'resolved')];
      }
      // The write was made under the lease that noted the intent.
      const token = Number(row.intent_token ?? 0);
      const applied = await this.#outcomes.done(
        tx,
        record,
        { remark: said },
        { token, found: true, said },
      );
      return [toldOf(record, 'resolved'), ...applied];
    });
    this.#changes.tell(...told);
  }
}
