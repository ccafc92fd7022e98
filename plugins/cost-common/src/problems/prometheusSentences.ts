import { createWorder } from '@headroom/common';

/**
 * What the source `prometheus` says of an hour.
 *
 * @public
 */
export const PROMETHEUS_SENTENCES = {
  prometheusOf: 'Prometheus of cluster {{cluster}}',

  noPodLabels:
    'kube_pod_labels has no labels in this hour, so workloads can only be linked by rules of the configuration and by labels that the Kubernetes API has of them. Start kube-state-metrics with {{flag}}.',
  noInstanceType:
    "kube_node_labels doesn't say the instance type of some nodes, so their prices are those of last resort, unless the Kubernetes API tells it: {{nodes}}. Start kube-state-metrics with {{flag}}.",

  stateMetricsAt: 'kube-state-metrics {{targets}}',
  scrapedInPart: '{{exporter}} {{minutes}} of 60 minutes',
  partialHour:
    'Not all of this hour was scraped, and only what was seen is charged: {{scraped}}. The series up of these targets says when a scrape failed, and its absence when Prometheus itself did not run.',
  scrapesFailed:
    'In this hour scrapes of these targets failed, by the series up: {{targets}}. Each of them should answer within its scrape_timeout, as what it would have told is not known.',
  partialAnswer:
    'Prometheus answered with warnings, so a part of what it asks, such as a store behind Thanos or a replica, may not have answered, and figures lack what that would have said. See that all of it answers: the log of the back end has the warnings. Such hours are read again.',

  missing: 'Prometheus has no series {{series}} in this hour.',
  missingOf:
    'Prometheus has no series {{series}} of {{subjects}} in this hour.',
  missingUnless:
    'Prometheus has no series {{series}} in this hour, which is right if {{excuse}}.',
  nobodyMounts: 'no pod mounts a claim',

  nodeWithoutCapacity:
    'kube_node_status_capacity says nothing of some nodes in this hour, so they have no price, and neither they nor their pods are charged: {{nodes}}. {{mend}}',
  podsOnUnknownNodes:
    'Some pods are listed on nodes that kube_node_info does not know in this hour, so nothing is charged for them: {{pods}}. That is right where the node was deleted; else let kube-state-metrics tell of all nodes, each shard of it be scraped, and no matcher leave them out.',
  unlistedPods:
    'cAdvisor sees pods that kube_pod_info does not know in this hour, so it is unknown where they ran and nothing is charged for them: {{pods}}. Let kube-state-metrics tell of their namespaces (--namespaces, --namespaces-denylist), each shard of it be scraped, and no metricRelabelings drop them.',
  nodesUnheard:
    'Nodes have not been heard of throughout this hour (their condition Ready is Unknown) and nothing on them was measured, so it is not known whether their machines ran; they are charged as if they did: {{nodes}}. Providers do not bill a machine that is stopped and deallocated: delete the Node objects of such (kubectl delete node), else restart their kubelets.',

  toldTwice:
    'For some minutes of this hour Prometheus tells of two at once: {{told}}. What is told twice counts once, which is right where one takes over from the other. Where they are of two clusters, select one by a label that tells it from the others, such as headroom.clusters[].prometheus.matchers.{{label}}.',
  severalClusters:
    'Prometheus tells of several clusters at once in this hour: {{told}}. Nodes and pods of one name count once and all of their money is shown as that of one cluster, so amounts are wrong. Select one by a label that tells it from the others, in headroom.clusters[].prometheus: {{line}}. Where no label does, give each Prometheus external_labels that name its cluster.',
  labelIs: '{{label}} is {{values}}',
  twoMachines: 'node {{node}} is two machines',
  podTwice: 'pod {{pod}} runs on {{nodes}}',
  forMinutes: '{{told}} ({{minutes}} minutes)',

  noUsage:
    'There is nothing from cAdvisor in this hour, so usage is unknown and requests are charged. Let Prometheus scrape /metrics/cadvisor of the kubelets ({{where}}: {{line}}), and see by the series up whether it answers.',
  noUsageByCpu:
    'cAdvisor tells no memory of containers in this hour, and container_cpu_usage_seconds_total is there by single CPUs only (cpu="cpu00" and so on), and not for all together (cpu="total"), so usage is unknown and requests are charged.',
  noUsageNameless:
    'cAdvisor is scraped, but does not say in this hour which container anything is of: the label container is empty everywhere, so usage is unknown and requests are charged. cri-dockerd under Kubernetes 1.24 or newer has no such label: let nodes run containerd, or scrape a cAdvisor that knows Docker; else keep the label in metricRelabelings (labeldrop).',
  cpuByCpu:
    'container_cpu_usage_seconds_total is there by single CPUs only (cpu="cpu00" and so on), and not for all together (cpu="total"), so CPU in use is not known in this hour: requests are charged, usage above them is not, and there is no advice on CPU.',
  percpuMend:
    'Start cAdvisor with percpu among its --disable_metrics, as the kubelet does, and keep cpu="total" in metricRelabelings.',
  nodesUnmeasured:
    'cAdvisor says nothing of nodes on which containers ran, so usage there is unknown and requests are charged: {{nodes}}.',
  nodesMeasuredInPart:
    'cAdvisor was read for a part of the time that containers ran on these nodes, so usage in the rest is unknown and requests are charged for it: {{nodes}}.',
  nodeInPart: '{{node}} ({{read}} of {{ran}} minutes)',
  scrapeEachKubelet:
    '/metrics/cadvisor of each kubelet should be scraped and its target up; the series up of it says when a scrape failed.',
  tooHighReplaced:
    'cAdvisor reads more than the node has, so these readings were set aside and the mean of the others was taken: {{containers}}.',
  tooHighUnknown:
    'cAdvisor reads more than the node has, so these readings were set aside; there are no others in this hour, so what was used is unknown and requests are charged: {{containers}}.',
  tooLowReplaced:
    'cAdvisor reads 0 of containers that run, or a counter below what it was, so these readings were set aside and the mean of the others was taken: {{containers}}.',
  tooLowUnknown:
    'cAdvisor reads 0 of containers that run, or a counter below what it was, so these readings were set aside; there are no others in this hour, so what was used is unknown and requests are charged: {{containers}}.',

  notNumberRequest:
    '{{series}} is NaN or infinite for a part of this hour: {{subjects}}; the lower of what was said before and after is taken, and nothing where the whole hour has none.',
  notNumberUsage:
    '{{series}} is NaN or infinite for a part of this hour: {{subjects}}; the rest of the hour speaks for these minutes, and usage is unknown where the whole hour has none.',
  notNumberSize:
    '{{series}} is NaN or infinite for a part of this hour: {{subjects}}; what has it is left out of this hour.',
  notNumberMend:
    'The query {{query}} shows who says so: mend that exporter or the rule that records it.',
  notNumberOfAdvice:
    'Values that are NaN or infinite were left out of what only advice reads ({{part}}): {{subjects}}.',

  readingImpossible:
    "Readings of GPUs that can't be true were set aside: {{readings}}.",
  readingOf: '{{metric}} of {{device}}',
  someReadingOf: 'a reading of {{device}}',
  gpusWithoutNode:
    'GPUs are reported and no node that offers GPUs is known to have them, so they are left out; the labels node or Hostname should name the node: {{devices}}.',
  reportedBy: '{{device}} (reported by {{place}})',
  profilingSilent:
    'Profiling counters read 0 while the GPU was in use, so its utilisation was taken instead: {{devices}}.',
  latched:
    'GPUs say 100 % for an hour with no memory in use, so the readings were set aside: {{devices}}.',
  unlabelled:
    'GPUs are held but the exporter names no pod, so their owner is not known: {{devices}}.',
  fractionsUntold:
    "KAI shares GPUs and no pod's share is known, so the pods that reserve them are charged for all of them, on these nodes: {{nodes}}. kube-state-metrics shows the shares with {{annotations}} and whose board it is with {{labels}}, and nvidia.com/gpu.memory of nodes tells what a share by memory is.",
  foundOf: '{{found}}: {{subjects}}.',
} as const;

/** @public */
export const wordPrometheus = createWorder('prometheus', PROMETHEUS_SENTENCES);
