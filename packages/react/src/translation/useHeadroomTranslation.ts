import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { headroomTranslationRef } from './translation';

/** The words of the shared components in the reader's language. */
interface HeadroomTranslation {
  t: TranslationFunction<(typeof headroomTranslationRef)['T']>;
}

/** See {@link HeadroomTranslation}. */
export function useHeadroomTranslation(): HeadroomTranslation {
  return useTranslationRef(headroomTranslationRef);
}
