import { Translate, useTranslate } from '@headroom/react';
import { costBillTranslationRef } from './billTranslation';

export type BillTranslate = Translate<(typeof costBillTranslationRef)['T']>;

/** The words about bills in the reader's language. */
export function useBillTranslation(): { t: BillTranslate } {
  return useTranslate(costBillTranslationRef);
}
