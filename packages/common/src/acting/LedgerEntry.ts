import { Said } from '../wording';
import { ActionTarget } from './ActionTarget';
import { FieldChange } from './FieldChange';
import { ExpectedEffect } from './Plan';

/**
 * What the ledger says happened:
 *
 * - `applied`: the outside world was changed.
 * - `refused`: it was asked to, and said no; nothing was changed.
 * - `unresolved`: nobody can tell.
 * - `resolved`: a person or a second look told what had happened.
 * - `verified`: it settled as expected, or with the differences that `text` says.
 * - `undone`: what `applied` did was taken back.
 * - `contested`: somebody else takes back what was applied.
 *
 * @public
 */
export type LedgerEvent =
  | 'applied'
  | 'refused'
  | 'unresolved'
  | 'resolved'
  | 'verified'
  | 'undone'
  | 'contested';

/** A line of the ledger; lines are added and never changed. @public */
export interface LedgerEntry {
  /** Grows with time. */
  sequence: number;
  /** ISO 8601 UTC. */
  at: string;
  event: LedgerEvent;
  actionId: string;
  planId: string;
  controller: string;
  policyId: string;
  target: ActionTarget;
  subject: string;
  entityRef?: string;
  changes: readonly FieldChange[];
  /** Who wanted it: a user entity ref, or the policy as `policy:<id>`. */
  by: string;
  /** Who approved it, where somebody had to. */
  approvedBy?: string;
  /** Fencing token of the lease under which it was written. */
  token?: number;
  expected?: ExpectedEffect;
  /** Id of the action that the one of this line takes back. */
  undoOf?: string;
  text: Said;
}
