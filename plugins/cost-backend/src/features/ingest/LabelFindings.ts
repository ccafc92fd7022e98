import { SourceProblem } from '@headroom/common';
import { NodeHour } from '@headroom/plugin-cost-common';

/** Code of notes that labels are read from the Kubernetes API. */
export const FROM_KUBERNETES = 'labels-from-kubernetes';
/** Code of the problem that nothing says what a node is. */
export const NO_INSTANCE_TYPE = 'no-instance-type';

const ALLOWLIST =
  'start kube-state-metrics with --metric-labels-allowlist=nodes=[*], or let the account that Headroom reads the cluster with list nodes';

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
          message: `kube_node_labels doesn't say the instance type of ${some(
            nodes,
          )}; it is read from the Kubernetes API.`,
        }),
      ),
      ...[...this.#unknown].map(
        ([hour, nodes]): SourceProblem => ({
          code: NO_INSTANCE_TYPE,
          severity: 'warning',
          hour,
          message: `Neither kube_node_labels nor the Kubernetes API says the instance type of ${some(
            nodes,
          )}, so prices are those of last resort; ${ALLOWLIST}`,
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

function some([first, ...others]: string[]): string {
  return others.length === 0
    ? first
    : `${others.length + 1} nodes, e.g. ${first}`;
}
