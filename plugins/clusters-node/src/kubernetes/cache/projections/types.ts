import { FieldOwner } from '../../ownership/FieldOwner';
import { CachedValue } from './CachedValue';

/** A label selector as objects have it. @public */
export interface ObjectSelector {
  matchLabels?: Readonly<Record<string, string>>;
  matchExpressions?: ReadonlyArray<{
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values?: readonly string[];
  }>;
}

/** Requests and limits of a container as they are written, e.g. `cpu: 500m`. @public */
export interface CachedContainer {
  name: string;
  requests?: Readonly<Record<string, string>>;
  limits?: Readonly<Record<string, string>>;
  /** Who owns its requests and limits, or some of them; absent = nobody. */
  owners?: readonly FieldOwner[];
}

/** What is kept of a Deployment, StatefulSet, CronJob or Rollout. @public */
export interface CachedWorkload extends CachedValue {
  kind: 'Deployment' | 'StatefulSet' | 'CronJob' | 'Rollout';
  /** Labels of its pods; absent for a Rollout that has the template of a Deployment. */
  podLabels?: Readonly<Record<string, string>>;
  /** Of the pods, without init containers that end. */
  containers: readonly CachedContainer[];
  /** `spec.replicas` as written; absent = it isn't, and Kubernetes takes 1. */
  replicas?: number;
  /** `status.replicas`; absent = none, or not known. */
  statusReplicas?: number;
  /** `status.readyReplicas`, 0 where the status has others; absent = not known. */
  readyReplicas?: number;
  /** `spec.suspend` of a CronJob as written. */
  suspend?: boolean;
  /** `spec.paused`: its rollout is held. */
  paused?: true;
  generation?: number;
  observedGeneration?: number;
  /** A rollout is under way, or its controller has not seen the latest change. */
  rollingOut?: true;
  /**
   * ISO 8601 UTC of the last rollout: the last progress of one that the status
   * tells, or the `kubectl.kubernetes.io/restartedAt` of its template.
   */
  rolledOutAt?: string;
  /** The workload whose template a Rollout has. */
  workloadRef?: { apiVersion?: string; kind: string; name: string };
}

/** What an autoscaler scales. @public */
export interface ScaleTarget {
  apiVersion?: string;
  kind: string;
  name: string;
}

/** What is kept of a HorizontalPodAutoscaler, `autoscaling/v2`. @public */
export interface CachedAutoscaler extends CachedValue {
  kind: 'HorizontalPodAutoscaler';
  target: ScaleTarget;
  /** As written; absent = it isn't, and Kubernetes takes 1. */
  minReplicas?: number;
  maxReplicas: number;
  /** How many metrics it goes by. */
  metrics: number;
  currentReplicas?: number;
  desiredReplicas?: number;
  /**
   * The condition ScalingActive is False: `ScalingDisabled` = the workload is at
   * zero and will not be woken; another reason = metrics are missing.
   */
  inactive?: string;
}

/** What is kept of a ScaledObject, `keda.sh/v1alpha1`. @public */
export interface CachedScaledObject extends CachedValue {
  kind: 'ScaledObject';
  /** A Deployment of `apps/v1` where it doesn't say. */
  target: ScaleTarget;
  /** As written; absent = it isn't, and KEDA takes 0. */
  minReplicaCount?: number;
  /** As written; absent = it isn't, and KEDA takes 100. */
  maxReplicaCount?: number;
  idleReplicaCount?: number;
  /** Types of its triggers, e.g. `cron`, `prometheus`. */
  triggers: readonly string[];
  /** The HPA that KEDA made for it, as its status says. */
  hpaName?: string;
  /**
   * Whether its status says that it is paused, whatever its annotations say; absent =
   * it doesn't say.
   */
  paused?: boolean;
}

/** What is kept of a PodDisruptionBudget, `policy/v1`. @public */
export interface CachedBudget extends CachedValue {
  kind: 'PodDisruptionBudget';
  /** An empty selector is for all pods of the namespace; none is for no pod. */
  selector?: ObjectSelector;
  /** A count or a percentage, e.g. `50%`. */
  minAvailable?: number | string;
  maxUnavailable?: number | string;
  disruptionsAllowed?: number;
  currentHealthy?: number;
  desiredHealthy?: number;
  expectedPods?: number;
}

/** What is kept of a Namespace. @public */
export interface CachedNamespace extends CachedValue {
  kind: 'Namespace';
}
