const SEPARATORS = new Set(['(', ')', ',', '=', '!']);
const BLANK = /\s/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_PREFIX_LENGTH = 253;

/**
 * Walks through the tokens of a label selector; every error quotes the selector.
 *
 * @internal
 */
export class SelectorReader {
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
