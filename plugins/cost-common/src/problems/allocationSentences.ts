import { createWorder } from '@headroom/common';

/**
 * What can't be true of an hour that was observed, or what its cost leaves out.
 *
 * @public
 */
export const ALLOCATION_SENTENCES = {
  volumeInvalid:
    'Volume claim {{claim}} has {{value}} byte-seconds and is left out; it should be a number of at least 0.',
  volumeSharesInvalid:
    'Volume claim {{claim}} has podSeconds {{seconds}} for {{pods}} pods in {{existed}} s; each pod should have a number of at least 0, so the volume is shared evenly.',
  volumeOfNode:
    "Volume {{volume}} is on its node's own disk, which is in the node's price, so it costs nothing beside it.",
  volumeUnpriced:
    'Volume {{volume}} is a shared file system or a bucket, or larger than any disk, so its size is not what is paid for and it costs nothing here. A price of its storage class under {{key}} says what it costs.',
  volumeOfClassUnpriced:
    'Volume {{volume}} is a shared file system or a bucket, or larger than any disk, so its size is not what is paid for and it costs nothing here. A price of its storage class {{storageClass}} under {{key}} says what it costs.',
  unknownPod_one:
    "{{count}} volume or flow in namespace {{namespace}} names a pod that no container was seen of, {{pod}}; its cost can't reach a workload.",
  unknownPod_other:
    "{{count}} volumes or flows in namespace {{namespace}} name a pod that no container was seen of, e.g. {{pod}}; their cost can't reach a workload.",

  chargeInvalid_one:
    '{{field}} of {{count}} container, {{example}}, is {{value}}, which is not between the larger of request and usage, {{least}}, and their sum, {{most}}; the larger of the two is charged.',
  chargeInvalid_other:
    '{{field}} of {{count}} containers, e.g. {{example}}, is {{value}}, which is not between the larger of request and usage, {{least}}, and their sum, {{most}}; the larger of the two is charged.',
  quantityInvalid_one:
    '{{field}} of {{count}} container, {{example}}, is {{value}} and is taken as unknown; it should be a number of at least 0.',
  quantityInvalid_other:
    '{{field}} of {{count}} containers, e.g. {{example}}, is {{value}} or alike and is taken as unknown; it should be a number of at least 0.',

  unknownNode_one:
    '{{count}} container ran on node {{node}}, which no source lists, so what it costs is not known; the node should be listed.',
  unknownNode_other:
    '{{count}} containers ran on node {{node}}, which no source lists, so what they cost is not known; the node should be listed.',
  nodeInvalid:
    'Node {{node}} has {{field}} {{value}} and is left out; it should be a number of at least 0.',
  nodeUpTooLong:
    'Node {{node}} was up {{seconds}} s of an hour and is counted as {{most}} s, which is the most there can be.',
  nodeWithoutCapacity:
    'Node {{node}} has no CPU, memory or GPU, so its whole cost counts as CPU; its capacity should be above 0.',
  nodeTwice:
    'Node {{node}} is listed more than once and longer than the hour in sum; each stay should be listed once.',

  resourceWithoutCapacity:
    'Containers on node {{node}} hold {{resource}}, but the node has none; its capacity is missing or wrong.',
  gpuOverAllocated:
    'GPUs reserved on node {{node}} are {{share}} of its devices; shares of one device should sum to at most 1.',
  usageAboveCapacity:
    'Containers on node {{node}} used {{share}} of its {{resource}}; more than 100 % means that usage is counted twice or capacity is too low.',
  overcommitted:
    'Requests and bursts on node {{node}} are {{share}} of its {{resource}}, so its cost is shared in proportion and none of it is idle.',
  gpuBusyAboveReserved_one:
    'GPUs on node {{node}} are busier than {{count}} container reserved, and only what is reserved is charged; busy should be a share of reserved.',
  gpuBusyAboveReserved_other:
    'GPUs on node {{node}} are busier than {{count}} containers reserved, and only what is reserved is charged; busy should be a share of reserved.',
  ranLongerThanNode_one:
    "{{count}} container ran longer than the {{seconds}} s that node {{node}} was up; the node's start or end is wrong.",
  ranLongerThanNode_other:
    "{{count}} containers ran longer than the {{seconds}} s that node {{node}} was up; the node's start or end is wrong.",

  podSizeUnknown:
    'Pods of {{platform}}, e.g. {{pod}}, are billed by what they request, which no source says, so what they cost is missing; kube_pod_container_resource_requests should have them.',
  podGpusUnpriced_one:
    '{{count}} pod holds GPUs of {{platform}}, on node {{node}}, whose price is not known, so their cost is missing. Add it: {{line}}, beside the prices of CPU and memory.',
  podGpusUnpriced_other:
    '{{count}} pods hold GPUs of {{platform}}, e.g. on node {{node}}, whose price is not known, so their cost is missing. Add it: {{line}}, beside the prices of CPU and memory.',
} as const;

/** @public */
export const wordAllocation = createWorder('allocation', ALLOCATION_SENTENCES);
