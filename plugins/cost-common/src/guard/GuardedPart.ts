import { Said, WorkloadFacts } from '@headroom/common';

/** The most and the fewest replicas, and what says so. @public */
export interface GuardedReplicas {
  min: number;
  max: number;
  /** Absent = `spec.replicas`. */
  scaler?: { kind: string; name: string };
}

/** What becomes of the volumes that a StatefulSet claims, as Kubernetes does by default. @public */
export interface GuardedClaims {
  /** Those of replicas that go stay, and are paid for. */
  keptWhenScaled: boolean;
  /** They stay, and are paid for, when it is removed. */
  keptWhenDeleted: boolean;
  /** Claims whose size could not be read. */
  unknown: Said[];
}

/** A request, or the limit that it follows, that could not be read. @public */
export interface UnreadRequest {
  /** Absent = of the pod as a whole. */
  container?: string;
  resource: 'cpu' | 'memory';
}

/**
 * Something that costs, as it is before or after a change: a workload, a volume that
 * is claimed beside workloads, or what can't be priced, and why.
 *
 * @public
 */
export type GuardedPart =
  | {
      type: 'workload';
      facts: WorkloadFacts;
      /** Absent = not known, or as `facts` tell. */
      replicas?: GuardedReplicas;
      /** Of a StatefulSet. */
      claims?: GuardedClaims;
      /** What of it could not be read. */
      unknown: Said[];
      /** Requests that `unknown` tells of, which are not ones that nobody made. */
      unread?: UnreadRequest[];
      /** What beside `facts` tells it from another version of itself. */
      content?: string;
    }
  | {
      type: 'volume';
      namespace: string;
      name: string;
      /** Absent = it could not be read. */
      bytes?: number;
      /** Absent = the default of the cluster. */
      storageClass?: string;
    }
  | {
      type: 'unpriced';
      name: string;
      said: Said;
      /** What tells it from another version of itself. */
      content: string;
    };
