import { wordSeries } from '@headroom/plugin-cost-common';
import { WantedSeries } from './WantedSeries';

/** Series a pod or container each. */
export const POD_SERIES: WantedSeries[] = [
  {
    name: 'kube_pod_info',
    teller: 'pods',
    severity: 'wrong',
    effect: wordSeries('podInfo'),
  },
  {
    name: 'kube_pod_container_resource_requests',
    teller: 'pods',
    severity: 'wrong',
    effect: wordSeries('podRequests'),
  },
  {
    name: 'kube_pod_status_phase',
    teller: 'pods',
    severity: 'wrong',
    effect: wordSeries('podPhase'),
  },
  {
    name: 'kube_pod_init_container_status_running',
    teller: 'pods',
    severity: 'wrong',
    unless: ['kube_pod_init_container_resource_requests'],
    effect: wordSeries('initRunning'),
  },
  {
    name: 'kube_pod_init_container_status_ready',
    teller: 'pods',
    severity: 'missing',
    unless: ['kube_pod_init_container_resource_requests'],
    effect: wordSeries('initReady'),
  },
  {
    name: 'kube_pod_owner',
    teller: 'pods',
    severity: 'missing',
    effect: wordSeries('podOwner'),
  },
  {
    name: 'kube_pod_container_resource_limits',
    teller: 'pods',
    severity: 'missing',
    effect: wordSeries('podLimits'),
  },
  {
    name: 'kube_pod_container_info',
    teller: 'pods',
    severity: 'note',
    effect: wordSeries('containerInfo'),
  },
  {
    name: 'kube_pod_container_status_restarts_total',
    teller: 'pods',
    severity: 'missing',
    effect: wordSeries('restarts'),
  },
  {
    name: 'kube_pod_container_state_started',
    teller: 'pods',
    severity: 'note',
    effect: wordSeries('started'),
  },
];

/** Series a node or owner each, and those that a cluster may do without. */
export const OTHER_SERIES: WantedSeries[] = [
  {
    name: 'kube_node_info',
    teller: 'nodes',
    severity: 'wrong',
    effect: wordSeries('nodeInfo'),
  },
  {
    name: 'kube_node_status_capacity',
    teller: 'nodes',
    severity: 'wrong',
    effect: wordSeries('nodeCapacity'),
  },
  {
    name: 'kube_replicaset_owner',
    teller: 'replicasets',
    severity: 'missing',
    effect: wordSeries('replicaSetOwner'),
  },
  {
    name: 'kube_replicationcontroller_owner',
    teller: 'replicationcontrollers',
    severity: 'missing',
    // Hardly any cluster has them; a pod that needs it is said when hours are read.
    unless: [],
    effect: wordSeries('replicationControllerOwner'),
  },
  {
    name: 'kube_job_owner',
    teller: 'jobs',
    severity: 'note',
    effect: wordSeries('jobOwner'),
    excuse: wordSeries('noJobs'),
  },
  {
    name: 'kube_pod_init_container_resource_requests',
    teller: 'pods',
    severity: 'note',
    effect: wordSeries('initRequests'),
    excuse: wordSeries('noInitRequests'),
  },
];
