import { ScalingObject } from './ScalingObject';

/** A HorizontalPodAutoscaler that no other object made. @public */
export interface HpaAutoscaler {
  type: 'hpa';
  object: ScalingObject;
  /** `spec.minReplicas` as written; absent = it isn't, and Kubernetes takes 1. */
  minReplicas?: number;
  maxReplicas: number;
}

/** A ScaledObject of KEDA; the HPA that KEDA makes of it isn't touched. @public */
export interface ScaledObjectAutoscaler {
  type: 'scaled-object';
  object: ScalingObject;
  /** `spec.minReplicaCount` as written; absent = KEDA takes 0. */
  minReplicaCount?: number;
  /** `spec.maxReplicaCount` as written; absent = KEDA takes 100. */
  maxReplicaCount?: number;
  /** `spec.idleReplicaCount` as written; KEDA wants it below the minimum. */
  idleReplicaCount?: number;
  /** `autoscaling.keda.sh/paused-replicas` as written. */
  pausedReplicas?: string;
  /** `autoscaling.keda.sh/paused` as written. */
  paused?: string;
  /** Whether `status.conditions` say Paused; absent = they don't say. */
  pausedInStatus?: boolean;
}

/** What steers the replicas of a workload. @public */
export type Autoscaler = HpaAutoscaler | ScaledObjectAutoscaler;

/** What KEDA takes where a ScaledObject leaves it out. @public */
export const KEDA_DEFAULTS = { minReplicaCount: 0, maxReplicaCount: 100 };

/** Pauses a ScaledObject at a number of replicas. @public */
export const KEDA_PAUSED_REPLICAS = 'autoscaling.keda.sh/paused-replicas';

/** Pauses a ScaledObject at the replicas that it has. @public */
export const KEDA_PAUSED = 'autoscaling.keda.sh/paused';
