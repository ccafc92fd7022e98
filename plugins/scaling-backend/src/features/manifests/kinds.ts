import { KubernetesResource } from '@headroom/plugin-clusters-node';

const kind = (
  apiVersion: string,
  name: string,
  resource: string,
): KubernetesResource => {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  return { group, version, kind: name, resource };
};

/** Kinds of a namespace that rules look at; Secrets and ConfigMaps are left alone. */
export const CHECKED_KINDS: readonly KubernetesResource[] = [
  kind('apps/v1', 'Deployment', 'deployments'),
  kind('apps/v1', 'StatefulSet', 'statefulsets'),
  kind('apps/v1', 'DaemonSet', 'daemonsets'),
  kind('batch/v1', 'CronJob', 'cronjobs'),
  kind('argoproj.io/v1alpha1', 'Rollout', 'rollouts'),
  kind('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
  kind(
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    'verticalpodautoscalers',
  ),
  kind('keda.sh/v1alpha1', 'ScaledObject', 'scaledobjects'),
  kind('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'),
  kind('v1', 'Service', 'services'),
  kind('v1', 'ServiceAccount', 'serviceaccounts'),
  kind('v1', 'LimitRange', 'limitranges'),
  kind('v1', 'ResourceQuota', 'resourcequotas'),
  kind('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
  kind('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  kind('kueue.x-k8s.io/v1beta2', 'LocalQueue', 'localqueues'),
];

/** Of a kind and namespace. */
export const MOST_OBJECTS = 1_000;
