import { SourceProblem } from '@headroom/common';

/** Subjects named in a message before it says "and n more". */
const NAMED = 3;

/** Collects problems; a sentence that is said of many subjects becomes one problem an hour. */
export class Problems {
  readonly #groups = new Map<
    string,
    {
      problem: Omit<SourceProblem, 'message' | 'subject'>;
      subjects: Set<string>;
      message: (subjects: string) => string;
    }
  >();

  static create(): Problems {
    return new Problems();
  }

  /** @param message - the sentence, given the subjects in words */
  add(
    problem: Omit<SourceProblem, 'message' | 'subject'>,
    subject: string,
    message: (subjects: string) => string,
  ): void {
    const { code, severity, hour } = problem;
    const key = [code, severity, hour, message('')].join('\n');
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, { problem, subjects: new Set([subject]), message });
    } else {
      group.subjects.add(subject);
    }
  }

  list(): SourceProblem[] {
    return [...this.#groups.values()].map(({ problem, subjects, message }) => {
      const named = [...subjects].sort().slice(0, NAMED);
      const more = subjects.size - named.length;
      const words = named.join(', ') + (more > 0 ? ` and ${more} more` : '');
      return {
        ...problem,
        subject: subjects.size === 1 ? [...subjects][0] : undefined,
        message: message(words),
      };
    });
  }
}
