import { createWorder } from '@headroom/common';

/**
 * What is lost without a series that the source `prometheus` reads, when that is
 * right, and what brings it back.
 *
 * @public
 */
export const PROMETHEUS_SERIES_SENTENCES = {
  podInfo:
    'Which pod runs on which node is not known, so nodes are charged to nobody.',
  podRequests:
    'Reservations are not known: only usage is charged, idle is too large, GPUs belong to nobody, and advice says that no request is set.',
  podPhase:
    'Pods that have succeeded or failed but are still listed are charged as if they ran.',
  initRunning:
    'It is not known when init containers and native sidecars run, so what they request is charged to nobody.',
  initReady:
    'A native sidecar of a pod that is still pending is not told from a plain init container, so only what it requests beyond the main ones is charged.',
  podOwner:
    'Pods of which kube_pod_info says no controller are workloads of their own, each a new one when it is replaced.',
  podLimits:
    'Limits are not known, so advice on them and on containers that were cut off is held back.',
  containerInfo: 'A new image is not seen as a change by advice.',
  restarts: 'Restarts and kills for lack of memory are not seen by advice.',
  started: 'What a container uses while it starts counts like the rest.',

  nodeInfo:
    'What pods run on is not known, so nothing is charged and hours are gaps.',
  nodeCapacity:
    'What nodes have is not known, so they have no price and there is no idle.',
  replicaSetOwner:
    'Unless pods show their label pod-template-hash, they belong to a ReplicaSet instead of their Deployment, so each rollout looks like a new workload.',
  replicationControllerOwner:
    'Unless pods show their label deploymentconfig, they belong to a ReplicationController instead of their DeploymentConfig, so each rollout looks like a new workload.',
  jobOwner:
    'Jobs of a CronJob are not told to be its own, so each run looks like a new workload.',
  noJobs: 'there are no Jobs',
  initRequests:
    'What init containers and native sidecars reserve is not charged.',
  noInitRequests: 'none of them asks for anything',

  claimSize: 'Storage that is claimed is not charged.',
  claimPhase:
    'Claims that wait for a volume, or have lost it, are charged as if they had one.',
  claimInfo:
    'The class and volume of claims are not known, so storage has the default price and the size that was asked for.',
  claimMounts: 'Who mounts a claim is not known, so storage belongs to nobody.',
  volumeSize:
    'Claims are charged for the size they asked for instead of what they got, and volumes whose claim is gone are paid and not seen.',
  volumePhase: 'Volumes whose claim is gone are paid and not seen.',
  volumeInfo:
    'The class of volumes whose claim is gone is not known, so they have the default price.',

  cpuUsage:
    'CPU in use is not known: requests are charged, usage above them is not, and there is no advice on CPU.',
  memoryUsage:
    'Memory in use is not known: requests are charged, usage above them is not, and there is no advice on memory.',
  throttling: 'Throttling is not known, so advice on CPU limits is less exact.',
  noCpuLimits: 'no container has a CPU limit',
  oomEvents:
    'Kills for lack of memory are told from restarts alone, which the kill of a child process is not.',

  rightIf: '{{effect}} That is right if {{excuse}}.',
  cadvisorMend:
    "Take it out of the metricRelabelings of the kubelets' job that drop it (in values of kube-prometheus-stack: {{line}}).",
  stateMetricsMend:
    "Take it out of kube-state-metrics' --metric-denylist and of metricRelabelings that drop it, and keep {{resources}} among its --resources (in values of kube-prometheus-stack: {{line}}).",

  stateMetricsChart:
    'Values of kube-prometheus-stack, or the chart of kube-state-metrics and a scrape job of its own',
  stackValues: 'Values of kube-prometheus-stack',
  stackValuesCadvisor:
    'Values of kube-prometheus-stack; cAdvisorMetricRelabelings must not drop it',
  stackValuesCollectors:
    'Values of kube-prometheus-stack; {{resources}} must be among its collectors (--resources), and metricRelabelings must not drop it',
} as const;

/** @public */
export const wordSeries = createWorder(
  'prometheusSeries',
  PROMETHEUS_SERIES_SENTENCES,
);
