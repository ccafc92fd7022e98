/**
 * What is read of Kubernetes objects, as the API server sends them in JSON.
 * Anything else of them is never looked at.
 */

/** @public */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
}

/** @public */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFields[];
}

/** What one manager owns of an object. @public */
export interface ManagedFields {
  manager?: string;
  operation?: string;
  time?: string;
  subresource?: string;
  fieldsV1?: Record<string, unknown>;
}

/** @internal */
export interface KubernetesObject {
  metadata: ObjectMeta;
}

type Quantities = Record<string, string>;

/** @internal */
export interface Container {
  name: string;
  image?: string;
  command?: string[];
  args?: string[];
  env?: Array<{ name: string; value?: string }>;
  resources?: { requests?: Quantities; limits?: Quantities };
  restartPolicy?: string;
  volumeMounts?: Array<{ name: string }>;
}

/** What nodes must be like. @internal */
export interface NodeTerm {
  matchExpressions?: Array<{
    key: string;
    operator: string;
    values?: string[];
  }>;
}

/** @internal */
export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Array<{ name: string; emptyDir?: { medium?: string } }>;
  /** Of the pod as a whole. */
  resources?: { requests?: Quantities; limits?: Quantities };
  /** What its RuntimeClass adds; on pods only. */
  overhead?: Quantities;
  priorityClassName?: string;
  activeDeadlineSeconds?: number;
  nodeSelector?: Record<string, string>;
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: NodeTerm[];
      };
      preferredDuringSchedulingIgnoredDuringExecution?: Array<{
        preference?: NodeTerm;
      }>;
    };
  };
}

/** @internal */
export interface PodTemplate {
  metadata?: {
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
  };
  spec: PodSpec;
}

/** @internal */
export interface Pod extends KubernetesObject {
  spec: PodSpec & { nodeName?: string };
  status?: {
    phase?: string;
    reason?: string;
    conditions?: Array<{ type: string; status: string; reason?: string }>;
  };
}

/** A Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet or Job. @internal */
export interface Controller extends KubernetesObject {
  spec: {
    replicas?: number;
    parallelism?: number;
    template: PodTemplate;
    /** Of a StatefulSet. */
    volumeClaimTemplates?: Array<{
      spec?: {
        storageClassName?: string;
        resources?: { requests?: Quantities };
      };
    }>;
  };
}

/** @internal */
export interface CronJob extends KubernetesObject {
  spec: { jobTemplate: { spec: { template: PodTemplate } } };
}

/** A DeploymentConfig of OpenShift; one that was never rolled out may have no template. @internal */
export interface DeploymentConfig extends KubernetesObject {
  spec: { replicas?: number; template?: PodTemplate | null };
}

/** A Rollout of Argo Rollouts: a template of its own or the one of a Deployment. @internal */
export interface Rollout extends KubernetesObject {
  spec: {
    replicas?: number;
    template?: Partial<PodTemplate>;
    workloadRef?: { apiVersion?: string; kind?: string; name?: string };
  };
}
