import { SelectorReader } from '../links/SelectorReader';

/** What a selector asks of one label. @public */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'not-exists';
  /** Sorted; empty for `exists` and `not-exists`. */
  values: string[];
}

/**
 * Reads a Kubernetes label selector: comma-separated requirements that all must
 * hold, each `key=value`, `key==value`, `key!=value`, `key in (a,b)`,
 * `key notin (a,b)`, `key` (exists) or `!key`. The grammar and the limits of
 * keys and values are those of Kubernetes (labels and selectors); `=` and `!=`
 * come out as `in` and `notin` of one value. An empty selector has no
 * requirements.
 *
 * Throws a RangeError that quotes the selector and says what is wrong.
 *
 * @public
 */
export function parseLabelSelector(selector: string): LabelRequirement[] {
  const reader = new SelectorReader(selector);
  const requirements: LabelRequirement[] = [];
  if (reader.peek() === undefined) {
    return requirements;
  }
  for (;;) {
    requirements.push(readRequirement(reader));
    const token = reader.next();
    if (token === undefined) {
      return requirements;
    }
    if (token !== ',') {
      throw reader.error(`"${token}" stands where a comma should be`);
    }
  }
}

function readRequirement(reader: SelectorReader): LabelRequirement {
  if (reader.peek() === '!') {
    reader.next();
    return { key: reader.key(), operator: 'not-exists', values: [] };
  }
  const key = reader.key();
  const operator = reader.peek();
  switch (operator) {
    case undefined:
    case ',':
      return { key, operator: 'exists', values: [] };
    case '=':
    case '==':
    case '!=':
      reader.next();
      return {
        key,
        operator: operator === '!=' ? 'notin' : 'in',
        values: [reader.value()],
      };
    case 'in':
    case 'notin':
      reader.next();
      return { key, operator, values: reader.values() };
    default:
      throw reader.error(
        `"${operator}" after "${key}" is no operator (=, ==, !=, in, notin)`,
      );
  }
}

/**
 * Whether labels meet every requirement. As in Kubernetes, `!=` and `notin` also
 * hold when the label is absent. `read` gives the value of a label, `undefined`
 * when it is absent.
 *
 * @public
 */
export function matchesRequirements(
  requirements: readonly LabelRequirement[],
  read: (key: string) => string | undefined,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = read(key);
    switch (operator) {
      case 'in':
        return value !== undefined && values.includes(value);
      case 'notin':
        return value === undefined || !values.includes(value);
      case 'exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}
