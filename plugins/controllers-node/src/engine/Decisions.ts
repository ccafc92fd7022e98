import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { PlanDecision, sayActing } from '@headroom/common';
import { Knex } from 'knex';
import { isUuid } from '../stores/isUuid';
import { PlanRecord, PlanStore } from '../stores/PlanStore';
import { Changes } from './Changes';

/** What a person says to a plan. */
type Said = Pick<PlanDecision, 'decision' | 'hash' | 'by' | 'reason'>;

/** Keeps what persons decide on plans; all of it stays, the last one counts. */
export class Decisions {
  readonly #knex: Knex;
  readonly #prefix: string;
  readonly #plans: PlanStore;
  readonly #changes: Changes;

  static create(options: {
    knex: Knex;
    prefix: string;
    plans: PlanStore;
    changes: Changes;
  }) {
    return new Decisions(options);
  }

  private constructor({
    knex,
    prefix,
    plans,
    changes,
  }: Parameters<typeof Decisions.create>[0]) {
    this.#knex = knex;
    this.#prefix = prefix;
    this.#plans = plans;
    this.#changes = changes;
  }

  /** @throws as `ActingEngine.decide` does. */
  async decide(planId: string, said: Said): Promise<void> {
    const record = await this.#knex.transaction(async tx => {
      const found = isUuid(planId)
        ? await this.#plans.locked(tx, planId)
        : undefined;
      if (!found) {
        throw new NotFoundError(`There is no plan ${planId}`);
      }
      await this.#refuse(tx, found, said);
      await this.#keep(tx, found, said);
      return found;
    });
    this.#changes.tell({
      what: 'decided',
      planId,
      policyId: record.plan.policy_id,
    });
  }

  async #refuse(tx: Knex, { plan, actions }: PlanRecord, said: Said) {
    if (plan.hash !== said.hash) {
      throw new ConflictError(
        'The plan is another by now; look at it as it is, and decide again',
      );
    }
    const { rows } = await tx.raw<{ rows: Array<{ over: boolean }> }>(
      'SELECT ?::timestamptz <= clock_timestamp() AS over',
      [plan.expires_at],
    );
    if (plan.closed_at !== null || rows[0].over) {
      throw new ConflictError(
        'The plan is not wanted any more, or its time is over; another one is made if it is still needed',
      );
    }
    if (plan.mode !== 'propose') {
      throw new ConflictError(
        `The mode of the plan's policy is ${plan.mode}; only plans of mode propose are decided on`,
      );
    }
    const isLeft = actions.some(({ state }) =>
      ['waiting', 'approved', 'vetoed', 'rejected'].includes(state),
    );
    if (!isLeft) {
      throw new ConflictError('Nothing is left of the plan to decide on');
    }
    if (
      said.decision === 'approved' &&
      plan.two_persons &&
      plan.requested_by === said.by
    ) {
      throw new NotAllowedError(
        'Who asked for the plan cannot approve it; its policy wants a second person',
      );
    }
  }

  async #keep(tx: Knex, { plan }: PlanRecord, said: Said) {
    const p = this.#prefix;
    await tx(`${p}_decisions`).insert({
      plan_id: plan.id,
      decision: said.decision,
      hash: said.hash,
      by_ref: said.by,
      reason: said.reason ?? null,
    });
    if (said.decision === 'approved') {
      await tx.raw(
        `UPDATE ${p}_actions SET state = CASE WHEN vetoes = '[]'::jsonb THEN 'approved' ELSE 'vetoed' END,
           remark = NULL, state_since = clock_timestamp()
         WHERE plan_id = ? AND state IN ('waiting', 'rejected')`,
        [plan.id],
      );
      return;
    }
    const { by, reason } = said;
    await tx.raw(
      `UPDATE ${p}_actions SET state = 'rejected', remark = ?::jsonb, state_since = clock_timestamp()
       WHERE plan_id = ? AND state IN ('waiting', 'approved', 'vetoed')`,
      [
        JSON.stringify(
          reason
            ? sayActing('rejectedByWhy', { by, reason })
            : sayActing('rejectedBy', { by }),
        ),
        plan.id,
      ],
    );
  }
}
