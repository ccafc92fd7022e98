import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import {
  describeNodeLabels,
  NodeDescription,
  NodeHour,
} from '@headroom/plugin-cost-common';
import { HourWindow } from '../reading/HourWindow';
import { kubernetesLabels, nodeOf, targetKey } from '../reading/labels';
import { addCount, CountsByTarget } from '../reading/TargetScrapes';
import { PART_LABEL } from '../promql/expressions';

/** Labels of `kube_node_info` that are about the node, not about the scraped target. */
const OBJECT_LABELS = new Set([PART_LABEL, 'node', 'exported_node']);

/** What is known of a node over a window. */
export interface NodeRecord {
  seen: CountsByTarget;
  /** By hour: the label set most scrapes saw. */
  labels: Array<{ labels: Record<string, string>; count: number }>;
  /** By hour: capacity by resource, in kube-state-metrics' names. */
  capacity: Array<Record<string, number>>;
}

export type NodeRecords = Map<string, NodeRecord>;

/** Reads the answer to `nodesQuery`. */
export function readNodes(
  window: HourWindow,
  answer: PrometheusSeries[],
): NodeRecords {
  const nodes: NodeRecords = new Map();
  for (const series of answer) {
    const name = nodeOf(series.labels);
    if (name) {
      let node = nodes.get(name);
      if (!node) {
        node = { seen: new Map(), labels: [], capacity: [] };
        nodes.set(name, node);
      }
      readPart(window, series, node);
    }
  }
  return nodes;
}

function readPart(
  window: HourWindow,
  series: PrometheusSeries,
  node: NodeRecord,
): void {
  switch (series.labels[PART_LABEL]) {
    case 'seen': {
      const target = targetKey(series.labels, OBJECT_LABELS);
      const job = series.labels.job ?? '';
      window.each(series, (hour, count) =>
        addCount(node.seen, target, job, hour, count),
      );
      break;
    }
    case 'labels': {
      const labels = kubernetesLabels(series.labels);
      window.each(series, (hour, count) => {
        if (count > (node.labels[hour]?.count ?? 0)) {
          node.labels[hour] = { labels, count };
        }
      });
      break;
    }
    case 'capacity':
      window.each(series, (hour, value) => {
        node.capacity[hour] ??= {};
        node.capacity[hour][series.labels.resource] = value;
      });
      break;
    default:
  }
}

/** What each target saw of any node: how long it was scraped. */
export function scrapesOfTargets(nodes: NodeRecords): CountsByTarget {
  const everything: CountsByTarget = new Map();
  for (const { seen } of nodes.values()) {
    for (const [target, { job, counts }] of seen) {
      counts.forEach((count, hour) =>
        addCount(everything, target, job, hour, count),
      );
    }
  }
  return everything;
}

/** Attributes of a node that decide its price; on-demand unless its labels say spot. */
export function describeNode(
  labels: Record<string, string>,
): Omit<NodeDescription, 'capacityType'> & Pick<NodeHour, 'capacityType'> {
  const described = describeNodeLabels(labels);
  return {
    ...described,
    capacityType: described.capacityType ?? 'on-demand',
  };
}
