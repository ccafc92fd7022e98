import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import {
  DescribeNodeOptions,
  describeNodeLabels,
  NodeDescription,
  NodeHour,
} from '@headroom/plugin-cost-common';
import { HourWindow } from '../reading/HourWindow';
import { kubernetesLabels, nodeOf } from '../reading/labels';
import { PART_LABEL } from '../promql/expressions';
import { LabelSets } from './labelSets';

/** Capacity by resource, in kube-state-metrics' names. */
export type Capacity = Record<string, number>;

/** Names of machines beside the node's, by who gave them. */
export interface MachineNames {
  provider: Set<string>;
  firmware: Set<string>;
}

/** What is known of a node in one hour of a window, by index. */
export interface NodeRecord {
  /** Seconds it was there. */
  seconds: number[];
  /** Seconds its kubelet was not heard of. */
  unheard: number[];
  /** Seconds it was told to be two machines. */
  twice: number[];
  /** `count` = seconds. */
  labels: LabelSets[];
  addresses: Set<string>;
  /** What provider and firmware call the machines it was, by hour. */
  machines: MachineNames[];
  /** At the end of its time in the hour. */
  capacity: Capacity[];
  /** Resources whose capacity changed within the hour. */
  lowest: Capacity[];
  highest: Capacity[];
  mean: Capacity[];
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
        node = {
          seconds: [],
          unheard: [],
          twice: [],
          labels: [],
          addresses: new Set(),
          machines: [],
          capacity: [],
          lowest: [],
          highest: [],
          mean: [],
        };
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
  const into = (capacities: Capacity[]) =>
    window.each(series, (hour, value) => {
      capacities[hour] ??= {};
      capacities[hour][series.labels.resource] = value;
    });
  switch (series.labels[PART_LABEL]) {
    case 'seen':
      window.each(series, (hour, seconds) => (node.seconds[hour] = seconds));
      break;
    case 'unheard':
      window.each(series, (hour, seconds) => (node.unheard[hour] = seconds));
      break;
    case 'twice':
      window.each(series, (hour, seconds) => {
        node.twice[hour] = Math.max(node.twice[hour] ?? 0, seconds);
      });
      break;
    case 'labels':
      window.each(series, (hour, count) =>
        addLabels(node, hour, kubernetesLabels(series.labels), { count }),
      );
      break;
    case 'labels-end':
      window.each(series, hour =>
        addLabels(node, hour, kubernetesLabels(series.labels), {
          atEnd: true,
        }),
      );
      break;
    case 'machine':
      addMachine(window, series, node);
      break;
    case 'capacity':
      into(node.capacity);
      break;
    case 'capacity-lowest':
      into(node.lowest);
      break;
    case 'capacity-highest':
      into(node.highest);
      break;
    case 'capacity-mean':
      into(node.mean);
      break;
    default:
  }
}

function addMachine(
  window: HourWindow,
  series: PrometheusSeries,
  node: NodeRecord,
): void {
  const { internal_ip, provider_id, system_uuid } = series.labels;
  if (internal_ip) {
    node.addresses.add(internal_ip);
  }
  window.each(series, hour => {
    node.machines[hour] ??= { provider: new Set(), firmware: new Set() };
    const { provider, firmware } = node.machines[hour];
    if (provider_id) {
      provider.add(provider_id);
    }
    if (system_uuid) {
      firmware.add(system_uuid);
    }
  });
}

function addLabels(
  node: NodeRecord,
  hour: number,
  labels: Record<string, string>,
  seen: { count?: number; atEnd?: boolean },
): void {
  node.labels[hour] ??= [];
  const key = JSON.stringify(labels);
  const same = node.labels[hour].find(
    each => JSON.stringify(each.labels) === key,
  );
  if (same) {
    same.count = Math.max(same.count, seen.count ?? 0);
    same.atEnd ||= seen.atEnd;
  } else {
    node.labels[hour].push({
      labels,
      count: seen.count ?? 0,
      atEnd: seen.atEnd,
    });
  }
}

/**
 * Attributes of a node that decide its price; on-demand unless its labels say
 * spot. Its name counts beside labels, not instead of them: where Prometheus has
 * none, the Kubernetes API may.
 */
export function describeNode(
  labels: Record<string, string>,
  { node, rules }: DescribeNodeOptions = {},
): Omit<NodeDescription, 'capacityType'> & Pick<NodeHour, 'capacityType'> {
  const isLabelled = Object.keys(labels).length > 0;
  const described = describeNodeLabels(labels, {
    rules,
    ...(isLabelled && { node }),
  });
  return {
    ...described,
    capacityType: described.capacityType ?? 'on-demand',
  };
}
