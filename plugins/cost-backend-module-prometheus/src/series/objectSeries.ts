import { WantedSeries } from './WantedSeries';

/** Series a pod or container each. */
export const POD_SERIES: WantedSeries[] = [
  {
    name: 'kube_pod_info',
    teller: 'pods',
    severity: 'wrong',
    effect:
      'Which pod runs on which node is not known, so nodes are charged to nobody.',
  },
  {
    name: 'kube_pod_container_resource_requests',
    teller: 'pods',
    severity: 'wrong',
    effect:
      'Reservations are not known: only usage is charged, idle is too large, GPUs belong to nobody, and advice says that no request is set.',
  },
  {
    name: 'kube_pod_status_phase',
    teller: 'pods',
    severity: 'wrong',
    effect:
      'Pods that have succeeded or failed but are still listed are charged as if they ran.',
  },
  {
    name: 'kube_pod_init_container_status_running',
    teller: 'pods',
    severity: 'wrong',
    unless: ['kube_pod_init_container_resource_requests'],
    effect:
      'It is not known when init containers and native sidecars run, so what they request is charged to nobody.',
  },
  {
    name: 'kube_pod_init_container_status_ready',
    teller: 'pods',
    severity: 'missing',
    unless: ['kube_pod_init_container_resource_requests'],
    effect:
      'A native sidecar of a pod that is still pending is not told from a plain init container, so only what it requests beyond the main ones is charged.',
  },
  {
    name: 'kube_pod_owner',
    teller: 'pods',
    severity: 'missing',
    effect:
      'Pods of which kube_pod_info says no controller are workloads of their own, each a new one when it is replaced.',
  },
  {
    name: 'kube_pod_container_resource_limits',
    teller: 'pods',
    severity: 'missing',
    effect:
      'Limits are not known, so advice on them and on containers that were cut off is withheld.',
  },
  {
    name: 'kube_pod_container_info',
    teller: 'pods',
    severity: 'note',
    effect: 'A new image is not seen as a change by advice.',
  },
  {
    name: 'kube_pod_container_status_restarts_total',
    teller: 'pods',
    severity: 'missing',
    effect: 'Restarts and kills for lack of memory are not seen by advice.',
  },
  {
    name: 'kube_pod_container_state_started',
    teller: 'pods',
    severity: 'note',
    effect: 'What a container uses while it starts counts like the rest.',
  },
];

/** Series a node or owner each, and those that a cluster may do without. */
export const OTHER_SERIES: WantedSeries[] = [
  {
    name: 'kube_node_info',
    teller: 'nodes',
    severity: 'wrong',
    effect:
      'What pods run on is not known, so nothing is charged and hours are gaps.',
  },
  {
    name: 'kube_node_status_capacity',
    teller: 'nodes',
    severity: 'wrong',
    effect:
      'What nodes have is not known, so they have no price and there is no idle.',
  },
  {
    name: 'kube_replicaset_owner',
    teller: 'replicasets',
    severity: 'missing',
    effect:
      'Unless pods show their label pod-template-hash, they belong to a ReplicaSet instead of their Deployment, so each rollout looks like a new workload.',
  },
  {
    name: 'kube_replicationcontroller_owner',
    teller: 'replicationcontrollers',
    severity: 'missing',
    // Hardly any cluster has them; a pod that needs it is said when hours are read.
    unless: [],
    effect:
      'Unless pods show their label deploymentconfig, they belong to a ReplicationController instead of their DeploymentConfig, so each rollout looks like a new workload.',
  },
  {
    name: 'kube_job_owner',
    teller: 'jobs',
    severity: 'note',
    effect:
      'Jobs of a CronJob are not told to be its own, so each run looks like a new workload.',
    excuse: 'there are no Jobs',
  },
  {
    name: 'kube_pod_init_container_resource_requests',
    teller: 'pods',
    severity: 'note',
    effect: 'What init containers and native sidecars reserve is not charged.',
    excuse: 'none of them asks for anything',
  },
];
