import { WorkloadIdentity, staticPodName } from '@headroom/common';
import { PodHourRow } from '@headroom/plugin-cost-common';
import { AllocationItem } from '../answer/schema';
import { NodeAsset } from '../answer/readNodeAssets';
import { UNALLOCATED_NAMESPACE } from './reserved';

/** OpenCost writes kinds in lower case; Kubernetes does not. */
const KINDS: Record<string, string> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  replicaset: 'ReplicaSet',
  job: 'Job',
  cronjob: 'CronJob',
  rollout: 'Rollout',
};

/** @internal */
export type WorkloadKey = Omit<WorkloadIdentity, 'labels' | 'labelsSanitized'>;

/**
 * Whose container an item is; a pod without a controller stands for itself, a
 * static one for its copies on all nodes.
 *
 * @internal
 */
export function workloadOf(item: AllocationItem): WorkloadKey {
  const { namespace, controllerKind, controller, pod, container, node } =
    item.properties ?? {};
  const owned = controller && !controller.startsWith('__');
  const ownName = pod && node ? staticPodName(pod, node) : pod;
  return {
    namespace: namespace ?? UNALLOCATED_NAMESPACE,
    workloadKind: owned
      ? KINDS[controllerKind ?? ''] ?? controllerKind ?? ''
      : 'Pod',
    workload: (owned ? controller : ownName) ?? item.name ?? '',
    container: container ?? '',
  };
}

/**
 * The pod's labels. OpenCost mixes in those of the node, which change with
 * every move and say nothing about the workload.
 *
 * @internal
 */
export function workloadLabels(
  item: AllocationItem,
  node: NodeAsset | undefined,
): Record<string, string> {
  const labels = Object.entries(item.properties?.labels ?? {});
  return Object.fromEntries(
    labels.filter(([key, value]) => node?.labels[key] !== value),
  );
}

/** What is kept of annotations: some are whole documents. */
const MOST_ANNOTATIONS = 50;
const LONGEST_ANNOTATION = 256;

/**
 * What only the pod of an item has: its name, its annotations and the Services
 * that select it.
 *
 * @internal
 */
export function podOf(
  item: AllocationItem,
): Pick<PodHourRow, 'pod' | 'annotations' | 'services'> {
  const { pod, annotations = {}, services } = item.properties ?? {};
  const kept = Object.entries(annotations)
    .filter(
      // A database can't hold the character 0.
      ([, value]) =>
        value.length <= LONGEST_ANNOTATION && !value.includes('\0'),
    )
    .slice(0, MOST_ANNOTATIONS);
  return {
    pod: pod ?? '',
    ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    ...(services && services.length > 0 && { services }),
  };
}
