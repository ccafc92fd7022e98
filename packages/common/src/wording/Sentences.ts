import { Worded } from './Wording';

/**
 * A catalogue: sentences by key, with gaps (`{{node}}`) and plurals (`_one`,
 * `_other`, chosen by `count`) as Backstage's translation writes them. Declared
 * `as const`, so that the compiler knows the gaps.
 *
 * @public
 */
export type Sentences = { readonly [key: string]: string };

/**
 * Catalogues by name; a sentence's key begins with the name of its catalogue.
 *
 * @public
 */
export type Catalogues = { readonly [name: string]: Sentences };

/** The names of the gaps of a sentence. @public */
export type GapsOf<TSentence extends string> =
  TSentence extends `${string}{{${infer TGap}}}${infer TRest}`
    ? TGap | GapsOf<TRest>
    : never;

/** What a key ends in, where a sentence has plurals. @public */
export type PluralSuffix = '_one' | '_other';

/**
 * The keys a sentence is asked for by: without the suffix of its plurals.
 *
 * @public
 */
export type SentenceKey<TSentences extends Sentences> =
  keyof TSentences extends infer TKey
    ? TKey extends `${infer TStem}${PluralSuffix}`
      ? TStem
      : TKey & string
    : never;

/** Whether a sentence has plurals. @public */
export type IsPlural<
  TSentences extends Sentences,
  TKey extends string,
> = `${TKey}_other` extends keyof TSentences ? true : false;

/** The text of a sentence, of all its plurals. @public */
export type TextOf<
  TSentences extends Sentences,
  TKey extends string,
> = TSentences[(TKey | `${TKey}${PluralSuffix}`) & keyof TSentences];

/**
 * What the sentence needs, exactly: its gaps, and `count` where it has plurals.
 *
 * @public
 */
export type SentenceParams<
  TSentences extends Sentences,
  TKey extends string,
> = {
  [gap in Exclude<GapsOf<TextOf<TSentences, TKey>>, 'count'>]:
    | string
    | number
    | Worded;
} & (IsPlural<TSentences, TKey> extends true
  ? { count: number }
  : 'count' extends GapsOf<TextOf<TSentences, TKey>>
  ? { count: number }
  : unknown);

const GAP = /\{\{(\w+)\}\}/g;

/** The names of a sentence's gaps. */
export function gapsOf(sentence: string): string[] {
  return [...sentence.matchAll(GAP)].map(([, gap]) => gap);
}

/** Fills the gaps in one pass: what fills one is printed as it is, whatever it looks like. */
export function fillGaps(
  sentence: string,
  params: Readonly<Record<string, string | number>>,
): string {
  return sentence.replace(GAP, (gap, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : gap,
  );
}

/**
 * The sentence of a key, in the plural of `count` as i18next picks it for English;
 * `undefined` if there is none.
 */
export function sentenceOf(
  sentences: Sentences,
  key: string,
  count: unknown,
): string | undefined {
  const at = (name: string) =>
    Object.hasOwn(sentences, name) ? sentences[name] : undefined;
  if (typeof count === 'number') {
    const plural = at(`${key}${Math.abs(count) === 1 ? '_one' : '_other'}`);
    return plural ?? at(key);
  }
  return at(key);
}
