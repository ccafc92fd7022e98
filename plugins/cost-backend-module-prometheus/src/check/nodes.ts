import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import {
  describeNodeLabels,
  gpuLayoutOf,
  NodeHour,
  NodeLabelRules,
} from '@headroom/plugin-cost-common';
import { CheckedNode } from '@headroom/plugin-cost-node';
import { nodeOf, kubernetesLabels } from '../reading/labels';
import { countText, listText } from '../reading/text';
import { ALLOWLIST } from './labels';
import { valueOf } from './parts';
import { MOST_NODES } from './questions';

/** A node as its labels and capacity have it, for the hour that is now. */
type Node = Omit<NodeHour, 'hour' | 'upSeconds'>;

/** Nodes by name, as their info, labels and capacity describe them. */
export function readNodes(
  info: PrometheusSeries[],
  labels: PrometheusSeries[],
  capacity: PrometheusSeries[],
  { region, rules }: { region?: string; rules?: NodeLabelRules },
): Map<string, Node> {
  const nodes = new Map<string, Node>();
  const labelsOf = new Map(
    labels.map(each => [
      nodeOf(each.labels) ?? '',
      kubernetesLabels(each.labels),
    ]),
  );
  for (const node of [
    ...labelsOf.keys(),
    ...info.map(each => nodeOf(each.labels) ?? ''),
  ]) {
    const description = describeNodeLabels(labelsOf.get(node) ?? {}, {
      node,
      rules,
    });
    nodes.set(node, {
      node,
      ...description,
      region: description.region ?? region,
      capacityType: description.capacityType ?? 'on-demand',
      cpuCores: 0,
      memoryBytes: 0,
      gpuDevices: 0,
    });
  }
  nodes.delete('');
  const capacities = new Map<string, Record<string, number>>();
  for (const each of capacity) {
    const { node = '', resource = '' } = each.labels;
    capacities.set(node, {
      ...capacities.get(node),
      [resource]: valueOf(each),
    });
  }
  for (const [name, node] of nodes) {
    const own = capacities.get(name) ?? {};
    const { devices, model } = gpuLayoutOf({
      capacity: own,
      labels: labelsOf.get(name) ?? {},
      instanceType: node.instanceType,
    });
    node.cpuCores = own.cpu ?? 0;
    node.memoryBytes = own.memory ?? 0;
    node.gpuDevices = devices;
    node.gpuModel ??= devices > 0 ? model : undefined;
  }
  return nodes;
}

/** One node of each kind and the number of its kind. */
export function kindsOf(nodes: Iterable<Node>, now: Date): CheckedNode[] {
  const kinds = new Map<string, CheckedNode>();
  const hour = new Date(
    Math.floor(now.getTime() / 3_600_000) * 3_600_000,
  ).toISOString();
  for (const node of nodes) {
    const { node: name, nodePool, zone, ...kind } = node;
    const key = JSON.stringify(kind);
    const known = kinds.get(key);
    if (known) {
      known.count += 1;
    } else {
      kinds.set(key, { node: { ...node, hour, upSeconds: 3600 }, count: 1 });
    }
  }
  return [...kinds.values()];
}

/** Nodes that are no machines: their pods are billed, by whom. */
export function checkPlatforms(nodes: Map<string, Node>): CheckFinding[] {
  const counts = new Map<string, number>();
  for (const { podPlatform } of nodes.values()) {
    if (podPlatform) {
      counts.set(podPlatform, (counts.get(podPlatform) ?? 0) + 1);
    }
  }
  return counts.size === 0
    ? []
    : [
        {
          id: 'node-platforms',
          severity: 'note',
          sentence: `Some nodes are no machines: ${listText(
            [...counts].map(
              ([platform, count]) =>
                `${countText(count, 'node')} of ${platform}`,
            ),
          )}.`,
          effect:
            'Not they are billed but their pods, by the size each of them was given; what the node says it has is nobody’s, and no idle.',
        },
      ];
}

/** Whether nodes say what they are, which their price depends on. */
export function checkNodeLabels(nodes: Map<string, Node>): CheckFinding[] {
  if (nodes.size === 0) {
    return [];
  }
  const nameless = [...nodes.values()].filter(
    ({ instanceType }) => !instanceType,
  );
  const seen =
    nodes.size < MOST_NODES ? '' : ` of ${MOST_NODES} that were looked at`;
  const id = 'node-labels';
  if (nameless.length === 0) {
    return [
      {
        id,
        severity: 'right',
        sentence: `All ${countText(
          nodes.size,
          'node',
        )}${seen} say their instance type.`,
      },
    ];
  }
  return [
    {
      id,
      severity: 'missing',
      sentence: `Prometheus does not say the instance type of ${countText(
        nameless.length,
        'node',
      )}${seen || ` of ${nodes.size}`}, e.g. ${listText(
        nameless.map(({ node }) => node),
        2,
      )}.`,
      effect:
        'It is told from the labels that the Kubernetes API has of nodes, where Headroom may read it; else these nodes are priced by their cores and memory, and spot is not seen.',
      mend: ALLOWLIST,
    },
  ];
}
