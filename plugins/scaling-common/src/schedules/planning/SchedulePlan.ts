import { FieldChange, KubernetesTarget, Worded } from '@headroom/common';

/** What a schedule wants changed of one object, in one request. @public */
export interface ScheduledChange {
  object: KubernetesTarget;
  /** Of the workload, for people: `Deployment shop/web`. */
  subject: string;
  /**
   * Fields, and where a note is given up the annotation `headroom.io/restore` itself;
   * what else that annotation has to say is worked out by `restoreRecordAfter`.
   */
  changes: readonly FieldChange[];
  /** As of `PlannedAction`. */
  direction: 'down' | 'up' | 'restore' | 'neutral';
  /** Replicas of the workload after it; of a lower minimum the least that it allows. Absent = not known. */
  replicasAfter?: number;
  reason: Worded;
  undo: Worded;
}

/** @public */
export type WithheldCode =
  | 'controlled'
  | 'contested-autoscalers'
  | 'restore-unreadable'
  | 'kind'
  | 'grace'
  | 'budget'
  | 'gitops'
  | 'paused-by-others'
  | 'switched-off'
  | 'changed-since'
  | 'changed-by-others'
  | 'floor-above-maximum'
  | 'floor-of-autoscaler'
  | 'bounds-inconsistent'
  | 'keda-still-paused'
  | 'links-unread'
  | 'late';

/** What isn't done, or isn't as it should be, and why. @public */
export interface Withheld {
  code: WithheldCode;
  text: Worded;
  /** Lines that mend it, to be copied as they are. */
  mend?: string;
  /** Field manager, where one is why. */
  manager?: string;
}

/** What a schedule wants of one workload. @public */
export interface SchedulePlan {
  /** In the order in which they are to be made; empty = all is as wanted. */
  changes: readonly ScheduledChange[];
  withheld: readonly Withheld[];
}
