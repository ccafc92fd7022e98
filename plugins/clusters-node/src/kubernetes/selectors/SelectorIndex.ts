import { ObjectSelector } from '../cache/projections/types';

/** One thing that the labels of a selected object must say. */
interface Requirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values: readonly string[];
}

/**
 * Finds which of many selectors select an object by its labels, without asking each:
 * a selector is found by one pair of key and value that it asks for. Those that ask
 * for no value are asked each time.
 *
 * @typeParam T - what the selectors are of
 * @public
 */
export class SelectorIndex<T> {
  readonly #byPair = new Map<string, Array<{ of: T; all: Requirement[] }>>();
  readonly #others: Array<{ of: T; all: Requirement[] }> = [];

  /**
   * @param selectorOf - a missing selector selects nothing, an empty one everything
   */
  static create<T>(
    items: Iterable<T>,
    selectorOf: (item: T) => ObjectSelector | undefined,
  ): SelectorIndex<T> {
    return new SelectorIndex(items, selectorOf);
  }

  private constructor(
    items: Iterable<T>,
    selectorOf: (item: T) => ObjectSelector | undefined,
  ) {
    const entries = [...items].flatMap(of => {
      const selector = selectorOf(of);
      return selector ? [{ of, all: requirementsOf(selector) }] : [];
    });
    const frequency = new Map<string, number>();
    for (const { all } of entries) {
      for (const pair of all.flatMap(pairsOf)) {
        frequency.set(pair, (frequency.get(pair) ?? 0) + 1);
      }
    }
    const cost = (requirement: Requirement) =>
      pairsOf(requirement).reduce(
        (sum, pair) => sum + (frequency.get(pair) ?? 0),
        0,
      );
    for (const entry of entries) {
      const rarest = entry.all
        .filter(({ operator }) => operator === 'In')
        .sort((a, b) => cost(a) - cost(b))[0];
      if (rarest) {
        for (const pair of new Set(pairsOf(rarest))) {
          const same = this.#byPair.get(pair);
          if (same) {
            same.push(entry);
          } else {
            this.#byPair.set(pair, [entry]);
          }
        }
      } else {
        this.#others.push(entry);
      }
    }
  }

  /** What the selectors are of that select these labels, in no order. */
  matching(labels: Readonly<Record<string, string>>): T[] {
    const found: T[] = [];
    const take = (entries: Array<{ of: T; all: Requirement[] }>) => {
      for (const { of, all } of entries) {
        if (all.every(requirement => holds(requirement, labels))) {
          found.push(of);
        }
      }
    };
    take(this.#others);
    if (this.#byPair.size > 0) {
      for (const [key, value] of Object.entries(labels)) {
        take(this.#byPair.get(pairOf(key, value)) ?? []);
      }
    }
    return found;
  }
}

/**
 * Whether a selector selects an object: nothing without a selector, everything with
 * an empty one. An operator that Kubernetes doesn't have selects nothing.
 *
 * @public
 */
export function selects(
  selector: ObjectSelector | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    selector !== undefined &&
    requirementsOf(selector).every(requirement => holds(requirement, labels))
  );
}

function requirementsOf({
  matchLabels = {},
  matchExpressions = [],
}: ObjectSelector): Requirement[] {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      operator: 'In' as const,
      values: [value],
    })),
    ...matchExpressions.map(({ key, operator, values = [] }) => ({
      key,
      operator,
      values,
    })),
  ];
}

function holds(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
) {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

function pairsOf({ key, operator, values }: Requirement): string[] {
  return operator === 'In' ? values.map(value => pairOf(key, value)) : [];
}

/** No label key has a `=`. */
function pairOf(key: string, value: string): string {
  return `${key}=${value}`;
}
