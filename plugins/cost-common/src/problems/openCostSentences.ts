import { createWorder } from '@headroom/common';

/**
 * What the source `opencost` says of a window.
 *
 * @public
 */
export const OPENCOST_SENTENCES = {
  openCostOf: 'OpenCost of cluster {{cluster}}',
  byCluster: '{{what}} by cluster',
  assetsOf: '{{what}} (assets)',

  assetsUnavailable:
    "{{what}} has no /assets, so what nodes cost, their kind and their region are not known, and idle can't be checked.",
  groups_one:
    '{{what}} answered {{count}} item that is not of one container; it is booked as one pod of its name.',
  groups_other:
    '{{what}} answered {{count}} items that are not of one container; each is booked as one pod of its name.',
  gpuUseUnmeasured:
    '{{what}} reports no GPU use above 0 for any container, as it does without DCGM metrics, so GPU use is shown as unknown.',

  notByContainer:
    "{{what}} does not answer by container: {{groups}} of {{items}} items are of several containers together, also when asked with {{aggregate}}. Costs of groups can't be given to services, so none of them are booked. Ask a version that aggregates by container, or read the cluster's Prometheus instead.",
  notEnvelope:
    "{{what}} answered JSON that is not {{shape}}; does the base URL lead to an OpenCost, or to a Kubecost's /model?",
  failed:
    '{{what}} answered with code {{code}}: it could not compute it, and its log says why.',
  otherClusters:
    '{{what}} answers for {{clusters}} clusters and none of them is called {{cluster}}: {{others}}',
  itemUndated:
    "{{what}} answered an item whose {{field}} can't be read, and not which hour it is of",
  windowAbsent:
    '{{what}} answered items without a window in {{steps}} steps where {{asked}} were asked for',
  stepTooLong:
    '{{what}} answered one step of {{length}} where steps of {{asked}} were asked for: it ignores "step", so its costs can\'t be booked by the hour',
  nodeUnreadable:
    '{{what}} answered a node whose {{field}} is not what OpenCost answers there',

  itemUnreadable:
    '{{what}} answered an item whose {{field}} is not what OpenCost answers there, so the hour is left out.',
  windowUnaligned_one:
    '{{what}} answered {{count}} item of {{start}} to {{end}}, which is not an hour that was asked for, so it is not booked.',
  windowUnaligned_other:
    '{{what}} answered {{count}} items of {{start}} to {{end}}, which is not an hour that was asked for, so they are not booked.',
  windowOutside_one:
    '{{what}} answered {{count}} item of {{start}} to {{end}}, outside the window that was asked for, so it is not booked.',
  windowOutside_other:
    '{{what}} answered {{count}} items of {{start}} to {{end}}, outside the window that was asked for, so they are not booked.',
  nodeTooLong:
    "{{what}} says that node {{node}} is of {{length}}, more than the {{asked}} asked for, so the node's cost is not known.",
  nodeWithoutCost:
    "{{what}} says that node {{node}} has a cost that is null or missing, so the node's cost is not known.",

  costUnknown_one:
    '{{what}} could not compute the {{resources}} cost of {{count}} item: {{items}}. What it could not compute is not in the figures of this hour.',
  costUnknown_other:
    '{{what}} could not compute the {{resources}} cost of {{count}} items: {{items}}. What it could not compute is not in the figures of this hour.',
  negativeIdle:
    "{{what}} says idle is negative: {{amount}} in all. More was given to workloads than the nodes cost, and idle can't be below 0. It is kept as it is, so that the sum holds.",
  negativeCost_one:
    '{{what}} says {{count}} item cost less than nothing after adjustment: {{items}}.',
  negativeCost_other:
    '{{what}} says {{count}} items cost less than nothing after adjustment: {{items}}.',
  sharedCost_one:
    "{{what}} put {{amount}} of shared or external cost into {{count}} item though nothing was to be shared: {{items}}. It is left out, so that it isn't booked twice.",
  sharedCost_other:
    "{{what}} put {{amount}} of shared or external cost into {{count}} items though nothing was to be shared: {{items}}. It is left out, so that it isn't booked twice.",
  negativeMinutes_one:
    '{{what}} says {{count}} item ended before it began: {{items}}. What it used is not known; what it cost is booked as stated, and nothing where it is nothing.',
  negativeMinutes_other:
    '{{what}} says {{count}} items ended before they began: {{items}}. What they used is not known; what they cost is booked as stated, and nothing where it is nothing.',
  partsMismatch_one:
    "{{what}} states a total of {{count}} item that its parts don't sum to, {{amount}} apart: {{items}}. The parts are booked.",
  partsMismatch_other:
    "{{what}} states totals of {{count}} items that their parts don't sum to, {{amount}} apart in all: {{items}}. The parts are booked.",

  hoursMismatch_one:
    '{{what}} says {{node}} had {{cores}} cores for {{minutes}} minutes and also {{coreHours}} core-hours, which contradict each other.',
  hoursMismatch_other:
    '{{what}} says {{node}} had {{cores}} cores for {{minutes}} minutes and also {{coreHours}} core-hours; {{count}} nodes contradict themselves like that.',

  sumsWithIdle: 'nodes cost {{nodes}}, allocations with idle sum to {{items}}',
  sumsWithoutIdle:
    'nodes cost {{nodes}}, allocations without idle sum to {{items}}',
  sumsByCluster: 'by container {{containers}}, by cluster {{cluster}}',
  idleMissing:
    '{{what}} gave no idle though it was asked for: {{sums}}. The difference is paid and in no figure here.',
  sumsApart:
    '{{what}} contradicts itself: {{sums}}, {{share}} apart, more than rounding explains.',
  sumsAllApart:
    '{{what}} contradicts itself: {{sums}}, which is all of it apart, more than rounding explains.',
  rounding: '{{what}} rounds every figure to 5 decimals: {{sums}}.',

  minutesOfEach_one:
    '{{counted}} of {{expected}} minutes of {{count}} node ({{nodes}})',
  minutesOfEach_other:
    '{{counted}} of {{expected}} minutes of each of {{count}} nodes ({{nodes}})',
  minutesTogether:
    '{{counted}} of {{expected}} minutes of {{count}} nodes together ({{nodes}})',
  costMissing: '{{share}} of their cost is missing',
  costMissingAbout: '{{share}} of their cost is missing, about {{amount}},',
  nodesShort:
    '{{what}} counted {{minutes}}, though pods ran on them all that time: {{missing}} and idle is too low by as much. Nothing was scaled up.',
  idleShort:
    '{{what}} counted {{counted}} of {{expected}} minutes of idle, though pods ran all that time: {{share}} of what the nodes cost is missing. Nothing was scaled up.',
  idleShortAbout:
    '{{what}} counted {{counted}} of {{expected}} minutes of idle, though pods ran all that time: {{share}} of what the nodes cost is missing, about {{amount}}. Nothing was scaled up.',
  answerShort:
    '{{what}} counted {{counted}} of {{expected}} minutes: {{share}} of the time is missing for everything, which is right only if the cluster was down for the rest.',
} as const;

/** @public */
export const wordOpenCost = createWorder('opencost', OPENCOST_SENTENCES);
