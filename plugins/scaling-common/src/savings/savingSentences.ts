import { createWorder } from '@headroom/common';

/** What a measure of savings stands on, or why there is none. @public */
export const SAVING_SENTENCES = {
  noBaseline_one:
    'One day of the past is known, and a comparison takes {{needed}}.',
  noBaseline_other:
    '{{count}} days of the past are known, and a comparison takes {{needed}}.',
  tooFewHours_one:
    'One whole hour in effect can be compared so far, and a measure takes {{needed}}.',
  tooFewHours_other:
    '{{count}} whole hours in effect can be compared so far, and a measure takes {{needed}}.',
  measured_one:
    'Compared with the same hours of the week in {{count}} day before the first action{{demand}}.',
  measured_other:
    'Compared with the same hours of the week in {{count}} days before the first action{{demand}}.',
  atDemand: ', at the demand that came',
  notAtDemand: ', whatever the demand, which is not known',
  waits:
    'It is measured within the next runs: there are many workloads, and each has its turn.',
  gone: 'What was changed of the workload is not there any more. What was measured before stays.',
  noCosts: 'The cost plugin could not be asked what the workload cost: {{why}}',
  nothingYet:
    'Nothing is measured yet. What was applied is, once a day of its hours is in.',
} as const;

/** Says one of {@link SAVING_SENTENCES}. @public */
export const wordSaving = createWorder('saving', SAVING_SENTENCES);
