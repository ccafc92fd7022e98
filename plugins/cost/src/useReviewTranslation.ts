import { FORECAST_SENTENCES, Said } from '@headroom/common';
import { Translate, useTranslate, useWording } from '@headroom/react';
import { costReviewTranslationRef } from './reviewTranslation';

/** The function that words reviews. */
export type ReviewTranslate = Translate<(typeof costReviewTranslationRef)['T']>;

/** The words of reviews in the reader's language. */
export function useReviewTranslation(): { t: ReviewTranslate } {
  return useTranslate(costReviewTranslationRef);
}

const SENTENCES = { forecast: FORECAST_SENTENCES };

/** Words what the back end says of a forecast in the reader's language. */
export function useReviewWording(): (said: Said) => string {
  return useWording(costReviewTranslationRef, SENTENCES);
}
