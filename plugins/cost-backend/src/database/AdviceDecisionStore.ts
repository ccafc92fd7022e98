import { AdviceDecision } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { ADVICE_LOCK } from './AdviceStore';
import { containersSql, Scope } from './scope';

/** What people decide about advice; the scope is that in which the caller may decide. */
export class AdviceDecisionStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new AdviceDecisionStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** Whether the caller may decide about a container's advice. */
  async mayDecide(containerId: number): Promise<boolean> {
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (SELECT 1 FROM cost_advice d WHERE d.container_id = ? AND ${within.sql}) AS may`,
      [containerId, ...within.bindings],
    );
    return rows[0].may;
  }

  /**
   * Decides about the present advice on a container; replaces what was decided
   * before.
   *
   * @returns whether there is such an advice in the scope.
   */
  async decide(
    containerId: number,
    decision: AdviceDecision,
  ): Promise<boolean> {
    const within = containersSql(this.#scope);
    return this.#knex.transaction(async tx => {
      // A run that is about to be shown looks at what is decided.
      await tx.raw(`SELECT pg_advisory_xact_lock_shared(${ADVICE_LOCK})`);
      const { rows } = await tx.raw(
        `INSERT INTO cost_advice_decisions (container_id, state, reason, until, fingerprint, decided_by, decided_at)
         SELECT d.container_id, ?, ?, ?::timestamptz, d.fingerprint, ?, ?::timestamptz
         FROM cost_advice d WHERE d.container_id = ? AND ${within.sql}
         ON CONFLICT (container_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, until = excluded.until,
           fingerprint = excluded.fingerprint, decided_by = excluded.decided_by, decided_at = excluded.decided_at
         RETURNING container_id`,
        [
          decision.state,
          decision.reason,
          decision.until ?? null,
          decision.by,
          decision.at,
          containerId,
          ...within.bindings,
        ],
      );
      return rows.length > 0;
    });
  }

  /** Takes a decision back. @returns whether there was one in the scope. */
  async undecide(containerId: number): Promise<boolean> {
    const within = containersSql(this.#scope);
    const { rows } = await this.#knex.raw(
      `DELETE FROM cost_advice_decisions d WHERE d.container_id = ? AND ${within.sql}
       RETURNING d.container_id`,
      [containerId, ...within.bindings],
    );
    return rows.length > 0;
  }
}
