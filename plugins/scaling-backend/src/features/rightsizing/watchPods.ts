import {
  KubernetesAccess,
  KubernetesApiError,
  KubernetesReader,
} from '@headroom/plugin-clusters-node';
import { KubernetesTarget } from '@headroom/common';
import { ResizedPod, WatchedPod } from '@headroom/plugin-scaling-common';

const PODS = { group: '', version: 'v1', kind: 'Pod', resource: 'pods' };
/** Pods of one workload that are looked at. */
const MOST_PODS = 2000;

interface Pod {
  metadata: { name: string; uid?: string; creationTimestamp?: string };
  status?: {
    phase?: string;
    conditions?: Array<{
      type: string;
      status: string;
      reason?: string;
      message?: string;
      lastTransitionTime?: string;
    }>;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

interface ContainerStatus {
  name: string;
  restartCount?: number;
  state?: { waiting?: { reason?: string }; terminated?: Ended };
  lastState?: { terminated?: Ended };
}

interface Ended {
  reason?: string;
  exitCode?: number;
  finishedAt?: string;
}

interface Selecting {
  spec?: {
    replicas?: number;
    selector?: { matchLabels?: Record<string, string> };
  };
}

/**
 * The pods of a workload as they are now.
 *
 * @returns without `pods` when the workload says by no labels which pods are its own
 * @throws KubernetesApiError
 */
export async function watchPods(
  access: KubernetesAccess,
  target: KubernetesTarget,
  signal: AbortSignal,
): Promise<{ pods?: WatchedPod[]; wanted?: number }> {
  const reader = KubernetesReader.of(access, target.cluster);
  if (!reader) {
    return {};
  }
  const { spec } = await reader.get<Selecting>(target, { signal });
  const labels = Object.entries(spec?.selector?.matchLabels ?? {});
  if (labels.length === 0) {
    return {};
  }
  const pods: WatchedPod[] = [];
  const pages = reader.list<Pod>(PODS, {
    namespace: target.namespace,
    labelSelector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    signal,
  });
  for await (const page of pages) {
    pods.push(...page.map(toWatched));
    if (pods.length >= MOST_PODS) {
      break;
    }
  }
  return {
    pods,
    ...(spec?.replicas !== undefined && { wanted: spec.replicas }),
  };
}

/**
 * A pod that was resized in place, as it is now.
 *
 * @returns `gone` when none, or another one, has its name; undefined when nothing says
 * how to reach the cluster
 * @throws KubernetesApiError
 */
export async function watchPod(
  access: KubernetesAccess,
  target: KubernetesTarget,
  signal: AbortSignal,
): Promise<ResizedPod | 'gone' | undefined> {
  const reader = KubernetesReader.of(access, target.cluster);
  let pod: Pod | undefined;
  try {
    pod = await reader?.get<Pod>(target, { signal });
  } catch (error) {
    if (error instanceof KubernetesApiError && error.failure === 'NotFound') {
      return 'gone';
    }
    throw error;
  }
  if (!pod || pod.metadata.uid !== target.uid) {
    return pod && 'gone';
  }
  const { conditions = [], phase } = pod.status ?? {};
  if (phase === 'Succeeded' || phase === 'Failed') {
    return 'gone';
  }
  const of = (wanted: string) =>
    conditions.find(({ type, status }) => type === wanted && status === 'True');
  const pending = of('PodResizePending');
  const inProgress = of('PodResizeInProgress');
  const said = (condition: NonNullable<typeof pending>) => ({
    reason: condition.reason ?? '',
    message: condition.message ?? condition.reason ?? '',
    since: condition.lastTransitionTime ?? '',
  });
  return {
    ...toWatched(pod),
    ...(pending && { resizePending: said(pending) }),
    ...(inProgress?.reason === 'Error' && { resizeFailed: said(inProgress) }),
  };
}

function toWatched({ metadata, status = {} }: Pod): WatchedPod {
  const { conditions = [], phase = 'Unknown' } = status;
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  return {
    name: metadata.name,
    createdAt: metadata.creationTimestamp ?? '',
    phase,
    ready: conditions.some(
      each => each.type === 'Ready' && each.status === 'True',
    ),
    ...(scheduled?.status === 'False' &&
      scheduled.lastTransitionTime && {
        unscheduledSince: scheduled.lastTransitionTime,
      }),
    containers: [
      ...(status.initContainerStatuses ?? []),
      ...(status.containerStatuses ?? []),
    ].map(({ name, restartCount = 0, state, lastState }) => {
      const ended = state?.terminated ?? lastState?.terminated;
      const waiting = state?.waiting?.reason;
      return {
        name,
        restarts: restartCount,
        ...(ended?.finishedAt && {
          lastEnd: {
            reason: ended.reason ?? 'Unknown',
            exitCode: ended.exitCode ?? -1,
            at: ended.finishedAt,
          },
        }),
        ...(waiting && { waiting }),
      };
    }),
  };
}
