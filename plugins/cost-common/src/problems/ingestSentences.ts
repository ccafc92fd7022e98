import { createWorder } from '@headroom/common';

/**
 * What is wrong with an answer about an hour, and where what it lacks is taken
 * from.
 *
 * @public
 */
export const INGEST_SENTENCES = {
  podLabelsFromKubernetes:
    'kube_pod_labels has no labels; workloads are linked by those of their pod templates, which are read from the Kubernetes API.',
  typesFromKubernetes_one:
    "kube_node_labels doesn't say the instance type of {{node}}; it is read from the Kubernetes API.",
  typesFromKubernetes_other:
    "kube_node_labels doesn't say the instance type of {{count}} nodes, e.g. {{node}}; it is read from the Kubernetes API.",
  typesUnknown_one:
    'Neither kube_node_labels nor the Kubernetes API says the instance type of {{node}}, so prices are those of last resort; start kube-state-metrics with {{flag}}, or let the account that Headroom reads the cluster with list nodes',
  typesUnknown_other:
    'Neither kube_node_labels nor the Kubernetes API says the instance type of {{count}} nodes, e.g. {{node}}, so prices are those of last resort; start kube-state-metrics with {{flag}}, or let the account that Headroom reads the cluster with list nodes',

  unitsUnavailable:
    'The source {{source}} did not answer for unit metrics; cost per unit is left out for these hours.',

  levelsUnavailable:
    'The source {{source}} did not answer for service levels; latency, errors and throughput are not known of these hours.',

  answerNotTaken:
    'A later answer knew only {{known}}; the earlier one was kept',
  partOfAmounts: 'a part of the amounts',
  noUsage: 'no usage, of some nodes or of all',
  fewerThanHalf: 'fewer than half of the {{aspect}}',
  fewerContainers: 'as much of {{known}} of {{stored}} containers',
  percentOf: '{{percent}} % of the {{aspect}}',
  thoughMore: '{{lost}}, though more of the {{gained}}',
  nodeHours: 'node-hours',
  pricedNodeHours: 'node-hours with a known price',
  containerHours: 'container-hours',
  usageHours: 'container-hours with known usage',
  requestingRows: 'workloads with known requests',
  storageByteHours: 'storage',
  networkBytes: 'traffic',

  devicesInvalid_one:
    '{{count}} GPU device on node {{node}}, {{board}}, is {{share}} of a board and is left out; it should be above 0 and at most 1.',
  devicesInvalid_other:
    '{{count}} GPU devices on node {{node}}, e.g. {{board}}, are {{share}} of a board and are left out; it should be above 0 and at most 1.',
  devicesTwice_one:
    '{{count}} GPU device on node {{node}}, {{board}}, came more than once in an hour; the one with the most readings was taken.',
  devicesTwice_other:
    '{{count}} GPU devices on node {{node}}, e.g. {{board}}, came more than once in an hour; the ones with the most readings were taken.',
  deviceReadingsInvalid_one:
    "Readings of {{count}} GPU device on node {{node}}, {{board}}, can't be and are set aside; busy shares should be 0 to 1, and memory at most what the device has.",
  deviceReadingsInvalid_other:
    "Readings of {{count}} GPU devices on node {{node}}, e.g. {{board}}, can't be and are set aside; busy shares should be 0 to 1, and memory at most what the device has.",

  samplesOfWrongLength_one:
    'Samples of {{series}} of {{count}} container, {{example}}, are {{length}} an hour and are set aside; they should be {{slots}}, each null or 0 to {{most}}.',
  samplesOfWrongLength_other:
    'Samples of {{series}} of {{count}} containers, e.g. {{example}}, are {{length}} an hour and are set aside; they should be {{slots}}, each null or 0 to {{most}}.',
  samplesInvalid_one:
    'Samples of {{series}} of {{count}} container, {{example}}, have a value of {{value}} and are set aside; they should be {{slots}} an hour, each null or 0 to {{most}}.',
  samplesInvalid_other:
    'Samples of {{series}} of {{count}} containers, e.g. {{example}}, have a value of {{value}} and are set aside; they should be {{slots}} an hour, each null or 0 to {{most}}.',
  samplesAboveNode_one:
    'CPU samples of {{count}} container, {{used}} cores of {{example}} on {{node}}, are above what its node has ({{cores}} cores) and are set aside.',
  samplesAboveNode_other:
    'CPU samples of {{count}} containers, e.g. {{used}} cores of {{example}} on {{node}}, are above what their node has ({{cores}} cores) and are set aside.',
} as const;

/** @public */
export const wordIngest = createWorder('ingest', INGEST_SENTENCES);
