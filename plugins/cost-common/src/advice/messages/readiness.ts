import { createWorder } from '@headroom/common';

/** Why there is no number yet. */
export const READINESS_SENTENCES = {
  specUnknown: 'The requests and limits in force are not known.',
  limitsChanged_one:
    'Limits changed on {{at}}, and usage before that does not count. There is {{count}} day since then, of the {{wanted}} that advice takes.',
  limitsChanged_other:
    'Limits changed on {{at}}, and usage before that does not count. There are {{count}} days since then, of the {{wanted}} that advice takes.',
  imageChanged_one:
    'The image changed on {{at}}, and usage with it, so usage before that does not count. There is {{count}} day since then, of the {{wanted}} that advice takes.',
  imageChanged_other:
    'The image changed on {{at}}, and usage with it, so usage before that does not count. There are {{count}} days since then, of the {{wanted}} that advice takes.',
  cpuUnknown: 'No CPU usage is known in the window that is looked at.',
  memoryUnknown: 'No memory usage is known in the window that is looked at.',
  fewDays_one: 'There is {{count}} day of usage, and advice takes {{wanted}}.',
  fewDays_other:
    'There are {{count}} days of usage, and advice takes {{wanted}}.',
  thinDays:
    'Only {{counted}} of {{days}} days have at least {{percent}} % of their samples, and advice takes {{wanted}} such days.',
  fewRuns_one:
    'There was {{count}} run in the window, and it takes {{wanted}} to know the peak.',
  fewRuns_other:
    'There were {{count}} runs in the window, and it takes {{wanted}} to know the peak.',
  fewStarts_one:
    'There was {{count}} start in the window, and it takes {{wanted}} to know the peak.',
  fewStarts_other:
    'There were {{count}} starts in the window, and it takes {{wanted}} to know the peak.',
  fewMeasuredRuns:
    'Only {{measured}} of {{runs}} runs lasted long enough to be measured, and it takes {{wanted}} to know the peak.',
  fewMeasuredStarts:
    'Only {{measured}} of {{runs}} starts lasted long enough to be measured, and it takes {{wanted}} to know the peak.',
  noMeasuredRuns:
    'None of the {{runs}} runs lasted long enough to be measured, and it takes {{wanted}} to know the peak.',
  noMeasuredStarts:
    'None of the {{runs}} starts lasted long enough to be measured, and it takes {{wanted}} to know the peak.',
  mostlyUnmeasured:
    'Only {{measured}} of {{runs}} runs lasted long enough to be measured. What most of them use is not known, so nothing is lowered.',
} as const;

export const wordReadiness = createWorder(
  'adviceReadiness',
  READINESS_SENTENCES,
);
