import { Worded } from '../wording';
import { SourceProblem } from './SourceProblem';

/**
 * Collects what is wrong with an hour: one problem a code and subject, however
 * often it is met.
 *
 * @public
 */
export class ProblemLog {
  readonly #hour: string;
  readonly #entries = new Map<
    string,
    {
      count: number;
      first: Omit<SourceProblem, keyof Worded>;
      describe: (count: number) => Worded;
    }
  >();

  /** `options.hour` is the start of the hour, ISO 8601 UTC. */
  static create(options: { hour: string }): ProblemLog {
    return new ProblemLog(options.hour);
  }

  private constructor(hour: string) {
    this.#hour = hour;
  }

  /** `describe` of the first is what is shown; it gets how often there was one. */
  add(
    severity: SourceProblem['severity'],
    code: string,
    subject: string,
    describe: (count: number) => Worded,
  ): void {
    const key = `${code}\0${subject}`;
    const entry = this.#entries.get(key);
    if (entry) {
      entry.count += 1;
      return;
    }
    const first = { code, subject, severity, hour: this.#hour };
    this.#entries.set(key, { count: 1, first, describe });
  }

  /** In the order in which they were first met. */
  toArray(): SourceProblem[] {
    return [...this.#entries.values()].map(({ count, first, describe }) => ({
      ...first,
      ...describe(count),
    }));
  }
}
