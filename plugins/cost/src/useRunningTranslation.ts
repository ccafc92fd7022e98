import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { costRunningTranslationRef } from './runningTranslation';

/** The words about what runs now in the reader's language. */
export function useRunningTranslation(): {
  t: TranslationFunction<(typeof costRunningTranslationRef)['T']>;
} {
  return useTranslationRef(costRunningTranslationRef);
}
