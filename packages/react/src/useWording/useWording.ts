import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TranslationRef } from '@backstage/frontend-plugin-api';
import { Catalogues, Said, wordBy } from '@headroom/common';
import { useCallback } from 'react';

/**
 * Words what a back end says in the reader's language.
 *
 * @param translationRef - its messages hold the catalogues under `said`
 * @param catalogues - the same catalogues; what is not of them, and what another
 * version words otherwise, is shown as its message
 * @returns the words of what was said
 * @public
 */
export function useWording(
  translationRef: TranslationRef,
  catalogues: Catalogues,
): (said: Said) => string {
  const { t } = useTranslationRef(translationRef);
  return useCallback(
    ({ message, wording }) => {
      // The keys come from a back end, so the compiler can't know them.
      const translate = t as unknown as (
        key: string,
        params: Record<string, string | number>,
      ) => string;
      return (
        wordBy(catalogues, wording, (key, params) =>
          translate(`said.${key}`, params),
        ) ?? message
      );
    },
    [t, catalogues],
  );
}
