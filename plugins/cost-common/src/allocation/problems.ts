import { SourceProblem } from '@headroom/common';

/** Collects what is wrong with an hour, one entry a code and subject. */
export class ProblemLog {
  readonly #hour: string;
  readonly #entries = new Map<
    string,
    { count: number; first: SourceProblem; describe: (count: number) => string }
  >();

  static create(options: { hour: string }): ProblemLog {
    return new ProblemLog(options.hour);
  }

  private constructor(hour: string) {
    this.#hour = hour;
  }

  /** `describe` gets how often the same code and subject were added. */
  add(
    severity: SourceProblem['severity'],
    code: string,
    subject: string,
    describe: (count: number) => string,
  ): void {
    const key = `${code}\0${subject}`;
    const entry = this.#entries.get(key);
    if (entry) {
      entry.count += 1;
      return;
    }
    const first = { code, subject, severity, hour: this.#hour, message: '' };
    this.#entries.set(key, { count: 1, first, describe });
  }

  toArray(): SourceProblem[] {
    return [...this.#entries.values()].map(({ count, first, describe }) => ({
      ...first,
      message: describe(count),
    }));
  }
}
