import { FieldPath, KubernetesTarget } from '@headroom/common';

/** What of a container of a pod template is read. @public */
export interface TemplateContainer {
  name: string;
  resources?: {
    requests?: Readonly<Record<string, string | number>>;
    limits?: Readonly<Record<string, string | number>>;
  };
}

/** A workload as its API server has it, as far as its resources go. @public */
export interface TemplateObject {
  target: KubernetesTarget;
  containers: readonly TemplateContainer[];
  initContainers: readonly TemplateContainer[];
}

/** What scales a workload by how much of its request is used, as its API server has it. @public */
export interface ScalerObject {
  target: KubernetesTarget;
  spec: {
    /** Of a HorizontalPodAutoscaler. */
    metrics?: readonly ScalerMetric[];
    /** Of a ScaledObject. */
    triggers?: readonly ScalerTrigger[];
  };
}

/** @public */
export interface ScalerMetric {
  type?: string;
  resource?: { name?: string; target?: { averageUtilization?: number } };
  containerResource?: {
    name?: string;
    container?: string;
    target?: { averageUtilization?: number };
  };
}

/** @public */
export interface ScalerTrigger {
  type?: string;
  metadata?: { value?: string | number; containerName?: string };
}

/** A pod that runs, as far as its resources go. @public */
export interface RunningPod {
  target: KubernetesTarget;
  containers: readonly RunningContainer[];
  initContainers: readonly RunningContainer[];
}

/** @public */
export interface RunningContainer extends TemplateContainer {
  /** Whether a change of a resource restarts the container; absent = it doesn't. */
  resizePolicy?: ReadonlyArray<{ resourceName: string; restartPolicy: string }>;
}

/** Kinds whose pod template can be changed, and where it is. */
const POD_PATHS: Readonly<Record<string, FieldPath>> = {
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Rollout: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/**
 * Where the pod spec of a kind's template is; undefined = it has none that can be
 * changed, as a Job's and a bare Pod's.
 *
 * @public
 */
export function podPathOf(kind: string): FieldPath | undefined {
  return Object.hasOwn(POD_PATHS, kind) ? POD_PATHS[kind] : undefined;
}
