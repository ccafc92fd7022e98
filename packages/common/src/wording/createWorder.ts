import {
  SentenceKey,
  SentenceParams,
  Sentences,
  fillGaps,
  sentenceOf,
} from './Sentences';
import { Worded, WordingParam } from './Wording';

/**
 * Says a sentence of one catalogue. The compiler asks for the gaps of the
 * sentence and for nothing else.
 *
 * @public
 */
export type Worder<TSentences extends Sentences> = <
  TKey extends SentenceKey<TSentences>,
>(
  key: TKey,
  ...[params]: keyof SentenceParams<TSentences, TKey> extends never
    ? []
    : [params: SentenceParams<TSentences, TKey>]
) => Worded;

/**
 * Gives the function by which a rule says the sentences of a catalogue.
 *
 * @param name - of the catalogue, the first part of every key
 * @param sentences - the catalogue, declared `as const`
 * @public
 */
export function createWorder<const TSentences extends Sentences>(
  name: string,
  sentences: TSentences,
): Worder<TSentences> {
  return (key, ...[params]) => {
    const given = Object.entries(
      (params ?? {}) as Record<string, string | number | Worded>,
    );
    const sentence = sentenceOf(
      sentences,
      key,
      given.find(([gap]) => gap === 'count')?.[1],
    );
    if (sentence === undefined) {
      throw new Error(`The catalogue ${name} has no sentence ${key}`);
    }
    const texts: Record<string, string | number> = {};
    const kept: Record<string, WordingParam> = {};
    for (const [gap, value] of given) {
      texts[gap] = typeof value === 'object' ? value.message : value;
      kept[gap] = typeof value === 'object' ? value.wording : value;
    }
    return {
      message: fillGaps(sentence, texts),
      wording: {
        key: `${name}.${key}`,
        ...(given.length > 0 ? { params: kept } : {}),
      },
    };
  };
}
