import { Translate, useTranslate } from '@headroom/react';
import { costCompletionTranslationRef } from './completionTranslation';

/** The function that words completion reports. */
export type CompletionTranslate = Translate<
  (typeof costCompletionTranslationRef)['T']
>;

/** The words of completion reports in the reader's language. */
export function useCompletionTranslation(): { t: CompletionTranslate } {
  return useTranslate(costCompletionTranslationRef);
}
