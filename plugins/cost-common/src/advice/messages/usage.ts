import { createWorder } from '@headroom/common';

/** What decides a number, and what does not: peaks, trends, runs, pods apart. */
export const USAGE_SENTENCES = {
  held: 'On {{day}} usage stayed at {{level}} for half an hour or more, and that decides the request. Unless usage comes near it again, it no longer counts from {{until}} on.',
  heldWeekly:
    'On {{day}} usage stayed at {{level}} for half an hour or more, as it did at that hour a week before, and that decides the request. Unless usage comes near it again, it no longer counts from {{until}} on.',
  heldEarlier:
    'On an earlier day usage stayed at {{level}} for half an hour or more, and that decides the request. Unless usage comes near it again, it no longer counts from {{until}} on.',
  heldEarlierWeekly:
    'On an earlier day usage stayed at {{level}} for half an hour or more, as it did at that hour a week before, and that decides the request. Unless usage comes near it again, it no longer counts from {{until}} on.',
  mayComeBack:
    'On {{day}} usage stayed at {{level}} for half an hour or more, which is above the request. It counts if it comes back at that hour on {{next}}.',
  didNotComeBack:
    'On {{day}} usage stayed at {{level}} for half an hour or more, which is above the request. It did not come back at that hour on {{next}}, so it does not count.',
  faded:
    'Usage on {{day}} asked for a request of {{request}}. It no longer counts, because usage has stayed away from it for longer than it ever did before it came back, or for over a week and a day if it never came back.',
  fewDaysDecide_one:
    'Only {{count}} of {{days}} days decides the number: {{day}}. Unless usage comes near it again, it no longer counts from {{until}} on.',
  fewDaysDecide_other:
    'Only {{count}} of {{days}} days decide the number, and {{day}} is the highest of them. Unless usage comes near it again, it no longer counts from {{until}} on.',
  fewDaysStay_one:
    'Only {{count}} of {{days}} days decides the number: {{day}}. It counts until it leaves the window that is looked at.',
  fewDaysStay_other:
    'Only {{count}} of {{days}} days decide the number, and {{day}} is the highest of them. They count until they leave the window that is looked at.',
  cpuFalls:
    'CPU usage falls steadily, so only the last {{days}} days count, from {{from}} on. With advice like this on each of the {{judged}} days before, from the week before it, usage would have been above the request in {{percent}} % of the samples.',
  memoryFalls:
    'Memory usage falls steadily, so only the days from {{from}} on count. No day before them went above the peak of the week before it and the margin.',
  cpuRises:
    'CPU usage is on its way up, so the past says too little of what comes.',
  memoryRises:
    'Memory usage is on its way up, so the past says too little of what comes.',
  feedsGpu:
    'This container feeds a GPU, which waits when the CPU is short. So its CPU is advised as critical, whatever its risk appetite.',
  runs: 'The number follows from the highest of {{runs}} runs.',
  measuredRuns:
    'The number follows from the highest of the {{measured}} runs that were measured, of {{runs}}.',
  starts:
    'The number follows from the highest of {{runs}} starts. An init container counts only where it asks for more than all main containers together.',
  measuredStarts:
    'The number follows from the highest of the {{measured}} starts that were measured, of {{runs}}. An init container counts only where it asks for more than all main containers together.',
  oddNodeCpu:
    'The pod on one node uses more than {{factor}} times what the others use at most. The number is a percentile over all nodes; a DaemonSet of its own for that node would save on all the others.',
  oddNodeMemory:
    'The pod on one node uses more than {{factor}} times what the others use at most. The number covers that pod; a DaemonSet of its own for that node would save on all the others.',
  worstPod:
    'The number is for the pod that uses most, {{factor}} times what a pod typically uses.',
  cpuStartUnlimited:
    'A start takes {{cores}}, which is more than the request, and no limit stands in its way. Where nodes are full, the start-up boost of a VPA would reserve it for as long as the start lasts.',
  cpuStartWithinLimit:
    'A start takes {{cores}}, which is more than the request, and the limit leaves room for it. Where nodes are full, the start-up boost of a VPA would reserve it for as long as the start lasts.',
  memoryStart:
    'A start takes {{memory}}, which is more than is used later. The request covers it.',
} as const;

export const wordUsage = createWorder('adviceUsage', USAGE_SENTENCES);
