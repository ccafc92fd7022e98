import { Translate, useTranslate } from '@headroom/react';
import { costTranslationRef } from './translation';

/** Words a key in the reader's language. */
export type CostTranslate = Translate<(typeof costTranslationRef)['T']>;

/** The plugin's words in the reader's language. */
export function useCostTranslation(): { t: CostTranslate } {
  return useTranslate(costTranslationRef);
}
