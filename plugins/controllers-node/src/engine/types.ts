import { LedgerEvent, Said, StoredAction } from '@headroom/common';

/** What happened to something, after it was committed. @public */
export interface EngineChange {
  what:
    | 'planned'
    | 'decided'
    | 'intended'
    | 'waits'
    | 'superseded'
    | 'expired'
    | 'vetoed'
    | 'kill-switch'
    | 'uncontested'
    | LedgerEvent;
  policyId?: string;
  planId?: string;
  actionId?: string;
  entityRef?: string;
}

/** Is told of changes, e.g. to send signals and notifications. Its errors are logged. @public */
export type EngineListener = (
  changes: readonly EngineChange[],
) => void | Promise<void>;

/** What became of an action that settled. @public */
export type Verdict =
  | { outcome: 'ok'; text?: Said }
  /** It is taken back, for this reason. */
  | { outcome: 'undo'; reason: Said }
  /** Asked again the next time. */
  | { outcome: 'notYet' };

/** An action whose write was made. @public */
export interface AppliedAction extends StoredAction {
  planId: string;
  controller: string;
  policyId: string;
  policyTitle: string;
  /** When the write was begun: what it caused may be there before it is noted as made. */
  begunAt: string;
  appliedAt: string;
  /** Seconds since the write, by the database's clock. */
  ageSeconds: number;
}

/** Compares what happened with what was expected, after the settling time. @public */
export type Verifier = (
  action: AppliedAction,
  context: { signal: AbortSignal },
) => Promise<Verdict>;

/** Somebody else took back what an action wrote. @public */
export interface RevertReport {
  actionId: string;
  /** Field manager who did. */
  manager: string;
  /** The ready-made patch that ends the fight. */
  mend?: string;
}

/** Counts of one submission. @public */
export interface SubmitResult {
  /** Plans that are new. */
  created: readonly string[];
  /** Plans that are as they were. */
  kept: number;
  /** Plans that nobody wants any more. */
  superseded: number;
  /** Actions that guards keep from being done. */
  vetoed: number;
}

/** Counts of one round of applying. @public */
export interface ApplyResult {
  applied: number;
  vetoed: number;
  superseded: number;
  failed: number;
  waiting: number;
  unresolved: number;
}

/** Counts of one look at intents without outcome. @public */
export interface RecoverResult {
  /** Their write was made. */
  done: number;
  /** It was not, and can't be any more. */
  notDone: number;
  /** Nobody can tell. */
  unresolved: number;
  /** The target could not be looked at; they are looked at again. */
  open: number;
}

/** @public */
export interface VerifyResult {
  verified: number;
  undone: number;
  notYet: number;
}
