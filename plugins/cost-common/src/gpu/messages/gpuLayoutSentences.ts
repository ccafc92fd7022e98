import { createWorder } from '@headroom/common';

/**
 * What is assumed of a node's boards, and what in what it says of them can't be
 * right. Without a full stop: the nodes follow.
 *
 * @public
 */
export const GPU_LAYOUT_SENTENCES = {
  typeContradicts:
    '{{type}} has {{boards}} boards and nvidia.com/gpu.count says {{said}} devices; {{counted}} boards are counted',
  countContradicts:
    'nvidia.com/gpu.count says {{said}} devices and the node offers {{units}}; {{units}} are counted',
  countDividesNot:
    "nvidia.com/gpu.count says {{said}} devices, which doesn't divide {{units}} units; they are taken as {{devices}} devices",
  countMissing:
    'GPUs of the node are shared and nvidia.com/gpu.count is missing; {{units}} units are taken as {{devices}} devices',
  countMissingAsOffered:
    'GPUs of the node are shared and nvidia.com/gpu.count is missing; {{units}} units are taken as {{units}} devices. To know the boards, start kube-state-metrics with --metric-labels-allowlist=nodes=[*], and GPU feature discovery where labels nvidia.com/* are missing',
  countMissingOfType:
    'nvidia.com/gpu.count is missing and {{type}} has {{boards}}, so each of {{units}} units of {{resources}} is taken as {{share}} of them. To know how they are shared, start kube-state-metrics with --metric-labels-allowlist=nodes=[*], and GPU feature discovery where labels nvidia.com/* are missing',
  boards_one: '{{count}} board',
  boards_other: '{{count}} boards',
  notOffered:
    "{{type}} has {{boards}} and the node offers none, under no name such as nvidia.com/gpu, so what they cost is the node's, and nobody's else. The device plugin should run, all boards be healthy, and the resource be one of an accelerator's vendor; GPUs that are given by DRA alone are in no capacity, and are charged by their claims",
  notAllOffered:
    "{{type}} has {{boards}} and the node offers {{units}} of {{resources}}, so what the others cost is the node's, and nobody's else. The device plugin should run, all boards be healthy, and the resource be one of an accelerator's vendor; GPUs that are given by DRA alone are in no capacity, and are charged by their claims",
  unitsOf: '{{units}} of {{resource}}',
  boardsUnknown:
    'The node offers {{parts}} and nothing says of how many boards; one is assumed, so a part of it is that part of all. To know the boards, start kube-state-metrics with --metric-labels-allowlist=nodes=[*]',
  partUnknown:
    "{{resource}} is a part of a board, and Headroom doesn't know which; each is taken as a whole board",
  coresAssumed:
    '{{resource}} is a part of a board, and a chip is taken to have {{cores}} AI cores, as nothing says whether it has {{other}}',
  profileUnreadable:
    '"{{profile}}" is not a MIG profile such as 3g.40gb; the instance is charged as a whole board',
  profileUnknown:
    "{{board}} has no profile {{profile}} in Headroom's table; its share is taken from the name",
  boardUnknown:
    "{{model}} is not in Headroom's table of MIG boards; {{profile}} is taken as {{slices}}/7 of it",
  boardUnnamed:
    "A board of unknown model is not in Headroom's table of MIG boards; {{profile}} is taken as {{slices}}/7 of it",
} as const;

/** @internal */
export const wordGpuLayout = createWorder('gpuLayout', GPU_LAYOUT_SENTENCES);
