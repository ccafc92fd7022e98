import { FieldChange, LedgerEvent, Said } from '@headroom/common';
import { Knex } from 'knex';

/** What a line says beyond the action that it is about. */
export interface LedgerLine {
  event: LedgerEvent;
  actionId: string;
  said: Said;
  /** Default: who asked for the plan, else its policy. */
  by?: string;
  token?: number;
  /** Default: those of the action. */
  changes?: readonly FieldChange[];
}

/** Adds lines to the ledger, in the transaction of what they tell. */
export class LedgerStore {
  readonly #prefix: string;

  static create(options: { prefix: string }) {
    return new LedgerStore(options);
  }

  private constructor({ prefix }: Parameters<typeof LedgerStore.create>[0]) {
    this.#prefix = prefix;
  }

  async add(tx: Knex, line: LedgerLine): Promise<void> {
    const p = this.#prefix;
    await tx.raw(
      `INSERT INTO ${p}_ledger (event, action_id, plan_id, controller, policy_id, target, target_key,
         cluster, namespace, subject, entity_ref, changes, by_ref, approved_by, token, expected, undo_of, said)
       SELECT ?, a.id, p.id, p.controller, p.policy_id, a.planned -> 'target', a.target_key,
         a.cluster, a.namespace, a.subject, a.entity_ref, coalesce(?::jsonb, a.changes),
         coalesce(?, p.requested_by, 'policy:' || p.policy_id), d.by_ref, ?::bigint, a.planned -> 'expected', a.undo_of, ?::jsonb
       FROM ${p}_actions a JOIN ${p}_plans p ON p.id = a.plan_id
       LEFT JOIN LATERAL (
         SELECT CASE WHEN decision = 'approved' THEN by_ref END AS by_ref FROM ${p}_decisions
         WHERE plan_id = p.id ORDER BY id DESC LIMIT 1) d ON true
       WHERE a.id = ?`,
      [
        line.event,
        line.changes ? JSON.stringify(line.changes) : null,
        line.by ?? null,
        line.token ?? null,
        JSON.stringify(line.said),
        line.actionId,
      ],
    );
  }
}
