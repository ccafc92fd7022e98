import { Wording, wordBy } from '@headroom/common';
import { COST_SENTENCES } from '../costSentences';

/**
 * Words something as a page in English does; undefined where it would show the
 * message instead.
 */
export function inEnglish(wording: Wording | undefined): string | undefined {
  return wordBy(COST_SENTENCES, wording, (key, params) => {
    const [name, sentence] = key.split('.');
    const catalogue: Record<string, string> =
      COST_SENTENCES[name as keyof typeof COST_SENTENCES];
    const plural = `${sentence}${params.count === 1 ? '_one' : '_other'}`;
    return (catalogue[plural] ?? catalogue[sentence]).replace(
      /\{\{(\w+)\}\}/g,
      (_, gap: string) => String(params[gap]),
    );
  });
}
