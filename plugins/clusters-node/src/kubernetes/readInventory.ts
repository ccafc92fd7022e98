import {
  ClusterInventory,
  ClusterLabels,
  NodeLabels,
  Steering,
} from '@headroom/plugin-cost-common';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesApiError } from './client/failures';
import { listPages } from './client/listPages';
import { nodeLabels } from './labels/nodeLabels';
import { readLimits } from './limits/readLimits';
import {
  Controller,
  CronJob,
  DeploymentConfig,
  KubernetesObject,
  Pod,
  Rollout,
} from './objects';
import {
  HorizontalPodAutoscaler,
  readHorizontalPodAutoscaler,
} from './steering/horizontalPodAutoscaler';
import { ReadSteering, readObject } from './steering/readObject';
import { readScaledObject, ScaledObject } from './steering/scaledObject';
import {
  readVerticalPodAutoscaler,
  VerticalPodAutoscaler,
} from './steering/verticalPodAutoscaler';
import { WorkloadBook } from './workloads/WorkloadBook';

/** @public */
export interface ReadInventoryOptions {
  signal: AbortSignal;
  /** Milliseconds one request may take. Default 30 seconds. */
  timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** Calls back for each object of a list, reading a page at a time. */
type Each = <T>(
  path: string,
  kind: string,
  take: (item: T) => void,
) => Promise<void>;

/** What a cluster runs, and the labels of its workloads and nodes. @public */
export interface ReadInventory extends ClusterInventory {
  labels: ClusterLabels;
}

/**
 * The workloads of the current cluster of `kubeConfig`, what steers them, what
 * their namespaces let them ask for, and the labels of their pods and of nodes.
 * Reads 500 objects at a time and keeps nothing of them but facts: of
 * environment variables and arguments only options that set a heap.
 *
 * A steering kind that isn't installed is none; one that can't be read is in
 * `unreadable`, and steering is then not known. So is an object of another form
 * than its kind's, of whose target alone it is not known.
 *
 * @throws {@link KubernetesApiError}, one sentence fit for a page, when the
 * workloads can't be read; the signal's reason when it aborts.
 * @public
 */
export async function readInventory(
  kubeConfig: KubeConfig,
  { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: ReadInventoryOptions,
): Promise<ReadInventory> {
  const readAt = new Date().toISOString();
  const each: Each = async (path, kind, take) => {
    const pages = listPages<Parameters<typeof take>[0]>(
      kubeConfig,
      path,
      kind,
      { signal, timeoutMs },
    );
    for await (const page of pages) {
      page.forEach(take);
    }
  };
  const book = await readWorkloads(each);
  const nodes = await readNodes(each);
  const { steering, unreadable } = await readSteering(each);
  const { limits, unreadable: unread } = await readLimits((path, kind, take) =>
    optional(each(path, kind, take)),
  );
  return {
    readAt,
    workloads: book.workloads(),
    labels: { workloads: book.labels(), ...(nodes && { nodes }) },
    steering,
    limits,
    unreadable: [...unreadable, ...unread],
  };
}

/** Controllers before what they control, so that a pod finds its workload. */
async function readWorkloads(each: Each): Promise<WorkloadBook> {
  const book = WorkloadBook.create();
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
    const plural = `${kind.toLocaleLowerCase('en-US')}s`;
    await each<Controller>(`/apis/apps/v1/${plural}`, plural, item =>
      book.addController(kind, item),
    );
  }
  await each<CronJob>('/apis/batch/v1/cronjobs', 'cronjobs', item =>
    book.addCronJob(item),
  );
  // Nothing is lost without Rollouts: their ReplicaSets have the template.
  await optional(
    each<Rollout>('/apis/argoproj.io/v1alpha1/rollouts', 'rollouts', item =>
      book.addRollout(item),
    ),
  );
  await optional(
    each<DeploymentConfig>(
      '/apis/apps.openshift.io/v1/deploymentconfigs',
      'deploymentconfigs',
      item => book.addDeploymentConfig(item),
    ),
  );
  // Nor without these: pods say which DeploymentConfig made them.
  await optional(
    each<Controller>(
      '/api/v1/replicationcontrollers',
      'replicationcontrollers',
      item => book.addIntermediate('ReplicationController', item),
    ),
  );
  await each<Controller>('/apis/apps/v1/replicasets', 'replicasets', item =>
    book.addIntermediate('ReplicaSet', item),
  );
  await each<Controller>('/apis/batch/v1/jobs', 'jobs', item =>
    book.addIntermediate('Job', item),
  );
  await each<Pod>('/api/v1/pods', 'pods', item => book.addPod(item));
  return book;
}

/** Undefined when nodes can't be listed: they are then known by metrics alone. */
async function readNodes(each: Each): Promise<NodeLabels[] | undefined> {
  const nodes: NodeLabels[] = [];
  const failure = await optional(
    each<KubernetesObject>('/api/v1/nodes', 'nodes', item => {
      nodes.push(nodeLabels(item));
    }),
  );
  return failure ? undefined : nodes;
}

async function readSteering(
  each: Each,
): Promise<Pick<ClusterInventory, 'steering' | 'unreadable'>> {
  const steering: Steering[] = [];
  const unreadable: ClusterInventory['unreadable'] = [];
  async function read<T extends KubernetesObject>(
    kind: Steering['kind'],
    path: string,
    toSteering: (item: T) => Steering | undefined,
  ): Promise<void> {
    const found: ReadSteering[] = [];
    const failure = await optional(
      each<T>(path, path.split('/').at(-1)!, item => {
        found.push(readObject(kind, toSteering, item));
      }),
    );
    if (!failure) {
      for (const object of found) {
        steering.push(...(object.steering ? [object.steering] : []));
        unreadable.push(...(object.unreadable ? [object.unreadable] : []));
      }
    } else if (failure.status !== 404) {
      unreadable.push({ kind, reason: failure.message });
    }
  }
  await read<HorizontalPodAutoscaler>(
    'HorizontalPodAutoscaler',
    '/apis/autoscaling/v2/horizontalpodautoscalers',
    readHorizontalPodAutoscaler,
  );
  await read<VerticalPodAutoscaler>(
    'VerticalPodAutoscaler',
    '/apis/autoscaling.k8s.io/v1/verticalpodautoscalers',
    readVerticalPodAutoscaler,
  );
  await read<ScaledObject>(
    'ScaledObject',
    '/apis/keda.sh/v1alpha1/scaledobjects',
    readScaledObject,
  );
  return { steering, unreadable };
}

/** What kept a list from being read; undefined when nothing did. */
async function optional(
  reading: Promise<void>,
): Promise<KubernetesApiError | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    if (error instanceof KubernetesApiError) {
      return error;
    }
    throw error;
  }
}
