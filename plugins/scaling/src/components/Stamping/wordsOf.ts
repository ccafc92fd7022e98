import { ApiHolder } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { Said, wordBy } from '@headroom/common';
import { SCALING_SENTENCES } from '../../messages/sentences';
import { scalingTranslationRef } from '../../translation';
import { ScalingTranslate } from '../../useScalingTranslation';

/** The plugin's words, for what is no component. */
export interface Words {
  t: ScalingTranslate;
  say: (said: Said) => string;
}

/** The words in the reader's language, where there are no hooks: a field is validated. */
export async function wordsOf(apiHolder: ApiHolder): Promise<Words> {
  const api = apiHolder.get(translationApiRef);
  if (!api) {
    throw new Error('The portal has no translations');
  }
  const t = await new Promise<ScalingTranslate>(resolve => {
    const now = api.getTranslation(scalingTranslationRef);
    if (now.ready) {
      resolve(now.t as unknown as ScalingTranslate);
      return;
    }
    const subscription = api
      .translation$(scalingTranslationRef)
      .subscribe(next => {
        if (next.ready) {
          subscription.unsubscribe();
          resolve(next.t as unknown as ScalingTranslate);
        }
      });
  });
  const translate = t as unknown as (
    key: string,
    params: Record<string, string | number>,
  ) => string;
  return {
    t,
    say: ({ message, wording }) =>
      wordBy(SCALING_SENTENCES, wording, (key, params) =>
        translate(`said.${key}`, params),
      ) ?? message,
  };
}
