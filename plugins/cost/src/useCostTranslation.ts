import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { costTranslationRef } from './translation';

/** The plugin's words in the reader's language. */
export function useCostTranslation() {
  return useTranslationRef(costTranslationRef);
}
