import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import {
  describeNodeLabels,
  gpuLayoutOf,
  NodeHour,
  NodeLabelRules,
  wordPrometheusCheck as word,
} from '@headroom/plugin-cost-common';
import { CheckedNode } from '@headroom/plugin-cost-node';
import { nodeOf, kubernetesLabels } from '../reading/labels';
import { counted } from './counted';
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
export function checkPlatforms(nodes: Map<string, Node>): WordedFinding[] {
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
          sentence: word('platforms', {
            platforms: wordAll(
              [...counts].map(([platform, count]) =>
                word('nodesOf', { nodes: counted('nodes', count), platform }),
              ),
            ),
          }),
          effect: word('platformsEffect'),
        },
      ];
}

/** Whether nodes say what they are, which their price depends on. */
export function checkNodeLabels(nodes: Map<string, Node>): WordedFinding[] {
  if (nodes.size === 0) {
    return [];
  }
  const nameless = [...nodes.values()].filter(
    ({ instanceType }) => !instanceType,
  );
  const isSample = nodes.size >= MOST_NODES;
  const id = 'node-labels';
  if (nameless.length === 0) {
    return [
      {
        id,
        severity: 'right',
        sentence: wordTyped(counted('nodes', nodes.size), isSample),
      },
    ];
  }
  return [
    {
      id,
      severity: 'missing',
      sentence: wordUntyped(
        {
          nodes: counted('nodes', nameless.length),
          examples: wordAll(
            nameless.map(({ node }) => node),
            2,
          ),
        },
        isSample ? undefined : nodes.size,
      ),
      effect: word('nodesUntypedEffect'),
      mend: ALLOWLIST,
    },
  ];
}

function wordTyped(nodes: Worded, isSample: boolean): Worded {
  return isSample
    ? word('nodesTypedOfSome', { nodes, most: MOST_NODES })
    : word('nodesTyped', { nodes });
}

/** @param all - nodes there are; undefined where not all were looked at */
function wordUntyped(
  untyped: { nodes: Worded; examples: string | Worded },
  all: number | undefined,
): Worded {
  return all === undefined
    ? word('nodesUntypedOfSome', { ...untyped, most: MOST_NODES })
    : word('nodesUntyped', { ...untyped, all });
}
