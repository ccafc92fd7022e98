import { createWorder } from '../wording';

/**
 * What the check of a cluster asks its Kubernetes API and says of it.
 *
 * @public
 */
export const KUBERNETES_CHECK_SENTENCES = {
  askAnswer: 'Does the API server answer?',
  askKinds: 'Which kinds may Headroom list?',
  askLabels: 'Do pods have the labels that configured links name?',

  unconfigured: 'Nothing says how to reach the Kubernetes API of {{cluster}}.',
  unconfiguredWhere:
    'headroom.clusters, at {{cluster}}; or a cluster of that name with a serviceAccountToken in kubernetes.clusterLocatorMethods',
  accessEffect:
    'What steers workloads and bounds them is not known, so advice is held back, and labels come from metrics alone.',
  atCluster: 'headroom.clusters, at the cluster',

  lists: 'Headroom may list {{kinds}}.',
  notInstalled: 'Not installed, which is as good: {{kinds}}.',
  cannotList: "Headroom can't list {{kinds}}: {{failure}}.",
  failure: '{{failure}}.',
  clusterRole: 'Rules of the ClusterRole of Headroom’s account',
  workloadsEffect:
    'Workloads are not known as they are now, so there is no advice on any of them, and labels come from metrics alone.',
  steeredEffect:
    'What steers a workload is not known, so advice on those it may steer is held back.',
  boundedEffect:
    'What namespaces let containers ask for is not known, so advice may be refused when it is taken.',
  nodesEffect:
    'Where metrics lack the labels of nodes, their instance type, region and spot are not known, and prices are those of cores and memory.',
  replicationControllersEffect:
    'Pods of a DeploymentConfig are told by their own labels alone.',
  rolloutsEffect: 'What Rollouts ask for is read from their ReplicaSets.',
  deploymentConfigsEffect:
    'What DeploymentConfigs ask for is read from their pods.',

  labels_one:
    'The Kubernetes API has pods with the label {{labels}} that configured links name.',
  labels_other:
    'The Kubernetes API has pods with the labels {{labels}} that configured links name.',
  labelsAbsent_one:
    'The Kubernetes API has no pod with the label {{labels}} that headroom.cost.ownerLabels or headroom.cost.links name.',
  labelsAbsent_other:
    'The Kubernetes API has no pod with the labels {{labels}} that headroom.cost.ownerLabels or headroom.cost.links name.',
  labelsAbsentEffect:
    'Links by them never hold, so the workloads they are meant for belong to nobody, unless something else links them.',
  labelsAbsentWhere:
    'spec.template.metadata.labels of the workloads; or correct the key where it is named, as kubectl get pods --show-labels has it',
  labelsUntold_one:
    'The Kubernetes API did not say whether any pod has the label {{labels}} that configured links name.',
  labelsUntold_other:
    'The Kubernetes API did not say whether any pod has the labels {{labels}} that configured links name.',
  labelsUntoldEffect: 'They may be there or not.',

  tokenEnded: 'The configured token of the Kubernetes API ended at {{at}} UTC.',
  tokenEnds: 'The configured token of the Kubernetes API ends at {{at}} UTC.',
  tokenEffect:
    'From then on what steers workloads is not known and advice is held back.',
  tokenWhere:
    'A Secret in the cluster, whose token does not end, in place of kubectl create token',
} as const;

/** @public */
export const wordKubernetesCheck = createWorder(
  'kubernetesCheck',
  KUBERNETES_CHECK_SENTENCES,
);
