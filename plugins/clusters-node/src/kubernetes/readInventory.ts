import {
  ClusterInventory,
  ClusterLabels,
  NodeLabels,
  Steering,
} from '@headroom/common';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesApiError } from './client/KubernetesApiError';
import { listPages } from './client/listPages';
import { eachSound } from './eachSound';
import { nodeLabels } from './labels/nodeLabels';
import { readLimits } from './limits/readLimits';
import { Unreadable } from './malformed';
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
 * `unreadable`, and steering is then not known. So is one object of another form
 * than its kind's, a workload as well as what steers one: it is skipped, and of
 * that workload alone nothing is known.
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
      page.items.forEach(take);
    }
  };
  const odd: Unreadable[] = [];
  const book = await readWorkloads(each, odd);
  const nodes = await readNodes(each, odd);
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
    unreadable: [...unreadable, ...unread, ...odd],
  };
}

/** Controllers before what they control, so that a pod finds its workload. */
async function readWorkloads(
  each: Each,
  unreadable: Unreadable[],
): Promise<WorkloadBook> {
  const book = WorkloadBook.create();
  const list = <T>(group: string, kind: string, add: (item: T) => void) => {
    const plural = `${kind.toLocaleLowerCase('en-US')}s`;
    return each<T>(
      `/${group}/${plural}`,
      plural,
      eachSound(kind, add, unreadable),
    );
  };
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
    await list<Controller>('apis/apps/v1', kind, item =>
      book.addController(kind, item),
    );
  }
  await list<CronJob>('apis/batch/v1', 'CronJob', item =>
    book.addCronJob(item),
  );
  // Nothing is lost without Rollouts: their ReplicaSets have the template.
  await optional(
    list<Rollout>('apis/argoproj.io/v1alpha1', 'Rollout', item =>
      book.addRollout(item),
    ),
  );
  await optional(
    list<DeploymentConfig>(
      'apis/apps.openshift.io/v1',
      'DeploymentConfig',
      item => book.addDeploymentConfig(item),
    ),
  );
  const intermediates = (
    group: string,
    kind: 'ReplicaSet' | 'ReplicationController' | 'Job',
  ) => list<Controller>(group, kind, item => book.addIntermediate(kind, item));
  // Nor without these: pods say which DeploymentConfig made them.
  await optional(intermediates('api/v1', 'ReplicationController'));
  await intermediates('apis/apps/v1', 'ReplicaSet');
  await intermediates('apis/batch/v1', 'Job');
  await list<Pod>('api/v1', 'Pod', item => book.addPod(item));
  return book;
}

/** Undefined when nodes can't be listed: they are then known by metrics alone. */
async function readNodes(
  each: Each,
  unreadable: Unreadable[],
): Promise<NodeLabels[] | undefined> {
  const nodes: NodeLabels[] = [];
  const failure = await optional(
    each<KubernetesObject>(
      '/api/v1/nodes',
      'nodes',
      eachSound(
        'Node',
        item => {
          nodes.push(nodeLabels(item));
        },
        unreadable,
      ),
    ),
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
