import { Worded } from '@headroom/common';
import { sayAnnotation } from '../../sentences/annotationSentences';

/** What is wrong with a part of an annotation. @internal */
export class PartError extends Error {
  readonly worded: Worded;

  constructor(worded: Worded) {
    super(worded.message);
    this.name = 'PartError';
    this.worded = worded;
  }
}

type Right =
  | 'rightWindow'
  | 'rightDays'
  | 'rightTimes'
  | 'rightDuration'
  | 'rightCron'
  | 'rightWish'
  | 'rightException';

/** The words of a part, one after the other; what stands in double quotes is one. @internal */
export class WordReader {
  readonly #words: string[];
  #at = 0;

  constructor(part: string) {
    this.#words = part.match(/"[^"]*"|\S+/g) ?? [];
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  peek(): string | undefined {
    return this.#words[this.#at];
  }

  /** The next word if it is one of those; case doesn't matter. */
  take(...words: string[]): boolean {
    const found = words.includes(this.peek()?.toLocaleLowerCase('en-US') ?? '');
    this.#at += found ? 1 : 0;
    return found;
  }

  next(right: Right): string {
    const word = this.peek();
    if (word === undefined) {
      throw this.error(right);
    }
    this.#at++;
    return word;
  }

  /** That the next word, or the one that is given, isn't what it should be. */
  error(right: Right, word = this.peek()): PartError {
    return new PartError(
      word === undefined
        ? sayAnnotation('noMore', { right: sayAnnotation(right) })
        : sayAnnotation('word', { word, right: sayAnnotation(right) }),
    );
  }
}

/** Minutes of `90m`, `10h` or `1h30m`; `undefined` if it is none. @internal */
export function minutesOfDuration(text: string): number | undefined {
  const found = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?$/.exec(text);
  return found && text !== ''
    ? Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)
    : undefined;
}
