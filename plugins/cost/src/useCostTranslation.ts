import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { costTranslationRef } from './translation';

/** The plugin's words in the reader's language. */
export interface CostTranslation {
  t: TranslationFunction<(typeof costTranslationRef)['T']>;
}

/** See {@link CostTranslation}. */
export function useCostTranslation(): CostTranslation {
  return useTranslationRef(costTranslationRef);
}
