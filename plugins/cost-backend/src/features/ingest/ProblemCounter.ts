import { SourceProblem } from '@headroom/common';

type Say = (count: number) => string;

/** Collects what is wrong with an hour's readings: one problem a code and subject, however often. */
export class ProblemCounter {
  readonly #hour: string;
  readonly #problems = new Map<
    string,
    { count: number; code: string; subject: string; say: Say }
  >();

  static create(options: { hour: string }): ProblemCounter {
    return new ProblemCounter(options.hour);
  }

  private constructor(hour: string) {
    this.#hour = hour;
  }

  /** `say` of the first is what is shown; it gets how often there was one. */
  add(code: string, subject: string, say: Say): void {
    const key = `${code}\0${subject}`;
    const known = this.#problems.get(key);
    if (known) {
      known.count += 1;
    } else {
      this.#problems.set(key, { count: 1, code, subject, say });
    }
  }

  toArray(): SourceProblem[] {
    return [...this.#problems.values()].map(
      ({ count, code, subject, say }) => ({
        code,
        subject,
        severity: 'warning',
        hour: this.#hour,
        message: say(count),
      }),
    );
  }
}
