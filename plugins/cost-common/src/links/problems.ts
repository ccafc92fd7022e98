import { SourceProblem } from '../observations/observations';

// A broken convention shows in the first few; ten thousand lines help nobody.
const MAX_PROBLEMS = 200;

/** Problems of linking, each said once. @internal */
export class LinkProblems {
  readonly #problems = new Map<string, SourceProblem>();

  add(problem: SourceProblem): void {
    if (this.#problems.size < MAX_PROBLEMS) {
      this.#problems.set(problem.message, problem);
    }
  }

  list(): SourceProblem[] {
    return [...this.#problems.values()];
  }
}

/** What an error says, whatever realm its class is from. @internal */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
