import { Translate, useTranslate } from '@headroom/react';
import { scalingTranslationRef } from './translation';

/** Words a key in the reader's language. */
export type ScalingTranslate = Translate<(typeof scalingTranslationRef)['T']>;

/** The plugin's words in the reader's language. */
export function useScalingTranslation(): { t: ScalingTranslate } {
  return useTranslate(scalingTranslationRef);
}
