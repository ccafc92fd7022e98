import { headroomTranslationRef } from './translation';
import { Translate } from './Translate';
import { useTranslate } from './useTranslate';

/** The words of the shared components in the reader's language. */
export function useHeadroomTranslation(): {
  t: Translate<(typeof headroomTranslationRef)['T']>;
} {
  return useTranslate(headroomTranslationRef);
}
