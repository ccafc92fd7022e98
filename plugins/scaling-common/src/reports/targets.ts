import { ActingMode, Said } from '@headroom/common';

/** How many run, or may run. Absent = not bounded, or not known. @public */
export interface ScalingBounds {
  floor?: number;
  ceiling?: number;
  /** Of a CronJob, or of an autoscaler that is paused. */
  suspended?: boolean;
}

/** A workload as a page names it. @public */
export interface ScalingWorkload {
  /** Safe in a URL; stable while the object lives. */
  id: string;
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
  /** Service it is linked to; absent = nobody's. */
  entityRef?: string;
  /** What steers it, e.g. `HorizontalPodAutoscaler web`; absent = nothing. */
  steeredBy?: string;
}

/** A policy as others name it. @public */
export interface PolicyMention {
  id: string;
  title: string;
  origin: 'config' | 'annotation' | 'page';
  mode: ActingMode;
}

/** A policy that matches and does not win, and why. @public */
export interface LosingPolicyMention extends PolicyMention {
  reason: Said;
}

/** A stretch of a time line, `[from, to)`. @public */
export interface ScalingStretch {
  /** ISO 8601 UTC. */
  from: string;
  to: string;
  /** What is wanted in it; absent = left as it is. */
  wanted?: ScalingBounds;
  /** Started early so that it is up in time. */
  lead?: boolean;
  /** Which window, override or exception it comes from. */
  because: Said;
}

/** What is in force on one workload now, and why. @public */
export interface InForceRow {
  workload: ScalingWorkload;
  /** The policy that wins; absent = none matches, and the workload is left as it is. */
  policy?: PolicyMention;
  losers: readonly LosingPolicyMention[];
  /** Absent = left as it is. */
  wanted?: ScalingBounds;
  actual: ScalingBounds & { replicas?: number; ready?: number };
  /** Why it is so, in one sentence. */
  because: Said;
  /** What is different from what is wanted, and why nothing is done about it; absent = all is as wanted. */
  gap?: Said;
  /**
   * How much earlier its windows begin, and of how many starts that was measured; absent
   * = its policy wants no lead that is measured.
   */
  lead?: Said;
  /** The next change; absent = none within the horizon. */
  next?: ScalingStretch;
  override?: OverrideView;
  /** Somebody else takes back what was written. */
  contested?: { manager: string; since: string; text: Said; patch: string };
}

/** A person's exception, until it expires. @public */
export interface OverrideView {
  id: string;
  direction: 'up' | 'down';
  /** ISO 8601 UTC. */
  until: string;
  by: string;
  reason: string;
  at: string;
}
