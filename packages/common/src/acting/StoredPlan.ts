import { Said } from '../wording';
import { ActionState } from './ActionState';
import { PlanDraft, PlannedAction } from './Plan';
import { Veto } from './Veto';

/** An action as it is kept. @public */
export interface StoredAction extends PlannedAction {
  /** Of the action, unique among all plans. */
  id: string;
  state: ActionState;
  /** Why guards keep it from being done; empty where none does. */
  vetoes: readonly Veto[];
  /** Why it is in its state, where that isn't obvious. */
  remark?: Said;
  /** The line that mends what `remark` says, where one does. */
  mend?: string;
  /** ISO 8601 UTC of the last change of its state. */
  stateSince: string;
  /** ISO 8601 UTC of the write; absent = none was made, as far as is known. */
  appliedAt?: string;
  /** Where what was made can be seen, e.g. a pull request; an https URL. */
  link?: string;
  /** Id of the action that this one takes back. */
  undoOf?: string;
}

/** A yes or no of a person to a plan. @public */
export interface PlanDecision {
  decision: 'approved' | 'rejected';
  /** User entity ref. */
  by: string;
  /** ISO 8601 UTC. */
  at: string;
  /** Of the plan that was decided on; another plan wants another decision. */
  hash: string;
  reason?: string;
}

/** A plan as it is kept. @public */
export interface StoredPlan extends Omit<PlanDraft, 'actions'> {
  id: string;
  /** SHA-256, hex, of what it does: see `planText`. */
  hash: string;
  /** ISO 8601 UTC. */
  createdAt: string;
  expiresAt: string;
  /** The last one; its hash may be of this plan only. */
  decision?: PlanDecision;
  /** It is what its policy wants now; otherwise a later plan or nothing is. */
  current: boolean;
  actions: readonly StoredAction[];
  /** Further actions, on what the reader may not see. Absent = none. */
  hiddenActions?: number;
}
