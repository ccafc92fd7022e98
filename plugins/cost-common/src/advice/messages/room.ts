import { createWorder } from '@headroom/common';

/** What LimitRanges, ResourceQuotas and nodes allow. */
export const ROOM_SENTENCES = {
  leastOfContainer:
    '{{object}} asks for at least {{amount}} of {{resource}} in a container.',
  leastOfPod:
    '{{object}} asks for at least {{amount}} of {{resource}} in a pod.',
  leastOfPodShared:
    '{{object}} asks for at least {{amount}} of {{resource}} in a pod, of which this container keeps the part it has now.',
  mostOfContainer:
    '{{object}} allows at most {{amount}} of {{resource}} in a container.',
  mostOfPod: '{{object}} allows at most {{amount}} of {{resource}} in a pod.',
  mostOfPodShared:
    '{{object}} allows at most {{amount}} of {{resource}} in a pod, of which this container keeps the part it has now.',
  defaultLimit:
    '{{object}} gives a {{resource}} limit of {{amount}} to containers without one.',
  limitRequired: '{{object}} refuses pods without a {{resource}} limit.',
  quotaCountsLimits:
    '{{object}} counts {{resource}} limits, so pods without one are refused.',
  limitStays: 'So the limit is not left off, and is {{limit}}.',
  quotaLeft_one:
    '{{object}} has {{left}} of {{part}} left, which allows {{each}} for {{count}} pod.',
  quotaLeft_other:
    '{{object}} has {{left}} of {{part}} left, which allows {{each}} for each of {{count}} pods.',
  quotaLeftScaled:
    '{{object}} has {{left}} of {{part}} left, which allows {{each}} for each of the {{most}} pods there may be at most.',
  nodeOfCluster:
    'No node of the cluster has more than {{size}}, and a pod that asks for more is never scheduled.',
  nodeOfClusterWithOverhead:
    'No node of the cluster has more than {{size}}, of which the RuntimeClass of the pod takes {{overhead}}. A pod that asks for more is never scheduled.',
  nodeOfPool:
    'No node of node pool {{pools}} has more than {{size}}, and a pod that asks for more is never scheduled.',
  nodeOfPoolWithOverhead:
    'No node of node pool {{pools}} has more than {{size}}, of which the RuntimeClass of the pod takes {{overhead}}. A pod that asks for more is never scheduled.',
  largestOfCluster: 'the largest node of the cluster',
  largestOfPool: 'the largest node of node pool {{pools}}',
  usageAsksFor: 'Usage asks for {{needed}}.',
} as const;

export const wordRoom = createWorder('adviceRoom', ROOM_SENTENCES);
