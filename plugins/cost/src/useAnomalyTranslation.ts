import { Translate, useTranslate } from '@headroom/react';
import { costAnomalyTranslationRef } from './anomalyTranslation';

/** The words about anomalies in the reader's language. */
export function useAnomalyTranslation(): {
  t: Translate<(typeof costAnomalyTranslationRef)['T']>;
} {
  return useTranslate(costAnomalyTranslationRef);
}
