import { createWorder } from './createWorder';
import { Worded } from './Wording';

/**
 * What sentences are put together with.
 *
 * @public
 */
export const PART_SENTENCES = {
  then: '{{first}} {{second}}',
  comma: '{{first}}, {{second}}',
  semicolon: '{{first}}; {{second}}',
  and: '{{first}} and {{second}}',
  andMore: '{{named}} and {{more}} more',
} as const;

const word = createWorder('parts', PART_SENTENCES);

/** Halves are joined, so that a long list is not deep. */
function join(
  items: ReadonlyArray<string | Worded>,
  by: 'then' | 'comma' | 'semicolon' | 'and',
): string | Worded {
  if (items.length < 2) {
    return items[0] ?? '';
  }
  const half = Math.ceil(items.length / 2);
  return word(by, {
    first: join(items.slice(0, half), by),
    second: join(items.slice(half), by),
  });
}

/**
 * Sentences that follow one another, as one.
 *
 * @public
 */
export function wordInTurn(first: Worded, ...others: Worded[]): Worded {
  return join([first, ...others], 'then') as Worded;
}

/**
 * `a, b` or `a; b` or `a and b`. What is names alone stays as it is printed.
 *
 * @public
 */
export function wordList(
  items: ReadonlyArray<string | Worded>,
  by: 'comma' | 'semicolon' | 'and',
): string | Worded {
  return by === 'comma' && items.every(item => typeof item === 'string')
    ? items.join(', ')
    : join(items, by);
}

/**
 * The first names of a list in the order given, and how many more there are.
 *
 * @param most - how many are named at most
 * @public
 */
export function wordNames(
  names: ReadonlyArray<string | Worded>,
  most: number,
): string | Worded {
  const named = wordList(names.slice(0, most), 'comma');
  return names.length > most
    ? word('andMore', { named, more: names.length - most })
    : named;
}
