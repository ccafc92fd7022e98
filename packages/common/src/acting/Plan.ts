import { Micros } from '../money';
import { Said } from '../wording';
import { ActionTarget, KubernetesTarget } from './ActionTarget';
import { FieldChange, FieldPath, Json } from './FieldChange';

/**
 * How far a controller goes for a policy:
 *
 * - `observe`: plans are shown, nothing happens.
 * - `propose`: a person approves, or a pull request is opened.
 * - `enforce`: what the guards let through is done.
 *
 * @public
 */
export type ActingMode = 'observe' | 'propose' | 'enforce';

/** Something that was looked at, for a person to check. @public */
export interface Evidence {
  /** What it says. */
  text: Said;
  /** Where it can be seen: a path of the portal or an https URL. */
  link?: string;
}

/** What an action is expected to bring. @public */
export interface ExpectedEffect {
  text: Said;
  /** Saved an hour while it holds; negative = it costs more. Absent = not known. */
  savingPerHour?: Micros;
  /** Of {@link ExpectedEffect.savingPerHour}. */
  currency?: string;
  /** Seconds after the write until what happened is compared with what was expected. */
  settleSeconds: number;
}

/** What has to be so of another object before an action is done. @public */
export interface Prerequisite {
  target: KubernetesTarget;
  /** What its fields have to be; null = they aren't there. */
  fields: ReadonlyArray<{ path: FieldPath; value: Json }>;
  /** All of its pods have to be ready, and made from it as it is. */
  rolledOut?: boolean;
}

/** What a controller wants to do to one target. @public */
export interface PlannedAction {
  /**
   * Stable for what is wanted: the same wish planned again has the same key, and is
   * done once.
   */
  key: string;
  target: ActionTarget;
  /**
   * Actions of a plan of the same name here are one change: what keeps one of them
   * from being done keeps all, and they are taken back together.
   */
  group?: string;
  /** It waits for this. */
  waitsFor?: Prerequisite;
  /** Of the workload, where the target is what steers it, for people: `Deployment shop/web`. */
  subject: string;
  /** Service that the target is linked to; absent = nobody's. */
  entityRef?: string;
  changes: readonly FieldChange[];
  /**
   * What the change is: `down` takes capacity away, `up` gives it, `restore` puts
   * back what was, `neutral` does neither. Guards that protect capacity ask.
   */
  direction: 'down' | 'up' | 'restore' | 'neutral';
  /** Replicas of the workload after it, where that is known. */
  replicasAfter?: number;
  /** Why its policy's own limits leave it for a later run; absent = they don't. */
  overLimit?: Said;
  /** In one sentence. */
  reason: Said;
  evidence: readonly Evidence[];
  expected: ExpectedEffect;
  /** How it is undone, in one sentence. */
  undo: Said;
}

/** What a controller wants for one policy, before the guards. @public */
export interface PlanDraft {
  /** Of the controller, e.g. `schedules`. */
  controller: string;
  /** Of the policy. */
  policyId: string;
  policyTitle: string;
  mode: ActingMode;
  /** The cluster whose snapshot it was planned on; absent for repositories. */
  cluster?: string;
  /** Who asks for it; with {@link PlanDraft.twoPersons} they cannot approve it. */
  requestedBy?: string;
  twoPersons: boolean;
  /** The instant that the plan is for; ISO 8601 UTC. */
  at: string;
  actions: readonly PlannedAction[];
  /** Seconds after which nobody may approve or apply it any more. */
  validSeconds: number;
}
