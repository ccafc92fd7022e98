import { createWorder } from '@headroom/common';

/** How a number came about. */
export const RULE_SENTENCES = {
  quantile_one:
    'It covers {{share}} % of the {{count}} day that counts, with {{percent}} % to spare.',
  quantile_other:
    'It covers {{share}} % of each of the {{count}} days that count, with {{percent}} % to spare.',
  peaks_one:
    'It covers the peak of the {{count}} day that counts, with {{percent}} % to spare.',
  peaks_other:
    'It covers the peaks of all {{count}} days that count, with {{percent}} % to spare.',
  held: 'It covers the {{level}} at which usage stayed for half an hour, with {{percent}} % to spare.',
  heldWeekly:
    'It covers the {{level}} at which usage stayed for half an hour at the same hour of two weeks, with {{percent}} % to spare.',
  peak_one:
    'It covers the highest usage of {{count}} day, {{peak}}, with {{percent}} % to spare.',
  peak_other:
    'It covers the highest usage of {{count}} days, {{peak}}, with {{percent}} % to spare.',
  peakOfLast:
    'It covers the highest usage of the last {{days}} days, {{peak}}, with {{percent}} % to spare.',
  killed:
    'The container was killed for lack of memory at {{killedAt}}, and its limit becomes at least {{percent}} % more than that.',
  peakOfRuns: 'It covers the highest of {{runs}} runs, {{peak}}.',
  peakOfRunsAndMargin:
    'It covers the highest of {{runs}} runs, {{peak}}, with {{percent}} % to spare.',
  floor: 'Usage asks for less than {{floor}}, the least that is advised.',
  scalingPoint:
    'With it and a target of {{target}} %, the autoscaler goes on adding a pod when usage is {{point}} a pod.',
  least: 'Usage asks for less than the {{bound}} that {{by}} asks for.',
  most: 'Usage asks for more than the {{bound}} that {{by}} leaves.',
  wholeCores:
    "Usage asks for {{needed}}, which is rounded up to whole cores: in a pod of class Guaranteed they are the container's own.",
} as const;

export const wordRuleSentence = createWorder('adviceRule', RULE_SENTENCES);
