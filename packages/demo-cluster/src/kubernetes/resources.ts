/** A kind the API serves. */
export interface ResourceDefinition {
  /** '' for the core group. */
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  /** Fields a field selector may name, beside metadata.name and metadata.namespace. */
  fields?: string[];
  /** Computed when asked; can't be watched. */
  computed?: boolean;
}

/** `apiVersion` of a kind. */
export function apiVersionOf(resource: {
  group: string;
  version: string;
}): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

/** What a resource is called in an error: `deployments.apps`, `pods`. */
export function qualifiedPlural(resource: ResourceDefinition): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function define(
  groupVersion: string,
  plural: string,
  kind: string,
  more: Partial<ResourceDefinition> = {},
): ResourceDefinition {
  const [group, version] = groupVersion.includes('/')
    ? groupVersion.split('/')
    : ['', groupVersion];
  return {
    group,
    version,
    plural,
    kind,
    singular: kind.toLocaleLowerCase('en-US'),
    namespaced: true,
    ...more,
  };
}

/** Every kind the demo cluster serves; no more than Headroom and Backstage's Kubernetes plugin read or change. */
export const RESOURCES: ResourceDefinition[] = [
  define('v1', 'namespaces', 'Namespace', {
    namespaced: false,
    shortNames: ['ns'],
    fields: ['status.phase'],
  }),
  define('v1', 'nodes', 'Node', {
    namespaced: false,
    shortNames: ['no'],
    fields: ['spec.unschedulable'],
  }),
  define('v1', 'pods', 'Pod', {
    shortNames: ['po'],
    fields: [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'status.phase',
      'status.podIP',
    ],
  }),
  define('v1', 'services', 'Service', { shortNames: ['svc'] }),
  define('v1', 'configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  define('v1', 'serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }),
  define('v1', 'secrets', 'Secret', { fields: ['type'] }),
  define('v1', 'events', 'Event', {
    shortNames: ['ev'],
    fields: [
      'involvedObject.kind',
      'involvedObject.name',
      'involvedObject.namespace',
      'involvedObject.uid',
      'reason',
      'type',
    ],
  }),
  define('v1', 'limitranges', 'LimitRange', { shortNames: ['limits'] }),
  define('v1', 'resourcequotas', 'ResourceQuota', { shortNames: ['quota'] }),
  define('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', {
    shortNames: ['pvc'],
  }),
  define('v1', 'persistentvolumes', 'PersistentVolume', {
    namespaced: false,
    shortNames: ['pv'],
  }),
  define('apps/v1', 'deployments', 'Deployment', { shortNames: ['deploy'] }),
  define('apps/v1', 'replicasets', 'ReplicaSet', {
    shortNames: ['rs'],
    fields: ['status.replicas'],
  }),
  define('apps/v1', 'statefulsets', 'StatefulSet', { shortNames: ['sts'] }),
  define('apps/v1', 'daemonsets', 'DaemonSet', { shortNames: ['ds'] }),
  define('batch/v1', 'jobs', 'Job', { fields: ['status.successful'] }),
  define('batch/v1', 'cronjobs', 'CronJob', { shortNames: ['cj'] }),
  define(
    'autoscaling/v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    {
      shortNames: ['hpa'],
    },
  ),
  define(
    'autoscaling.k8s.io/v1',
    'verticalpodautoscalers',
    'VerticalPodAutoscaler',
    { shortNames: ['vpa'] },
  ),
  define('keda.sh/v1alpha1', 'scaledobjects', 'ScaledObject', {
    shortNames: ['so'],
  }),
  define(
    'keda.sh/v1alpha1',
    'triggerauthentications',
    'TriggerAuthentication',
    { shortNames: ['ta'] },
  ),
  define('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', {
    shortNames: ['pdb'],
  }),
  define('networking.k8s.io/v1', 'ingresses', 'Ingress', {
    shortNames: ['ing'],
  }),
  define('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', {
    shortNames: ['netpol'],
  }),
  define('scheduling.k8s.io/v1', 'priorityclasses', 'PriorityClass', {
    namespaced: false,
    shortNames: ['pc'],
  }),
  define('rbac.authorization.k8s.io/v1', 'roles', 'Role'),
  define('rbac.authorization.k8s.io/v1', 'rolebindings', 'RoleBinding'),
  define('monitoring.coreos.com/v1', 'prometheusrules', 'PrometheusRule', {
    shortNames: ['promrule'],
  }),
  define('monitoring.coreos.com/v1', 'podmonitors', 'PodMonitor', {
    shortNames: ['pmon'],
  }),
  define('monitoring.coreos.com/v1', 'servicemonitors', 'ServiceMonitor', {
    shortNames: ['smon'],
  }),
  define('storage.k8s.io/v1', 'storageclasses', 'StorageClass', {
    namespaced: false,
    shortNames: ['sc'],
  }),
  define('metrics.k8s.io/v1beta1', 'nodes', 'NodeMetrics', {
    namespaced: false,
    singular: '',
    computed: true,
  }),
  define('metrics.k8s.io/v1beta1', 'pods', 'PodMetrics', {
    singular: '',
    computed: true,
  }),
];

/** The definition of a resource, when it is served. */
export function findResource(
  group: string,
  version: string,
  plural: string,
): ResourceDefinition | undefined {
  return RESOURCES.find(
    resource =>
      resource.group === group &&
      resource.version === version &&
      resource.plural === plural,
  );
}
