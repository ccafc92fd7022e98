import { wordList, wordNames } from './partSentences';
import { Worded } from './Wording';

/**
 * `a`, `a and b`, `a, b and c`; of more than `most` the first and how many there
 * are beyond.
 *
 * @public
 */
export function wordAll(
  names: ReadonlyArray<string | Worded>,
  most = 5,
): string | Worded {
  if (names.length > most) {
    return wordNames(names, most);
  }
  return names.length < 2
    ? wordList(names, 'and')
    : wordList(
        [wordList(names.slice(0, -1), 'comma'), names[names.length - 1]],
        'and',
      );
}
