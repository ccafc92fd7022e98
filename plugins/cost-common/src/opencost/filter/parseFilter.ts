import { InputError } from '@backstage/errors';
import {
  AllocationFilter,
  FILTER_FIELDS,
  FilterComparison,
  FilterField,
  MAP_FIELDS,
  NO_FILTER,
  OPERATORS,
} from './types';

/** Groups inside groups; a person writes two or three. */
const DEEPEST = 32;

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): AllocationFilter {
    this.#skipSpace();
    if (this.#isAtEnd()) {
      return NO_FILTER;
    }
    const filter = this.#group(0);
    if (!this.#isAtEnd()) {
      throw this.#wrong(
        this.#peek() === ')'
          ? 'a parenthesis that is closed must have been opened'
          : 'after a value there must be +, | or a comma',
      );
    }
    return filter;
  }

  #group(depth: number): AllocationFilter {
    const operands = [this.#operand(depth)];
    const sign = this.#peek();
    if (sign !== '+' && sign !== '|') {
      return operands[0];
    }
    while (this.#take(sign)) {
      operands.push(this.#operand(depth));
    }
    if (this.#peek() === '+' || this.#peek() === '|') {
      throw this.#wrong(
        '+ and | must not follow one another without parentheses, such as a | (b + c)',
      );
    }
    return { kind: 'group', op: sign === '+' ? 'and' : 'or', operands };
  }

  #operand(depth: number): AllocationFilter {
    if (!this.#take('(')) {
      return this.#comparison();
    }
    if (depth === DEEPEST) {
      throw this.#wrong(`groups must be at most ${DEEPEST} deep`);
    }
    const group = this.#group(depth + 1);
    if (!this.#take(')')) {
      throw this.#wrong('a parenthesis that is opened must be closed');
    }
    return group;
  }

  #comparison(): FilterComparison {
    const field = this.#field();
    const isMap = (MAP_FIELDS as readonly string[]).includes(field);
    const key = isMap ? this.#key() : undefined;
    const operator = OPERATORS.find(({ text }) => this.#take(text));
    if (!operator) {
      throw this.#wrong(
        `after a field there must be one of ${OPERATORS.map(
          ({ text }) => text,
        ).join(' ')}`,
      );
    }
    const values = [this.#value()];
    while (this.#take(',')) {
      values.push(this.#value());
    }
    const { match, negated } = operator;
    return {
      kind: 'comparison',
      field,
      ...(key !== undefined && { key }),
      match,
      negated,
      values,
    };
  }

  #field(): FilterField {
    const [name = ''] = /^[\p{L}\p{N}_-]*/u.exec(this.#rest()) ?? [];
    const field = FILTER_FIELDS.find(each => each === name);
    if (!field) {
      throw this.#wrong(
        `there must be a parenthesis or one of the fields ${FILTER_FIELDS.join(
          ', ',
        )}`,
      );
    }
    this.#advance(name.length);
    return field;
  }

  #key(): string | undefined {
    if (!this.#take('[')) {
      return undefined;
    }
    const end = this.#text.indexOf(']', this.#at);
    if (end < 0) {
      throw this.#wrong('a bracket that is opened must be closed');
    }
    const key = this.#text.slice(this.#at, end);
    this.#advance(key.length + 1);
    return key;
  }

  #value(): string {
    if (this.#peek() !== '"') {
      throw this.#wrong('there must be a value in double quotes');
    }
    const end = this.#text.indexOf('"', this.#at + 1);
    if (end < 0) {
      throw this.#wrong('a quote that is opened must be closed');
    }
    const value = this.#text.slice(this.#at + 1, end);
    this.#advance(value.length + 2);
    return value;
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) {
      return false;
    }
    // Space inside a key is the key's.
    this.#at += text.length;
    if (text !== '[') {
      this.#skipSpace();
    }
    return true;
  }

  #advance(length: number): void {
    this.#at += length;
    this.#skipSpace();
  }

  #skipSpace(): void {
    while (/\s/.test(this.#peek())) {
      this.#at += 1;
    }
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  #wrong(wanted: string): InputError {
    const where = this.#isAtEnd()
      ? 'is not complete'
      : `has ${JSON.stringify(
          this.#text.slice(this.#at, this.#at + 20),
        )} at character ${this.#at + 1}`;
    return new InputError(`${where}; ${wanted}`);
  }
}

/**
 * A filter in version 2 of OpenCost's language (core/pkg/filter/ast/parser.go):
 *
 * ```text
 * filter     = operand ('+' operand)* | operand ('|' operand)*
 * operand    = comparison | '(' filter ')'
 * comparison = field ('[' key ']')? operator '"' value '"' (',' '"' value '"')*
 * operator   = ':' | '!:' | '~:' | '!~:' | '<~:' | '!<~:' | '~>:' | '!~>:'
 * ```
 *
 * `+` is and, `|` is or; both in one group need parentheses, as there.
 *
 * @throws InputError whose message says where it goes wrong and what would be right;
 * it begins with a verb.
 * @public
 */
export function parseAllocationFilter(text: string): AllocationFilter {
  return new Parser(text).parse();
}
