import { createWorder } from './createWorder';
import { Worded } from './Wording';

/**
 * What sentences are put together with.
 *
 * @public
 */
export const PART_SENTENCES = {
  then: '{{first}} {{second}}',
  andMore: '{{named}} and {{more}} more',
} as const;

const word = createWorder('parts', PART_SENTENCES);

/**
 * Sentences that follow one another, as one.
 *
 * @public
 */
export function wordInTurn(first: Worded, ...others: Worded[]): Worded {
  return others.reduce(
    (said, second) => word('then', { first: said, second }),
    first,
  );
}

/**
 * The first names of a list in the order given, and how many more there are.
 *
 * @param most - how many are named at most
 * @public
 */
export function wordNames(
  names: readonly string[],
  most: number,
): string | Worded {
  const named = names.slice(0, most).join(', ');
  return names.length > most
    ? word('andMore', { named, more: names.length - most })
    : named;
}
