import { Catalogues, gapsOf, sentenceOf } from './Sentences';
import { Wording, WordingParam } from './Wording';

/** A sentence in a sentence in a sentence: nothing we say goes deeper than a few. */
const DEEPEST = 8;

/**
 * Whether an answer from outside is a wording at all.
 *
 * @public
 */
export function isWording(value: unknown): value is Wording {
  return isWordingWithin(value, DEEPEST);
}

function isWordingWithin(value: unknown, depth: number): value is Wording {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    return false;
  }
  const { key, params = {} } = value as { key?: unknown; params?: unknown };
  return (
    typeof key === 'string' &&
    typeof params === 'object' &&
    params !== null &&
    !Array.isArray(params) &&
    Object.values(params).every(
      param =>
        typeof param === 'string' ||
        (typeof param === 'number' && Number.isFinite(param)) ||
        isWordingWithin(param, depth - 1),
    )
  );
}

/**
 * Words something by catalogues that may be of another version than whoever said
 * it.
 *
 * @param translate - gives the sentence of a key, with the gaps it has filled
 * @returns `undefined` if a sentence isn't known or lacks what its gaps need;
 * the message is shown then
 * @public
 */
export function wordBy(
  catalogues: Catalogues,
  wording: unknown,
  translate: (key: string, params: Record<string, string | number>) => string,
): string | undefined {
  return isWording(wording)
    ? wordKnown(catalogues, wording, translate)
    : undefined;
}

function wordKnown(
  catalogues: Catalogues,
  { key, params = {} }: Wording,
  translate: (key: string, params: Record<string, string | number>) => string,
): string | undefined {
  const [name, ...rest] = key.split('.');
  const sentence = Object.hasOwn(catalogues, name)
    ? sentenceOf(catalogues[name], rest.join('.'), params.count)
    : undefined;
  if (sentence === undefined) {
    return undefined;
  }
  // Nothing but gaps and the count reaches the translation: an option of it,
  // such as a language, is not for a source to set.
  const filled: Record<string, string | number> = {};
  for (const gap of gapsOf(sentence)) {
    const param: WordingParam | undefined = Object.hasOwn(params, gap)
      ? params[gap]
      : undefined;
    const text =
      typeof param === 'object'
        ? wordKnown(catalogues, param, translate)
        : param;
    if (text === undefined) {
      return undefined;
    }
    filled[gap] = text;
  }
  if (typeof params.count === 'number') {
    filled.count = params.count;
  }
  return translate(key, filled);
}
