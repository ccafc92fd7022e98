import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { costBillTranslationRef } from './billTranslation';

/** The words about bills in the reader's language. */
export function useBillTranslation(): {
  t: TranslationFunction<(typeof costBillTranslationRef)['T']>;
} {
  return useTranslationRef(costBillTranslationRef);
}
