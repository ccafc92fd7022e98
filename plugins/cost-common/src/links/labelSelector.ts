/** What a selector asks of one label. @public */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'not-exists';
  /** Sorted; empty for `exists` and `not-exists`. */
  values: string[];
}

const SEPARATORS = new Set(['(', ')', ',', '=', '!']);
const BLANK = /\s/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_PREFIX_LENGTH = 253;

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

class SelectorReader {
  readonly #selector: string;
  readonly #tokens: string[];
  #at = 0;

  constructor(selector: string) {
    this.#selector = selector;
    this.#tokens = tokenize(selector);
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  next(): string | undefined {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  key(): string {
    const key = this.next() ?? '';
    const slash = key.indexOf('/');
    const prefix = key.slice(0, Math.max(slash, 0));
    const valid =
      NAME.test(key.slice(slash + 1)) &&
      (slash === -1 ||
        (PREFIX.test(prefix) && prefix.length <= MAX_PREFIX_LENGTH));
    if (!valid) {
      throw this.error(
        key === '' ? 'a label key is missing' : `"${key}" is not a label key`,
      );
    }
    return key;
  }

  /** A value; nothing at all is the empty value, as Kubernetes has it. */
  value(): string {
    const token = this.peek();
    if (token === undefined || token === ',' || token === ')') {
      return '';
    }
    this.next();
    if (!NAME.test(token)) {
      throw this.error(`"${token}" is not a label value`);
    }
    return token;
  }

  /** `(a,b)`: at least one value, possibly empty ones among others. */
  values(): string[] {
    if (this.next() !== '(') {
      throw this.error('values of in and notin stand in parentheses');
    }
    if (this.peek() === ')') {
      throw this.error('in and notin need at least one value');
    }
    const values = new Set<string>();
    for (;;) {
      values.add(this.value());
      const token = this.next();
      if (token === ')') {
        return [...values].sort();
      }
      if (token !== ',') {
        throw this.error(
          token === undefined
            ? 'a closing parenthesis is missing'
            : `"${token}" stands where a comma or a parenthesis should be`,
        );
      }
    }
  }

  error(reason: string): RangeError {
    return new RangeError(
      `"${this.#selector}" is not a label selector: ${reason}`,
    );
  }
}

function tokenize(selector: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < selector.length) {
    const char = selector[at];
    if (BLANK.test(char)) {
      at += 1;
    } else if (char === '=' || char === '!') {
      const token = selector[at + 1] === '=' ? `${char}=` : char;
      tokens.push(token);
      at += token.length;
    } else if (SEPARATORS.has(char)) {
      tokens.push(char);
      at += 1;
    } else {
      const start = at;
      while (
        at < selector.length &&
        !BLANK.test(selector[at]) &&
        !SEPARATORS.has(selector[at])
      ) {
        at += 1;
      }
      tokens.push(selector.slice(start, at));
    }
  }
  return tokens;
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
