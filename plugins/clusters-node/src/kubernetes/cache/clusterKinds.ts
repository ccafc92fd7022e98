import { CachedKind } from './CacheState';
import { ClusterKind, ClusterObjects } from './ClusterSnapshot';
import {
  projectAutoscaler,
  projectScaledObject,
} from './projections/projectAutoscaler';
import { projectBudget, projectNamespace } from './projections/projectBudget';
import {
  projectCronJob,
  projectReplicated,
} from './projections/projectWorkload';

/** Where a kind is served, and what is kept of its objects. @internal */
export interface ClusterKindDefinition<TValue> extends CachedKind {
  project: (object: unknown) => TValue;
}

/**
 * What a controller follows. Only kinds of others' definitions may be missing:
 * without autoscalers or budgets nobody knows what a change would do.
 *
 * @internal
 */
export const CLUSTER_KINDS: {
  readonly [kind in ClusterKind]: ClusterKindDefinition<ClusterObjects[kind]>;
} = {
  namespaces: {
    group: '',
    version: 'v1',
    kind: 'Namespace',
    resource: 'namespaces',
    project: projectNamespace,
  },
  deployments: {
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    resource: 'deployments',
    project: projectReplicated('Deployment'),
  },
  statefulSets: {
    group: 'apps',
    version: 'v1',
    kind: 'StatefulSet',
    resource: 'statefulsets',
    project: projectReplicated('StatefulSet'),
  },
  cronJobs: {
    group: 'batch',
    version: 'v1',
    kind: 'CronJob',
    resource: 'cronjobs',
    project: projectCronJob,
  },
  rollouts: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'Rollout',
    resource: 'rollouts',
    optional: true,
    project: projectReplicated('Rollout'),
  },
  autoscalers: {
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    resource: 'horizontalpodautoscalers',
    project: projectAutoscaler,
  },
  scaledObjects: {
    group: 'keda.sh',
    version: 'v1alpha1',
    kind: 'ScaledObject',
    resource: 'scaledobjects',
    optional: true,
    project: projectScaledObject,
  },
  budgets: {
    group: 'policy',
    version: 'v1',
    kind: 'PodDisruptionBudget',
    resource: 'poddisruptionbudgets',
    project: projectBudget,
  },
};

/** @public */
export const CLUSTER_KIND_NAMES = Object.keys(
  CLUSTER_KINDS,
) as readonly ClusterKind[];

/**
 * The cache that has the objects of a kind, e.g. to put there what a write of one
 * answered; undefined for a kind that is not followed.
 *
 * @public
 */
export function clusterKindOf({
  group,
  resource,
}: Pick<CachedKind, 'group' | 'resource'>): ClusterKind | undefined {
  return CLUSTER_KIND_NAMES.find(
    name =>
      CLUSTER_KINDS[name].resource === resource &&
      CLUSTER_KINDS[name].group === group,
  );
}
