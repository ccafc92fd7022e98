import { Said } from '../wording';

/** The guards there are. @public */
export type GuardId =
  | 'kill-switch'
  | 'freeze-window'
  | 'inventory'
  | 'protected-namespace'
  | 'blast-radius'
  | 'policy-limit'
  | 'disruption-budget'
  | 'minimum-replicas'
  | 'hold'
  | 'gitops'
  | 'contested'
  | 'rate'
  | 'overlap'
  | 'expired'
  | 'approval';

/** Why a guard keeps an action from being done. @public */
export interface Veto {
  guard: GuardId;
  reason: Said;
  /** The line that mends it, where one does. */
  mend?: string;
}
