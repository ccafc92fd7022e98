import { createWorder } from '@headroom/common';

/**
 * What is advised about the GPUs of a workload, what it costs its owner, and why
 * it is withheld.
 *
 * @public
 */
export const GPU_ADVICE_SENTENCES = {
  fewDays:
    'It held GPUs on {{days}} of the {{needed}} days that are needed: a weekly job could look as if it did nothing.',

  remove:
    'Remove the GPU: {{gpus}} computed in {{share}} of the time over {{days}}.',
  removeLoaded:
    'Remove the GPU: {{gpus}} computed in {{share}} of the time over {{days}} and held {{held}} of memory.',
  removeNotebook:
    'Warn its user first, then stop it: what a notebook holds in memory is lost.',
  removeTraining:
    'A run that waits for data or for other workers fails without its GPU; look at its phase first.',
  removeMemoryUnknown:
    'Whether a model is loaded is not known: memory was not reported.',
  removeWaits:
    'An inference server keeps its model in memory and waits for requests: scale it to zero when there are none, or share the device, rather than take it away.',

  shrink:
    'Use {{to}} instead of {{from}}: in the busiest five minutes {{busy}} were busy, and all of them held {{held}}.',
  shrinkCosts:
    'Work spread over more devices takes longer on fewer; what is split over devices has to be told their number.',

  shareMig:
    'Use a MIG instance {{profile}} ({{share}} of the board) instead of a whole one. It held at most {{held}} and was at most {{busy}} busy.',
  shareSmallerMig:
    'Use a MIG instance {{profile}} ({{share}} of the board) instead of {{from}}. It held at most {{held}} and was at most {{busy}} busy.',
  shareMigCosts:
    "Memory and faults stay isolated; its peak speed is {{speed}} of the board's. Cutting the board needs it drained once, and the saving is real when others use the rest.",
  shareSlices:
    'Share each device with {{more}} more of its like by time-slicing. It held at most {{held}} and was at most {{busy}} busy.',
  shareSlicesCosts:
    'Nothing is isolated: clients wait for each other, and one that takes all memory or faults takes the others down. The saving is real when others use the rest.',

  move: 'Move to {{type}} ({{memory}}): it held at most {{held}} and its busiest five minutes took {{busy}} of {{now}}.',
  moveCosts:
    "Peak speed falls to {{speed}} and memory bandwidth to {{bandwidth}} of today's by data sheet; try it with your own load first.",
  moveSeveral:
    'It uses {{gpus}} at once; how fast they talk to each other on the other type is not known.',

  schedule:
    'Hold GPUs only when they are needed: something was computed in {{hours}} of the {{all}} hours of the week, and {{outside}} of the time held was outside them.',
  scaleToZero:
    'Scale it to zero until somebody asks: it computed nothing over {{days}} and held its model in memory all the time.',
  scheduleCosts:
    'Starting takes time, and loading a model takes more; what comes outside the hours waits or has to start it.',
  scheduleSeenOnce:
    'Not every hour of the week was seen twice yet: that takes {{days}} days.',
} as const;

export const wordGpuAdvice = createWorder('gpuAdvice', GPU_ADVICE_SENTENCES);
