import { createWorder } from '@headroom/common';

/**
 * What the check of a cluster asks an OpenCost or a Kubecost and says of it.
 *
 * @public
 */
export const OPENCOST_CHECK_SENTENCES = {
  askHours: 'Does it answer, by the hour, and of which clusters?',
  askContainers: 'Does it answer by container?',
  askNodes: 'Does it know what nodes cost?',

  answers: 'OpenCost answers: {{hours}} hours by cluster in {{seconds}} s.',
  answersAs:
    'OpenCost answers, version {{version}}: {{hours}} hours by cluster in {{seconds}} s.',
  slowEffect:
    'Longer windows and answers by container take longer; the back-fill may run into the time limit.',
  noCostsYet: 'There are no costs of this cluster until it answers.',
  openCostOfCluster: 'headroom.clusters, opencost of the cluster',
  currency:
    'Amounts are taken for {{currency}}; OpenCost does not say what they are in.',
  currencyEffect: 'If they are in something else, every figure is.',

  nothing: 'It has nothing of the last {{hours}} hours.',
  nothingEffect: 'There are no costs of this cluster.',
  nothingWhere:
    'Values of OpenCost: the Prometheus it reads, which must scrape kube-state-metrics, cAdvisor and OpenCost itself',
  byHour: 'It answers by the hour.',
  notByHour:
    'It answers {{hours}} hours as one: it ignores the parameter step.',
  notByHourEffect: 'Its costs can’t be booked by the hour, so none are.',
  newImage: 'The image of OpenCost, 1.100 or newer',
  idle: 'It gives idle an amount of its own.',
  idleAbsent: 'It gives no idle, though it is asked for.',
  idleAbsentEffect:
    'What is paid and asked for by nobody is in no figure, unless the cluster has none.',
  idleAbsentWhere:
    'Environment of OpenCost, where idle needs a cluster to belong to',
  clustersCounted:
    'It answers for {{clusters}} clusters; that called {{cluster}} counts.',
  clustersUnknown:
    'It answers for {{clusters}} clusters and none of them is called {{cluster}}: {{names}}.',
  noneBooked: 'None of its costs are booked.',
  atCluster: 'headroom.clusters, at the cluster',

  byContainer: 'It answers by container.',
  byContainerTold:
    'It groups by namespace unless it is told to answer by container, as a Kubecost since 2.5 does; then it does.',
  byContainerUnseen:
    'Whether it answers by container was not looked at: it does not know the filter for one namespace, and all of them are too much for a check.',
  byContainerUnseenEffect:
    'It may be right or not; the first hour that is read tells.',
  readPrometheus:
    'headroom.clusters, at the cluster, in place of opencost: its Prometheus',

  assetsAbsent: 'It has no /assets.',
  assetsAbsentEffect:
    'What nodes cost, their kind and their region are not known, and idle can’t be checked.',
  nodesAbsent: 'It knows of no nodes.',
  nodesAbsentEffect: 'What nodes cost is not known, and idle can’t be checked.',
  nodesPriced_one: 'The one node it knows of has a cost.',
  nodesPriced_other: 'All {{count}} nodes have a cost.',
  nodesFree_one: '{{count}} of {{all}} nodes costs nothing: {{nodes}}.',
  nodesFree_other: '{{count}} of {{all}} nodes cost nothing: {{nodes}}.',
  nodesFreeEffect: 'Whatever runs there costs nothing, and neither does idle.',
  nodesFreeWhere: 'Values of OpenCost, where it finds no price list of a cloud',
  nodesUntyped_one: "{{count}} of {{all}} nodes doesn't say its instance type.",
  nodesUntyped_other:
    "{{count}} of {{all}} nodes don't say their instance type.",
  nodesUntypedEffect: 'Money is right; tables of nodes call them default.',
} as const;

/** @public */
export const wordOpenCostCheck = createWorder(
  'opencostCheck',
  OPENCOST_CHECK_SENTENCES,
);
