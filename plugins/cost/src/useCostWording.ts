import { Said } from '@headroom/common';
import { COST_SENTENCES } from '@headroom/plugin-cost-common';
import { useWording } from '@headroom/react';
import { costTranslationRef } from './translation';

/** Words what a back end says, a problem, a reason or advice, in the reader's language. */
export function useCostWording(): (said: Said) => string {
  return useWording(costTranslationRef, COST_SENTENCES);
}
