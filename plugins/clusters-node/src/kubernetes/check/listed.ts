import { Worded, wordKubernetesCheck as word } from '@headroom/common';

/** A kind that the inventory lists, and what is lost without it. */
export interface ListedKind {
  /** Empty = the core group. */
  group: string;
  version: string;
  resource: string;
  /** Whether a cluster may lack the kind. */
  optional: boolean;
  effect: Worded;
}

const WORKLOADS = word('workloadsEffect');
const STEERED = word('steeredEffect');
const BOUNDED = word('boundedEffect');

/** Every kind that `readInventory` lists. */
export const LISTED_KINDS: ListedKind[] = [
  ...['deployments', 'statefulsets', 'daemonsets', 'replicasets'].map(
    resource => kind('apps', 'v1', resource, WORKLOADS),
  ),
  kind('batch', 'v1', 'cronjobs', WORKLOADS),
  kind('batch', 'v1', 'jobs', WORKLOADS),
  kind('', 'v1', 'pods', WORKLOADS),
  kind('', 'v1', 'nodes', word('nodesEffect')),
  kind('autoscaling', 'v2', 'horizontalpodautoscalers', STEERED),
  kind('', 'v1', 'limitranges', BOUNDED),
  kind('', 'v1', 'resourcequotas', BOUNDED),
  {
    ...kind(
      '',
      'v1',
      'replicationcontrollers',
      word('replicationControllersEffect'),
    ),
    optional: true,
  },
  {
    ...kind('autoscaling.k8s.io', 'v1', 'verticalpodautoscalers', STEERED),
    optional: true,
  },
  {
    ...kind('keda.sh', 'v1alpha1', 'scaledobjects', STEERED),
    optional: true,
  },
  {
    ...kind('argoproj.io', 'v1alpha1', 'rollouts', word('rolloutsEffect')),
    optional: true,
  },
  {
    ...kind(
      'apps.openshift.io',
      'v1',
      'deploymentconfigs',
      word('deploymentConfigsEffect'),
    ),
    optional: true,
  },
];

function kind(
  group: string,
  version: string,
  resource: string,
  effect: Worded,
): ListedKind {
  return { group, version, resource, optional: false, effect };
}

export function pathOf({ group, version, resource }: ListedKind): string {
  return group
    ? `/apis/${group}/${version}/${resource}`
    : `/api/${version}/${resource}`;
}

/** Rules of a ClusterRole that let these be listed. */
export function rulesFor(kinds: ListedKind[]): string {
  const byGroup = new Map<string, string[]>();
  for (const { group, resource } of kinds) {
    byGroup.set(group, [...(byGroup.get(group) ?? []), resource]);
  }
  return [...byGroup]
    .map(
      ([group, resources]) =>
        `- apiGroups: ['${group}']\n  resources: [${resources.join(
          ', ',
        )}]\n  verbs: [list]`,
    )
    .join('\n');
}
