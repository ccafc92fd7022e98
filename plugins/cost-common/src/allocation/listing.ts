import { wordList, wordNames, Worded } from '@headroom/common';
import { wordPrices } from '../problems';

/** More names than these only make a sentence long. */
const MOST_NAMES = 8;

/** Stands for the type of machines of which nobody says it. */
export const UNKNOWN_TYPE = 'nodes of no known type';
const UNKNOWN_TYPES = new Map([
  [UNKNOWN_TYPE, wordPrices('unknownType')],
  [`${UNKNOWN_TYPE} (spot)`, wordPrices('unknownTypeSpot')],
]);

/** Names, by what is assumed of them. */
export class Listing {
  readonly #groups = new Map<
    string,
    { assumed: string | Worded; names: Set<string> }
  >();

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  /** Adds a name to those of which the same is assumed. */
  add(assumed: string | Worded, name: string): void {
    const key = typeof assumed === 'string' ? assumed : assumed.message;
    const found = this.#groups.get(key);
    if (found) {
      found.names.add(name);
    } else {
      this.#groups.set(key, { assumed, names: new Set([name]) });
    }
  }

  /** `a, b (what was assumed); c (…)`, in an order that doesn't depend on that of the input. */
  words(): string | Worded {
    return wordList(
      [...this.#groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { assumed, names: of }]) =>
          wordPrices('namesOf', { names: names(of), assumed }),
        ),
      'semicolon',
    );
  }
}

/** `a, b and 3 more`. */
export function names(of: ReadonlySet<string>): string | Worded {
  const sorted = [...of].sort();
  return wordNames(
    sorted.map(name => UNKNOWN_TYPES.get(name) ?? name),
    MOST_NAMES,
  );
}
