import { Said, SourceProblem, Worded, wordNames } from '@headroom/common';

/** Subjects named in a message before it says "and n more". */
const NAMED = 3;

/**
 * Collects the problems of one answer. Those of one kind and hour become a single
 * problem, whose sentence names all that it concerns.
 */
export class Problems {
  readonly #groups = new Map<
    string,
    {
      problem: Omit<SourceProblem, 'message' | 'wording' | 'subject'>;
      subjects: Map<string, string | Worded>;
      say: (subjects: string | Worded) => Said;
    }
  >();

  static create(): Problems {
    return new Problems();
  }

  private constructor() {}

  /** @param say - the sentence, given the subjects in words */
  say(
    problem: Omit<SourceProblem, 'message' | 'wording' | 'subject'>,
    subject: string | Worded,
    say: (subjects: string | Worded) => Said,
  ): void {
    const { code, severity, hour } = problem;
    const key = [code, severity, hour, say('').message].join('\n');
    const group = this.#groups.get(key) ?? {
      problem,
      subjects: new Map<string, string | Worded>(),
      say,
    };
    this.#groups.set(key, group);
    group.subjects.set(
      typeof subject === 'string' ? subject : subject.message,
      subject,
    );
  }

  list(): SourceProblem[] {
    return [...this.#groups.values()].map(({ problem, subjects, say }) => {
      const names = [...subjects.keys()].sort();
      return {
        ...problem,
        subject: names.length === 1 ? names[0] : undefined,
        ...say(
          wordNames(
            names.map(name => subjects.get(name) ?? name),
            NAMED,
          ),
        ),
      };
    });
  }
}
