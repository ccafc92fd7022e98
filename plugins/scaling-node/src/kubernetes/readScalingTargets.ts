import { WorkloadRef } from '@headroom/common';
import {
  CachedBudget,
  CachedObject,
  CachedWorkload,
  ClusterSnapshot,
  SelectorIndex,
} from '@headroom/plugin-clusters-node';
import { MatchingBudget, ScalingTarget } from '@headroom/plugin-scaling-common';
import { findAutoscalers, Steered } from './findAutoscalers';
import { toScalingObject } from './toScalingObject';

/** What is known of a workload beside what its cluster says. @public */
export interface WorkloadContext {
  /** Ref of the service that it is linked to. */
  entityRef?: string;
  /** Ref of the service's system. */
  system?: string;
  /** Refs of the groups that own the service, and of the groups above them: nearest first. */
  teams?: readonly string[];
  /** From created to ready, as measured, and of how many pods. */
  startUpSeconds?: number;
  startUps?: number;
}

/** @public */
export interface ReadScalingTargetsOptions {
  /** What the catalog and measurements know of a workload. Default: nothing. */
  contextOf?: (workload: WorkloadRef) => WorkloadContext | undefined;
}

type Workload = CachedObject<CachedWorkload>;

const RESOURCES: Record<CachedWorkload['kind'], string> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  CronJob: 'cronjobs',
  Rollout: 'rollouts',
};

/**
 * The workloads of a cluster that a schedule can act on, with what steers them and
 * what bears on them: one pass over each kind of object, however many policies
 * there are. One workload at a time, so that who reads many can let others have their
 * turn; all are as the snapshot says.
 *
 * Left out is what is being deleted, and a workload of which a write of our own, or
 * of what steers it, is not held yet: it is there again when it is.
 *
 * @param snapshot - whether it may be acted on, its `trust` says
 * @public
 */
export function* readScalingTargets(
  snapshot: ClusterSnapshot,
  { contextOf = () => undefined }: ReadScalingTargetsOptions = {},
): Generator<ScalingTarget> {
  const { deployments, statefulSets, cronJobs, rollouts } = snapshot.objects;
  const steering = findAutoscalers(snapshot);
  const budgetsFor = budgetFinder(snapshot);
  const namespaces = new Map(
    snapshot.objects.namespaces.map(({ name, value }) => [name, value.labels]),
  );
  const templates = rolloutsByDeployment(rollouts, deployments);
  for (const kind of [deployments, statefulSets, cronJobs, rollouts]) {
    for (const workload of kind) {
      const steered = steering.of(workload);
      if (!isLeftOut(snapshot, workload, steered)) {
        yield {
          ...contextOf(refOf(workload)),
          ...targetOf(snapshot.cluster, workload, steered),
          ...controllerOf(workload, templates),
          namespaceLabels: namespaces.get(workload.namespace) ?? {},
          budgets: budgetsFor(
            workload.namespace,
            templates.podLabelsOf(workload),
          ),
        };
      }
    }
  }
}

function isLeftOut(
  { behind }: ClusterSnapshot,
  { uid, value }: Workload,
  { autoscaler }: Steered,
): boolean {
  return (
    value.deleting === true ||
    behind.has(uid) ||
    (autoscaler !== undefined && behind.has(autoscaler.object.uid))
  );
}

function refOf({ namespace, name, value }: Workload): WorkloadRef {
  return { namespace, kind: value.kind, name };
}

/** All but what others say of it. */
function targetOf(
  cluster: string,
  workload: Workload,
  { autoscaler, contestedBy, lastChangeAt }: Steered,
): Omit<ScalingTarget, 'namespaceLabels' | 'budgets'> {
  const { value } = workload;
  const lastHumanChangeAt = later(value.lastChange?.at, lastChangeAt);
  return {
    workload: toScalingObject(cluster, workload, RESOURCES[value.kind]),
    labels: value.labels,
    // An API server notes when everything was made.
    createdAt: value.createdAt ?? new Date(0).toISOString(),
    ...(value.rolledOutAt && { lastRolloutAt: value.rolledOutAt }),
    ...(lastHumanChangeAt && { lastHumanChangeAt }),
    ...(value.replicas !== undefined && { replicas: value.replicas }),
    ...(value.readyReplicas !== undefined && {
      readyReplicas: value.readyReplicas,
    }),
    ...(value.suspend !== undefined && { suspend: value.suspend }),
    ...(autoscaler && { autoscaler }),
    ...(contestedBy && { contestedBy }),
  };
}

/** What decides on a workload: its controller, or the Rollout that has taken over its template. */
function controllerOf(
  workload: Workload,
  templates: ReturnType<typeof rolloutsByDeployment>,
): Pick<ScalingTarget, 'controlledBy'> {
  const { controller } = workload.value;
  if (controller) {
    return { controlledBy: { kind: controller.kind, name: controller.name } };
  }
  const rollout = templates.rolloutOf(workload);
  return rollout ? { controlledBy: { kind: 'Rollout', name: rollout } } : {};
}

/**
 * Rollouts that have the template of a Deployment: Argo Rollouts scales that one
 * down, and it is no longer what runs.
 */
function rolloutsByDeployment(
  rollouts: readonly Workload[],
  deployments: readonly Workload[],
) {
  const key = (namespace: string, name: string) => `${namespace}/${name}`;
  const takenOver = new Map<string, string>();
  for (const { namespace, name, value } of rollouts) {
    if (value.workloadRef?.kind === 'Deployment') {
      takenOver.set(key(namespace, value.workloadRef.name), name);
    }
  }
  const podLabels = new Map(
    deployments
      .filter(({ namespace, name }) => takenOver.has(key(namespace, name)))
      .map(({ namespace, name, value }) => [
        key(namespace, name),
        value.podLabels,
      ]),
  );
  return {
    rolloutOf: ({ namespace, name, value }: Workload) =>
      value.kind === 'Deployment'
        ? takenOver.get(key(namespace, name))
        : undefined,
    podLabelsOf: ({ namespace, value }: Workload) =>
      value.podLabels ??
      podLabels.get(key(namespace, value.workloadRef?.name ?? '')),
  };
}

function budgetFinder({ objects }: ClusterSnapshot) {
  const byNamespace = new Map<string, Array<CachedObject<CachedBudget>>>();
  for (const budget of objects.budgets) {
    const others = byNamespace.get(budget.namespace);
    if (others) {
      others.push(budget);
    } else {
      byNamespace.set(budget.namespace, [budget]);
    }
  }
  const indices = new Map(
    [...byNamespace].map(([namespace, budgets]) => [
      namespace,
      SelectorIndex.create(budgets, ({ value }) => value.selector),
    ]),
  );
  return (
    namespace: string,
    podLabels: Readonly<Record<string, string>> = {},
  ): MatchingBudget[] =>
    (indices.get(namespace)?.matching(podLabels) ?? [])
      .map(({ name, value: { minAvailable, maxUnavailable } }) => ({
        name,
        ...(minAvailable !== undefined && { minAvailable }),
        ...(maxUnavailable !== undefined && { maxUnavailable }),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function later(
  one: string | undefined,
  other: string | undefined,
): string | undefined {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
