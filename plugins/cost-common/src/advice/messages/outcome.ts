import { createWorder } from '@headroom/common';

/** What is said of a number beside what is set now. */
export const OUTCOME_SENTENCES = {
  alreadyRight: 'What is set now is right.',
  belowNoise:
    'The change would be less than {{percent}} %, and too little money to be worth a restart.',
  noRequestSet:
    'No request is set now, so the scheduler places the pod as if this container used nothing.',
  limitsUnread:
    'The LimitRanges and ResourceQuotas of the namespace could not be read, and one of them may refuse this change.',
  floor: 'No request below {{floor}} is advised, however little is used.',
  limitRemoved:
    'The limit of {{limit}} is left off, because a CPU limit throttles even while the node has cores to spare.',
} as const;

export const wordOutcome = createWorder('adviceOutcome', OUTCOME_SENTENCES);
