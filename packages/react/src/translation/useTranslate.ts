import {
  TranslationRef,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { Translate } from './Translate';

/**
 * The words of a ref in the reader's language: Backstage's `useTranslationRef`, with
 * types that are quickly checked.
 *
 * @public
 */
export function useTranslate<TMessages extends { [key in string]: string }>(
  ref: TranslationRef<string, TMessages>,
): { t: Translate<TMessages> } {
  // The same function: comparing the two types is what takes the time.
  return useTranslationRef(ref) as unknown as { t: Translate<TMessages> };
}
