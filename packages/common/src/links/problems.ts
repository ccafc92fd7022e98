import { SourceProblem } from '../problems';
import { LabelReading } from '../labels/labels';

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

/**
 * Says that a label can't be told from another that an exporter wrote by the
 * same name, where that decides whom a workload belongs to.
 *
 * @param of - whom it would link the workload to
 * @internal
 */
export function addLabelConflict(
  problems: LinkProblems,
  subject: string,
  { key, reading, of }: { key: string; reading: LabelReading; of: string },
): void {
  const names = (reading.conflict ?? []).map(([name, at]) => `${name}=${at}`);
  problems.add({
    code: 'link-label-conflict',
    severity: 'warning',
    subject,
    message: `${subject} has labels that kube-state-metrics writes by one name, ${names.join(
      ' and ',
    )}; which of them is ${key} can't be told, so it is not linked to ${of} by it. Rename one of the labels, or let Headroom read the cluster's Kubernetes API, which has their real names`,
  });
}

/** Says so where labels are not from the metrics that the rest is from. @internal */
export function withLabelOrigin(
  detail: string,
  readings: LabelReading[],
): string {
  return readings.some(({ fromKubernetes }) => fromKubernetes)
    ? `${detail} (label read from the Kubernetes API)`
    : detail;
}

/** What an error says, whatever realm its class is from. @internal */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
