import { createWorder } from '@headroom/common';

/**
 * What the check of a cluster asks a Prometheus and says of it.
 *
 * @public
 */
export const PROMETHEUS_CHECK_SENTENCES = {
  askClock: 'Does it answer, and what time is it there?',
  askTargets: 'Which targets are scraped?',
  askExporters: 'Who reports the nodes, and of how many clusters?',
  askPods: 'Which series of pods are there?',
  askUsage: 'Is there usage of containers?',
  askIntervals: 'How far apart are samples?',
  askNodes: 'What are the nodes?',
  askLabels: 'Do pods have the labels that services are found by?',
  askGpus: 'Are GPUs measured?',
  askHistory: 'How far back does it go?',

  nodes_one: '{{number}} node',
  nodes_other: '{{number}} nodes',
  pods_one: '{{number}} pod',
  pods_other: '{{number}} pods',
  targets_one: '{{number}} target',
  targets_other: '{{number}} targets',
  shards_one: '{{number}} shard',
  shards_other: '{{number}} shards',
  containers_one: '{{number}} container',
  containers_other: '{{number}} containers',
  gpus_one: '{{number}} GPU',
  gpus_other: '{{number}} GPUs',
  nodesOf: '{{nodes}} of {{platform}}',
  podsWith: '{{label}} of {{pods}}',

  noCosts: 'There are no costs of this cluster at all.',
  noCostsYet: 'There are no costs of this cluster until it answers.',
  mayBeRight: 'It may be right or not.',
  notTold: 'This could not be looked at: {{reason}}',
  unansweredBut: '{{failure}} {{there}}',
  answersBelow: 'A Prometheus answers below {{path}}.',
  answersWithout:
    'A Prometheus answers there without the last part of the URL.',
  whereItSays: 'headroom.clusters, or where it says',
  answers: 'Prometheus answers, in {{milliseconds}} ms.',
  prometheusOf: 'headroom.clusters, prometheus of {{cluster}}',

  clocksAgree:
    'The clocks of Prometheus and of the back end agree to a few seconds.',
  clockBehind:
    'The clock of Prometheus is {{skew}} behind that of the back end.',
  clockAhead:
    'The clock of Prometheus is {{skew}} ahead of that of the back end.',
  clockEffect:
    'Hours end at another time there, so what happened at their edges falls into the hour beside, and an hour may be read before it is complete.',
  clockWhere: 'The host of Prometheus, and that of the back end',

  nothingScraped:
    'Prometheus answers, but has neither up nor kube_node_info, with matchers or without: nothing is scraped, or it is not the one that scrapes.',
  matchersWithoutLabel:
    'The matchers {{matchers}} pick nothing: no series has a label {{label}}.',
  matchersWithoutLabelWhere:
    '{{where}}. A Prometheus adds its external_labels only to what it sends on (Thanos, remote write), not to what it answers itself; one that has a single cluster needs no matchers',
  matchersWithoutValue:
    'The matchers {{matchers}} pick nothing; the values of {{label}} are {{values}}.',

  targetsUnknown: 'There is no series up, so failed scrapes are not seen here.',
  targetsUnknownEffect:
    'Figures are as right as with it: how far scrapes are apart is told from the series themselves.',
  targetsAnswer: 'All {{targets}} that are read from answer their scrapes.',
  targetsDown: "Some targets don't answer their scrapes: {{targets}}.",
  targetsOfJob: '{{down}} of {{all}} of job {{job}}',
  targetsOfPath: '{{down}} of {{all}} of job {{job}} at {{path}}',
  targetsDownEffect:
    'Usage on a node whose cAdvisor is not scraped is not known, and its requests are charged; what a kube-state-metrics alone knows is not there at all.',
  targetsDownWhere: 'Prometheus, which says why at Status, Targets',

  oneCluster:
    'What is read is of one cluster with {{nodes}}, reported by one kube-state-metrics.',
  severalClusters: 'What is read is of {{clusters}} clusters together.',
  severalClustersBy:
    'What is read is of {{clusters}} clusters together, by the label {{label}}: {{values}}.',
  severalClustersEffect:
    'Money of several clusters is shown as that of one, and nodes or pods of the same name count once.',
  severalClustersWhere: '{{where}}, with the value of this cluster',
  sharded: '{{nodes}} are reported by {{shards}} of kube-state-metrics.',
  reportedByCopies:
    'Nodes are reported {{times}} times each: each copy of a Prometheus, told by the label {{label}}, answers: {{copies}}.',
  reportedBySeveral:
    'Nodes are reported {{times}} times each: there are {{exporters}} kube-state-metrics, or the series of one that was replaced are still there.',
  reportedByJobs:
    'Nodes are reported {{times}} times each: there are {{exporters}} kube-state-metrics, of jobs {{jobs}}, or the series of one that was replaced are still there.',
  reportedTwiceEffect:
    'Nothing counts twice: what any of them says is united. Answers are larger for it.',
  reportedTwiceWhere: 'Arguments of Thanos Query, where it is one',

  stateMetricsOld:
    'kube-state-metrics is older than 2.0: requests and capacities have names that are not read.',
  stateMetricsOldEffect: 'Nothing of them can be charged.',
  stateMetricsOldWhere: 'The image of kube-state-metrics',
  stateMetricsAbsent:
    'Nothing comes from kube-state-metrics: it is not there, or not scraped.',
  stateMetricsAbsentEffect:
    'What runs where, what it reserves and what nodes have is not known, so there are no costs at all.',
  seriesOfStateMetrics:
    'kube-state-metrics says {{there}} of the {{wanted}} series that are read.',
  seriesOfStorage:
    'Of storage, kube-state-metrics says {{there}} of the {{wanted}} series that are read.',
  seriesOfCadvisor:
    'cAdvisor says {{there}} of the {{wanted}} series that are read.',
  seriesAbsent_one: 'There is no series {{series}}.',
  seriesAbsent_other: 'There are no series {{series}}.',
  storageAbsent: 'There are no series of claims or volumes.',
  storageAbsentEffect:
    'No storage is charged, which is right if the cluster has no persistent volumes.',

  usageNameless:
    'cAdvisor reports cgroups, but does not say which container they are of: the label container is empty everywhere.',
  usageNamelessEffect:
    'Usage belongs to nobody: only requests are charged and there is no advice.',
  usageNamelessWhere:
    'The container runtime of the nodes; cri-dockerd under Kubernetes 1.24 or newer has no such labels',
  cadvisorAbsent:
    'Nothing comes from cAdvisor: /metrics/cadvisor of the kubelets is not scraped, or its series are dropped.',
  cadvisorAbsentEffect:
    'Usage is not known: only requests are charged and there is no advice.',
  cadvisorCopies: 'The memory of containers comes {{times}} times: {{jobs}}.',
  fromJob: 'from job {{job}} ({{containers}})',
  fromJobAt: 'from job {{job}} at {{path}} ({{containers}})',
  cadvisorCopiesEffect:
    'Nothing counts twice: a container is told by its cgroup. It costs Prometheus memory, and the answers time.',

  intervalsUnknown:
    'How far apart scrapes are can’t be told: there are fewer than three samples in the last ten minutes.',
  intervals: 'Samples come as follows: {{samples}}.',
  intervalsAndScrapes:
    'Samples come as follows: {{samples}}; scrapes: {{scrapes}}.',
  every: '{{what}} every {{interval}}',
  between: '{{shortest}} to {{longest}}',
  job: 'job {{job}}',
  jobAt: '{{path}} of job {{job}}',
  usageOfJob: 'usage by cAdvisor (job {{job}})',
  usageOfJobAt: 'usage by cAdvisor (job {{job}}, {{path}})',
  objectsOfJob: 'objects by kube-state-metrics (job {{job}})',
  intervalsSparse:
    'Five minutes have one reading or none, so peaks between them are not seen and advice is held back or less exact; money is right where usage is even.',
  intervalsSparseWhere:
    'The scrape job, or scrapeInterval of its ServiceMonitor',
  intervalsCoarse:
    'Money is right; a pod that lives for less than the interval may not be seen.',
  configuredInterval:
    'scrapeIntervalSeconds is {{configured}}, but {{what}} come every {{interval}}.',
  configuredIntervalEffect:
    'A scrape stands for another time than it does: hours are counted short, or gaps are not seen.',
  samplesAhead:
    'Samples are up to {{ahead}} ahead of the clock of Prometheus: {{samples}}.',
  samplesAheadEffect:
    'The clock of a node, which gives cAdvisor’s samples their time, is wrong: usage falls into the hour after.',
  samplesAheadWhere:
    'The clock of those nodes; or, so that Prometheus’ own counts, the endpoint of the ServiceMonitor',
  samplesLate: 'The newest samples are {{age}} old: {{samples}}.',
  samplesLateEffect:
    'An hour that is read before all of it has come is partial until it is read again.',

  platforms: 'Some nodes are no machines: {{platforms}}.',
  platformsEffect:
    'Not they are billed but their pods, by the size each of them was given; what the node says it has is nobody’s, and no idle.',
  nodesTyped: 'All {{nodes}} say their instance type.',
  nodesTypedOfSome:
    'All {{nodes}} of {{most}} that were looked at say their instance type.',
  nodesUntyped:
    'Prometheus does not say the instance type of {{nodes}} of {{all}}, e.g. {{examples}}.',
  nodesUntypedOfSome:
    'Prometheus does not say the instance type of {{nodes}} of {{most}} that were looked at, e.g. {{examples}}.',
  nodesUntypedEffect:
    'It is told from the labels that the Kubernetes API has of nodes, where Headroom may read it; else these nodes are priced by their cores and memory, and spot is not seen.',
  stateMetricsArguments: 'Arguments of kube-state-metrics',

  podLabelsAbsent: 'Prometheus has no labels of pods.',
  podLabelsAbsentEffect:
    'Services are found by the labels that the Kubernetes API has of workloads, where Headroom may read it; else by rules of the configuration alone, and the rest is Unallocated.',
  podLabelsOther: 'Prometheus has labels of pods, but none of {{labels}}.',
  podLabelsOtherEffect:
    'Services are found by other labels only: those that catalog entries name in backstage.io/kubernetes-label-selector, or rules do.',
  podLabelsOtherWhere: 'metadata.annotations of a Component in the catalog',
  podLabels: 'Prometheus has labels of pods: {{labels}} of {{pods}}.',
  linkLabels:
    'Prometheus has the labels that configured links name: {{labels}}.',
  linkLabelsAbsent_one:
    'Prometheus has no pod with the label {{labels}} that headroom.cost.ownerLabels or headroom.cost.links name.',
  linkLabelsAbsent_other:
    'Prometheus has no pod with the labels {{labels}} that headroom.cost.ownerLabels or headroom.cost.links name.',
  linkLabelsAbsentEffect:
    'Links by them hold only where Headroom may read the labels that the Kubernetes API has of workloads; else what they are meant for belongs to nobody, unless something else links it.',
  linkLabelsAbsentWhere:
    'Arguments of kube-state-metrics, beside the keys it allows already; or correct the key where it is named',

  gpusNone: 'Nodes have no NVIDIA GPUs, so none need to be measured.',
  gpusUnmeasured: 'Nodes have {{gpus}}, and nothing comes from DCGM.',
  gpusUnmeasuredEffect:
    'GPUs are charged as they are reserved; whether they work is not known, and there is no advice on them.',
  gpusUnmeasuredWhere:
    'Values of the GPU operator, with a scrape of its exporter',
  gpusMeasured: 'The use of {{gpus}} is measured by {{metric}}.',
  gpusByUtilisation: 'The use of {{gpus}} is measured by {{metrics}} alone.',
  gpusOfNodes: '{{gpus}} of nodes',
  gpusOfNobody: 'GPUs that no node reports',
  gpusByUtilisationEffect:
    'It says whether any kernel ran, not how much of the device it used: devices that hardly compute look busy, and verdicts are often unknown.',
  gpusByUtilisationWhere:
    'The metrics file of dcgm-exporter (data center GPUs since Volta)',
  gpuHolders: "Readings of GPUs name the exporter's own pod: {{pods}}.",
  gpuHoldersEffect:
    'That is not taken for a holder; whose a GPU is must be told from reservations, which can’t be done where several pods share a board.',
  gpuHoldersWhere: 'The ServiceMonitor of dcgm-exporter',

  historyShort: 'Prometheus has nodes of less than a day.',
  historyUntil_one:
    'Prometheus has nodes of {{count}} day, less than {{less}}.',
  historyUntil_other:
    'Prometheus has nodes of {{count}} days, less than {{less}}.',
  historyLong_one: 'Prometheus has nodes of {{count}} day and more.',
  historyLong_other: 'Prometheus has nodes of {{count}} days and more.',
  historyEffect: 'Costs begin there.',
  historyAdviceEffect:
    'Costs begin there, and advice when there are {{days}} days; Headroom keeps what it has read, so it comes by waiting.',
  historyWhere: 'Arguments of Prometheus, if it is to keep more',
} as const;

/** @public */
export const wordPrometheusCheck = createWorder(
  'prometheusCheck',
  PROMETHEUS_CHECK_SENTENCES,
);
