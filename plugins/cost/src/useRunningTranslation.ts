import { Translate, useTranslate } from '@headroom/react';
import { costRunningTranslationRef } from './runningTranslation';

/** The words about what runs now in the reader's language. */
export function useRunningTranslation(): {
  t: Translate<(typeof costRunningTranslationRef)['T']>;
} {
  return useTranslate(costRunningTranslationRef);
}
