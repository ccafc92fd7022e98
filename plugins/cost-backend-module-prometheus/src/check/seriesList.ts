import { CheckMend, CheckSeverity } from '@headroom/common';

/** A series that is read, what is lost without it, and what brings it back. */
export interface WantedSeries {
  /** Any one of these will do. */
  names: string[];
  severity: Exclude<CheckSeverity, 'right'>;
  /** What isn't known without it. */
  effect: string;
  mend: CheckMend;
}

export const KUBE_STATE_METRICS: CheckMend = {
  where:
    'Values of kube-prometheus-stack, or the chart of kube-state-metrics and a scrape job of its own',
  line: 'kubeStateMetrics: { enabled: true }',
};

/** For a series that kube-state-metrics has unless it is told otherwise. */
const NOT_DENIED: CheckMend = {
  where:
    'Values of kube-prometheus-stack; take it out of metricRelabelings that drop it, too',
  line: 'kube-state-metrics: { metricDenylist: [] }',
};

export const CADVISOR: CheckMend = {
  where: 'Values of kube-prometheus-stack',
  line: 'kubelet: { enabled: true, serviceMonitor: { cAdvisor: true } }',
};

const CADVISOR_NOT_DROPPED: CheckMend = {
  where:
    'Values of kube-prometheus-stack; cAdvisorMetricRelabelings must not drop it',
  line: 'kubelet: { serviceMonitor: { cAdvisorMetricRelabelings: [] } }',
};

/** Series a pod or container each. */
export const POD_SERIES: WantedSeries[] = [
  {
    names: ['kube_pod_info'],
    severity: 'wrong',
    effect:
      'Which pod runs on which node is not known, so nothing can be charged.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_container_resource_requests'],
    severity: 'wrong',
    effect:
      'Reservations are not known: only usage is charged, idle is too large, GPUs belong to nobody, and advice says that no request is set.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_status_phase'],
    severity: 'wrong',
    effect:
      'Pods that have succeeded or failed but are still listed are charged as if they ran.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_owner'],
    severity: 'missing',
    effect: 'Pods of odd owners stand for themselves instead of a workload.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_container_resource_limits'],
    severity: 'missing',
    effect:
      'Limits are not known, so advice on them and on containers that were cut off is withheld.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_container_info'],
    severity: 'note',
    effect: 'A new image is not seen as a change by advice.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_container_status_restarts_total'],
    severity: 'missing',
    effect: 'Restarts and kills for lack of memory are not seen by advice.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_container_state_started'],
    severity: 'note',
    effect: 'What a container uses while it starts counts like the rest.',
    mend: NOT_DENIED,
  },
];

/** Series a node, volume or owner each, and those that a cluster may do without. */
export const OTHER_SERIES: WantedSeries[] = [
  {
    names: ['kube_node_status_capacity'],
    severity: 'wrong',
    effect:
      'What nodes have is not known, so they have no price and there is no idle.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_replicaset_owner'],
    severity: 'missing',
    effect:
      'Pods belong to a ReplicaSet instead of their Deployment, so each rollout looks like a new workload.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_job_owner'],
    severity: 'note',
    effect:
      'Jobs of a CronJob are not told to be its own; right if there are none.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_init_container_resource_requests'],
    severity: 'note',
    effect:
      'What init containers and native sidecars reserve is not charged; right if none of them asks for anything.',
    mend: NOT_DENIED,
  },
];

/** Claims and volumes; a cluster may have none, and then there are none of these. */
export const STORAGE_SERIES: WantedSeries[] = [
  {
    names: ['kube_persistentvolumeclaim_resource_requests_storage_bytes'],
    severity: 'missing',
    effect: 'Storage is not charged.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_persistentvolumeclaim_info'],
    severity: 'missing',
    effect:
      'The class and volume of claims are not known, so storage has the default price and the size that was asked for.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_pod_spec_volumes_persistentvolumeclaims_info'],
    severity: 'missing',
    effect: 'Who mounts a claim is not known, so storage belongs to nobody.',
    mend: NOT_DENIED,
  },
  {
    names: ['kube_persistentvolume_capacity_bytes'],
    severity: 'missing',
    effect: 'Volumes whose claim is gone are paid and not seen.',
    mend: NOT_DENIED,
  },
];

/** What kube-state-metrics before 2.0 called requests and capacities, and calls them now. */
export const OLD_NAMES = new Map([
  [
    'kube_pod_container_resource_requests_cpu_cores',
    'kube_pod_container_resource_requests',
  ],
  ['kube_node_status_capacity_cpu_cores', 'kube_node_status_capacity'],
]);

export const CADVISOR_SERIES: WantedSeries[] = [
  {
    names: ['container_cpu_usage_seconds_total'],
    severity: 'wrong',
    effect:
      'CPU in use is not known: requests are charged, usage above them is not, and there is no advice on CPU.',
    mend: CADVISOR_NOT_DROPPED,
  },
  {
    names: ['container_memory_working_set_bytes'],
    severity: 'wrong',
    effect:
      'Memory in use is not known: requests are charged, usage above them is not, and there is no advice on memory.',
    mend: CADVISOR_NOT_DROPPED,
  },
  {
    names: ['container_cpu_cfs_periods_total'],
    severity: 'note',
    effect:
      'Throttling is not known, so advice on CPU limits is less exact; right if no container has a CPU limit.',
    mend: CADVISOR_NOT_DROPPED,
  },
  {
    names: ['container_oom_events_total'],
    severity: 'note',
    effect:
      'Kills for lack of memory are told from restarts alone, which the kill of a child process is not.',
    mend: CADVISOR_NOT_DROPPED,
  },
];
