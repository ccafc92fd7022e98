import { KubernetesTarget } from '@headroom/common';
import {
  KubernetesAccess,
  KubernetesReader,
  ObjectMeta,
} from '@headroom/plugin-clusters-node';
import { RunningContainer, RunningPod } from '@headroom/plugin-scaling-common';

const POD = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' };
/** What a pod of a ReplicaSet says of its template. */
const HASHES = ['pod-template-hash', 'rollouts-pod-template-hash'];
const MOST_PODS = 2000;

interface Pod {
  metadata: ObjectMeta;
  spec?: {
    containers?: RunningContainer[];
    initContainers?: RunningContainer[];
  };
  status?: { phase?: string };
}

interface Selecting {
  spec?: { selector?: { matchLabels?: Record<string, string> } };
}

/**
 * The pods of a workload that run and aren't being stopped: those whose controller it
 * is, itself or by a ReplicaSet, and not all that its labels select.
 *
 * @throws KubernetesApiError
 */
export async function readRunningPods(
  access: KubernetesAccess,
  workload: KubernetesTarget,
  signal: AbortSignal,
): Promise<RunningPod[]> {
  const { cluster, namespace } = workload;
  const reader = KubernetesReader.of(access, cluster);
  const { spec } = (await reader?.get<Selecting>(workload, { signal })) ?? {};
  const labels = Object.entries(spec?.selector?.matchLabels ?? {});
  if (!reader || labels.length === 0) {
    return [];
  }
  const pods: RunningPod[] = [];
  const pages = reader.list<Pod>(POD, {
    namespace,
    labelSelector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    signal,
  });
  for await (const page of pages) {
    for (const pod of page) {
      if (runs(pod) && isOf(pod, workload)) {
        const { name, uid, resourceVersion = '' } = pod.metadata;
        pods.push({
          target: {
            type: 'kubernetes',
            cluster,
            ...POD,
            namespace,
            name,
            uid,
            resourceVersion,
          },
          containers: pod.spec?.containers ?? [],
          initContainers: pod.spec?.initContainers ?? [],
        });
      }
    }
    if (pods.length >= MOST_PODS) {
      break;
    }
  }
  return pods;
}

function runs({ metadata, status }: Pod): boolean {
  return (
    status?.phase === 'Running' && metadata.deletionTimestamp === undefined
  );
}

function isOf(
  { metadata: { ownerReferences = [], labels = {} } }: Pod,
  workload: KubernetesTarget,
): boolean {
  return ownerReferences.some(
    ({ kind, name, uid }) =>
      uid === workload.uid ||
      (kind === 'ReplicaSet' &&
        HASHES.some(
          label =>
            labels[label] !== undefined &&
            name === `${workload.name}-${labels[label]}`,
        )),
  );
}
