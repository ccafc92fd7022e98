import { CheckSeverity, Worded } from '@headroom/common';

/** Who says a series: a resource of kube-state-metrics, in the plural, or cAdvisor. */
export type Teller =
  | 'nodes'
  | 'pods'
  | 'replicasets'
  | 'replicationcontrollers'
  | 'jobs'
  | 'persistentvolumeclaims'
  | 'persistentvolumes'
  | 'cAdvisor';

/** A series that is read, what is lost without it, and who says it. */
export interface WantedSeries {
  name: string;
  teller: Teller;
  /** How its absence bears on figures. */
  severity: Exclude<CheckSeverity, 'right'>;
  /** What isn't known without it and what that does to money or advice, in a sentence. */
  effect: Worded;
  /** When its absence is right, of one that nothing else tells of. */
  excuse?: Worded;
  /** A cluster may do without it, unless one of these is there. */
  unless?: readonly string[];
}
