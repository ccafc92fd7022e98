import { Said, SourceProblem, Worded, wordNames } from '@headroom/common';

/** Subjects named in a message before it says "and n more". */
const NAMED = 3;

/** Collects problems; a sentence that is said of many subjects becomes one problem an hour. */
export class Problems {
  readonly #groups = new Map<
    string,
    {
      problem: Omit<SourceProblem, 'message' | 'subject'>;
      subjects: Set<string>;
      say: (subjects: string | Worded) => Said;
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
    this.say(problem, subject, subjects => ({
      message: message(
        typeof subjects === 'string' ? subjects : subjects.message,
      ),
    }));
  }

  /** @param say - the sentence, given the subjects in words */
  say(
    problem: Omit<SourceProblem, 'message' | 'wording' | 'subject'>,
    subject: string,
    say: (subjects: string | Worded) => Said,
  ): void {
    const { code, severity, hour } = problem;
    const key = [code, severity, hour, say('').message].join('\n');
    const group = this.#groups.get(key);
    if (!group) {
      this.#groups.set(key, { problem, subjects: new Set([subject]), say });
    } else {
      group.subjects.add(subject);
    }
  }

  list(): SourceProblem[] {
    return [...this.#groups.values()].map(({ problem, subjects, say }) => {
      return {
        ...problem,
        subject: subjects.size === 1 ? [...subjects][0] : undefined,
        ...say(wordNames([...subjects].sort(), NAMED)),
      };
    });
  }
}
