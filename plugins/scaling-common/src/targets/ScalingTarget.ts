import { FieldPath } from '@headroom/common';
import { Autoscaler, KEDA_PAUSED_REPLICAS } from './Autoscaler';
import { ScalingObject } from './ScalingObject';

/** A PodDisruptionBudget that matches the pods of a workload. @public */
export interface MatchingBudget {
  name: string;
  /** As written: a number or a percentage. */
  minAvailable?: number | string;
  /** As written: a number or a percentage. */
  maxUnavailable?: number | string;
}

/**
 * A workload that a schedule can act on, with what bears on it, as it was read of a
 * cluster and of the catalog. What isn't known is absent.
 *
 * @public
 */
export interface ScalingTarget {
  /**
   * The workload itself: cluster, namespace, kind (`Deployment`, `StatefulSet`,
   * `Rollout`, `CronJob` …), name, uid and resourceVersion.
   */
  workload: ScalingObject;
  /** Labels of the workload, not those of its pods. */
  labels: Readonly<Record<string, string>>;
  namespaceLabels: Readonly<Record<string, string>>;
  /** Ref of the service that it is linked to, e.g. `component:default/web`. */
  entityRef?: string;
  /** Ref of the service's system. */
  system?: string;
  /** Refs of the groups that own the service, and of the groups above them: nearest first. */
  teams?: readonly string[];
  /** `metadata.creationTimestamp`; ISO 8601 UTC. */
  createdAt: string;
  /** When its pod template last changed; ISO 8601 UTC. */
  lastRolloutAt?: string;
  /** When somebody who is no controller last wrote it; ISO 8601 UTC. */
  lastHumanChangeAt?: string;
  /** The owner reference with `controller: true`: that object decides, and the workload is left alone. */
  controlledBy?: { kind: string; name: string };
  /** `spec.replicas` as written; absent = it isn't written (Kubernetes takes 1) or the kind has none. */
  replicas?: number;
  /** Pods that are ready, as its status has it; absent = not known. */
  readyReplicas?: number;
  /** `spec.suspend` of a CronJob as written. */
  suspend?: boolean;
  /** What steers it; absent = nothing does. */
  autoscaler?: Autoscaler;
  /**
   * Names, with their kind, of all that steer it, where more than one does or where
   * it isn't known which does: nobody can say what a change would do, and it is left
   * alone.
   */
  contestedBy?: readonly string[];
  budgets: readonly MatchingBudget[];
  /**
   * From created to ready, waiting for a node and pulling the image included: nine of
   * ten of its last pods took no longer; absent = not known.
   */
  startUpSeconds?: number;
  /** Of how many pods that was measured. */
  startUps?: number;
}

/** `spec.replicas` of a workload. @public */
export const REPLICAS: FieldPath = ['spec', 'replicas'];
/** `spec.suspend` of a CronJob. @public */
export const SUSPEND: FieldPath = ['spec', 'suspend'];
/** `spec.minReplicas` of an HPA. @public */
export const HPA_MIN: FieldPath = ['spec', 'minReplicas'];
/** `spec.maxReplicas` of an HPA. @public */
export const HPA_MAX: FieldPath = ['spec', 'maxReplicas'];
/** `spec.minReplicaCount` of a ScaledObject. @public */
export const KEDA_MIN: FieldPath = ['spec', 'minReplicaCount'];
/** `spec.maxReplicaCount` of a ScaledObject. @public */
export const KEDA_MAX: FieldPath = ['spec', 'maxReplicaCount'];
/** The annotation that pauses a ScaledObject. @public */
export const KEDA_PAUSE: FieldPath = [
  'metadata',
  'annotations',
  KEDA_PAUSED_REPLICAS,
];

/** All that a schedule may write, whatever the object, but for the restore record. @public */
export const WRITTEN_PATHS: readonly FieldPath[] = [
  REPLICAS,
  SUSPEND,
  HPA_MIN,
  HPA_MAX,
  KEDA_MIN,
  KEDA_MAX,
  KEDA_PAUSE,
];

/** `shop/web`'s name for people: `Deployment shop/web`. @public */
export function subjectOf({ workload }: ScalingTarget): string {
  return `${workload.kind} ${workload.namespace}/${workload.name}`;
}
