import { SourceProblem } from '@headroom/common';
import {
  describeNodeLabels,
  NodeDescription,
  NodeHour,
  NodeLabelRules,
  Observations,
  podPlatformOf,
  wordIngest,
} from '@headroom/plugin-cost-common';
import { LabelStore } from '../../database/LabelStore';
import {
  FROM_KUBERNETES,
  LabelFindings,
  NO_INSTANCE_TYPE,
} from './LabelFindings';
import { Machine, machinesOfNode, NodeOfMachine } from './machinesOfNode';

const NO_POD_LABELS = 'no-pod-labels';

/**
 * Completes what a source observed of a cluster by labels that the Kubernetes
 * API has. Most clusters' kube-state-metrics export none.
 */
export class KubernetesLabels {
  readonly #store: LabelStore;
  readonly #clusterId: number;
  readonly #region: string | undefined;
  readonly #rules: NodeLabelRules | undefined;

  static create(options: {
    store: LabelStore;
    clusterId: number;
    /** Of nodes that don't say theirs, by configuration. */
    region?: string;
    /** Labels of nodes that configuration adds. */
    rules?: NodeLabelRules;
  }) {
    return new KubernetesLabels(options);
  }

  private constructor({
    store,
    clusterId,
    region,
    rules,
  }: Parameters<typeof KubernetesLabels.create>[0]) {
    this.#store = store;
    this.#clusterId = clusterId;
    this.#region = region;
    this.#rules = rules;
  }

  /**
   * Fills in what a source could not say of nodes. Problems about missing labels
   * become notes of where they come from instead.
   */
  async complete(observations: Observations): Promise<Observations> {
    const machines = await this.#machines(observations.nodes);
    const found = new LabelFindings();
    const nodes = [...groupByNodeAndHour(observations.nodes)].flatMap(each =>
      machinesOfNode(each, machines.get(each[0].node) ?? []).map(of =>
        this.#completeNode(of, found),
      ),
    );
    const lacking = observations.problems.some(
      ({ code }) => code === NO_POD_LABELS,
    );
    const linked =
      lacking && (await this.#store.knowsWorkloads(this.#clusterId));
    const problems = observations.problems.flatMap(problem => {
      if (linked && problem.code === NO_POD_LABELS) {
        return [softened(problem)];
      }
      // Said anew, of the nodes that are left.
      return found.any && problem.code === NO_INSTANCE_TYPE ? [] : [problem];
    });
    return found.any
      ? { ...observations, nodes, problems: [...problems, ...found.problems()] }
      : { ...observations, problems };
  }

  async #machines(nodes: readonly NodeHour[]): Promise<Map<string, Machine[]>> {
    const names = [...new Set(nodes.map(({ node }) => node))];
    const machines = new Map<string, Machine[]>();
    if (names.length === 0) {
      return machines;
    }
    const known = await this.#store.nodes(this.#clusterId, names);
    for (const { name, createdAt, labels } of known) {
      const machine = {
        since: createdAt ? Date.parse(createdAt) : 0,
        description: describeNodeLabels(labels, {
          node: name,
          rules: this.#rules,
        }),
      };
      const others = machines.get(name);
      if (others) {
        others.push(machine);
      } else {
        machines.set(name, [machine]);
      }
    }
    return machines;
  }

  #completeNode(
    { node, machine }: NodeOfMachine,
    found: LabelFindings,
  ): NodeHour {
    const description = machine?.description;
    if (description?.instanceType && !node.instanceType) {
      found.fromKubernetes(node);
    } else if (!node.instanceType && !podPlatformOf(node)) {
      found.unknown(node);
    }
    return description ? this.#merge(node, description) : node;
  }

  /** What the source says counts, but for what it can't know: a default of its own. */
  #merge(node: NodeHour, description: NodeDescription): NodeHour {
    const { capacityType, region, ...rest } = description;
    const isDefault = node.region === undefined || node.region === this.#region;
    const filled = Object.entries(rest).filter(
      ([key, value]) =>
        value !== undefined && node[key as keyof NodeHour] === undefined,
    );
    return {
      ...node,
      ...Object.fromEntries(filled),
      ...(isDefault && region && { region }),
      ...(capacityType && { capacityType }),
    };
  }
}

/** Entries of one node in one hour, which are more than one where machines are told apart. */
function groupByNodeAndHour(nodes: readonly NodeHour[]): Iterable<NodeHour[]> {
  const groups = new Map<string, NodeHour[]>();
  for (const node of nodes) {
    const key = `${node.hour}\0${node.node}`;
    const group = groups.get(key);
    if (group) {
      group.push(node);
    } else {
      groups.set(key, [node]);
    }
  }
  return groups.values();
}

function softened({ hour }: SourceProblem): SourceProblem {
  return {
    code: FROM_KUBERNETES,
    severity: 'info',
    hour,
    ...wordIngest('podLabelsFromKubernetes'),
  };
}
