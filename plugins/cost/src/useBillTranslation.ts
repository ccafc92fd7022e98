import { Translate, useTranslate } from '@headroom/react';
import { costBillTranslationRef } from './billTranslation';

/** The words about bills in the reader's language. */
export function useBillTranslation(): {
  t: Translate<(typeof costBillTranslationRef)['T']>;
} {
  return useTranslate(costBillTranslationRef);
}
