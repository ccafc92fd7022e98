import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationFunction } from '@backstage/frontend-plugin-api';
import { scalingTranslationRef } from './translation';

/** Words a key in the reader's language. */
export type ScalingTranslate = TranslationFunction<
  (typeof scalingTranslationRef)['T']
>;

/** The plugin's words in the reader's language. */
export function useScalingTranslation(): { t: ScalingTranslate } {
  return useTranslationRef(scalingTranslationRef);
}
