import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { costAnomalyTranslationRef } from './anomalyTranslation';

/** The words about anomalies in the reader's language. */
export function useAnomalyTranslation(): {
  t: TranslationFunction<(typeof costAnomalyTranslationRef)['T']>;
} {
  return useTranslationRef(costAnomalyTranslationRef);
}
