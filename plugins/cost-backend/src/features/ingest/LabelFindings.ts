import { SourceProblem } from '@headroom/common';
import { NodeHour, wordIngest } from '@headroom/plugin-cost-common';

/** Code of notes that labels are read from the Kubernetes API. */
export const FROM_KUBERNETES = 'labels-from-kubernetes';
/** Code of the problem that nothing says what a node is. */
export const NO_INSTANCE_TYPE = 'no-instance-type';

const ALLOWLIST = '--metric-labels-allowlist=nodes=[*]';

/** Which nodes' types came from where, by hour. */
export class LabelFindings {
  readonly #filled = new Map<string, string[]>();
  readonly #unknown = new Map<string, string[]>();

  /** Whether anything was filled in. */
  get any(): boolean {
    return this.#filled.size > 0;
  }

  fromKubernetes({ hour, node }: NodeHour): void {
    add(this.#filled, hour, node);
  }

  unknown({ hour, node }: NodeHour): void {
    add(this.#unknown, hour, node);
  }

  problems(): SourceProblem[] {
    return [
      ...[...this.#filled].map(
        ([hour, nodes]): SourceProblem => ({
          code: FROM_KUBERNETES,
          severity: 'info',
          hour,
          ...wordIngest('typesFromKubernetes', {
            count: nodes.length,
            node: nodes[0],
          }),
        }),
      ),
      ...[...this.#unknown].map(
        ([hour, nodes]): SourceProblem => ({
          code: NO_INSTANCE_TYPE,
          severity: 'warning',
          hour,
          ...wordIngest('typesUnknown', {
            count: nodes.length,
            node: nodes[0],
            flag: ALLOWLIST,
          }),
        }),
      ),
    ];
  }
}

function add(map: Map<string, string[]>, hour: string, node: string): void {
  const nodes = map.get(hour);
  if (nodes) {
    nodes.push(node);
  } else {
    map.set(hour, [node]);
  }
}
