import { toIso } from '@headroom/node';
import {
  GuardOverride,
  SavedGuardOverride,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** Who let which change pass, why, and until when. Nothing is ever changed in it. */
export class GuardOverrideStore {
  readonly #knex: Knex;

  static create({ knex }: { knex: Knex }) {
    return new GuardOverrideStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    { entityRef, change, person, reason, until }: SavedGuardOverride,
    at: Date,
  ): Promise<void> {
    await this.#knex('cost_guard_overrides').insert({
      entity_ref: entityRef,
      change_name: change,
      person,
      reason,
      made_at: at,
      expires_at: until,
    });
  }

  /** The newest of a change, also when it is over. */
  async newest(
    entityRef: string,
    change: string,
  ): Promise<GuardOverride | undefined> {
    const row = await this.#knex('cost_guard_overrides')
      .where({ entity_ref: entityRef, change_name: change })
      .orderBy('id', 'desc')
      .first('person', 'reason', 'expires_at');
    return (
      row && {
        person: row.person,
        reason: row.reason,
        until: toIso(row.expires_at),
      }
    );
  }
}
