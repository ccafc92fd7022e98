import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { CLUSTER_LABELS, PROMETHEUS_LABEL } from '../promql/clusterLabels';
import { getOrCreate, sum } from '../reading/collections';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { listText } from '../reading/text';
import { NodeRecord } from './nodes';
import { PodRecords } from './pods';
import { PodRequests, RequestTable, slotsOf } from './requests';

/** Seconds of an hour by label and value. */
export type ClusterNames = Map<string, Map<string, number[]>>;

/**
 * Two may be seen together for so long when one takes over from the other: a pod
 * or machine that is replaced, an exporter that moves, a label that changes.
 */
const TAKEOVER_SECONDS = 600;

/** Reads from the answer to `nodesQuery` which clusters tell of nodes, by labels that name one. */
export function readClusterNames(
  window: HourWindow,
  answer: PrometheusSeries[],
): ClusterNames {
  const names: ClusterNames = new Map();
  for (const series of answer) {
    if (series.labels[PART_LABEL] === 'clusters') {
      for (const label of [...CLUSTER_LABELS, PROMETHEUS_LABEL]) {
        const value = series.labels[label];
        if (value) {
          const seconds = getOrCreate(
            getOrCreate(names, label, () => new Map<string, number[]>()),
            value,
            (): number[] => [],
          );
          window.each(series, (hour, each) => {
            seconds[hour] = Math.max(seconds[hour] ?? 0, each);
          });
        }
      }
    }
  }
  return names;
}

/** What shows of which clusters an hour is. */
interface ClusterSources {
  clusters: ClusterNames;
  nodes: Iterable<[string, Pick<NodeRecord, 'twice'>]>;
  pods: Pick<PodRecords, 'pods'>;
  requests: RequestTable;
}

/** What shows that an hour is of several clusters, and the label that tells them apart. */
interface Several {
  signs: string[];
  label: string;
}

/**
 * Signs in an hour that what is read is of several clusters: labels that name
 * several at once, nodes that are two machines at once, and pods in two places at
 * once. Undefined when there are none.
 */
export function severalClusters(
  { clusters, nodes, pods, requests }: ClusterSources,
  hour: number,
): Several | undefined {
  const several = [...clusters].flatMap(([label, values]) => {
    const told = [...values].filter(([, seconds]) => seconds[hour] > 0);
    const seconds = sum(told.map(([, each]) => each[hour]));
    return seconds > HOUR_SECONDS + TAKEOVER_SECONDS
      ? [{ label, names: told.map(([value]) => value).sort() }]
      : [];
  });
  // A cluster may have several Prometheus that tell of the same nodes.
  const named = several.filter(({ label }) => label !== PROMETHEUS_LABEL);
  const signs = named.map(
    ({ label, names }) => `${label} is ${listText(names)}`,
  );
  for (const [node, { twice }] of nodes) {
    if (twice[hour] > TAKEOVER_SECONDS) {
      signs.push(`node ${node} is two machines`);
    }
  }
  for (const { namespace, pod, places } of pods.pods.values()) {
    const ofPod = places.size > 1 ? requests.of(namespace, pod) : undefined;
    if (ofPod && secondsTogether(ofPod, hour) > TAKEOVER_SECONDS) {
      const on = [...places]
        .filter(([, seconds]) => seconds[hour] > 0)
        .map(([node]) => node)
        .sort();
      signs.push(`pod ${namespace}/${pod} runs on ${listText(on)}`);
    }
  }
  return signs.length > 0
    ? { signs, label: (named[0] ?? several[0])?.label ?? CLUSTER_LABELS[0] }
    : undefined;
}

/** Seconds of an hour, at least, that a pod held several places in. */
function secondsTogether({ places }: PodRequests, hour: number): number {
  const nodes = [...places.values()].map(slots => slotsOf(slots, hour));
  return sum(
    nodes[0].map((_, slot) =>
      Math.max(0, sum(nodes.map(slots => slots[slot])) - SLOT_SECONDS),
    ),
  );
}

/** Says that an hour is of several clusters, which makes its money wrong. */
export function reportSeveralClusters(
  problems: Problems,
  hour: string,
  { signs, label }: Several,
): void {
  for (const sign of signs) {
    problems.add(
      { code: 'several-clusters', severity: 'error', hour },
      sign,
      subjects =>
        `Prometheus tells of several clusters at once in this hour: ${subjects}. Nodes and pods of one name count once and all of their money is shown as that of one cluster, so amounts are wrong. Select one by a label that tells it from the others, in headroom.clusters[].prometheus: matchers: { ${label}: '<name of this cluster>' }. Where no label does, give each Prometheus external_labels that name its cluster.`,
    );
  }
}
