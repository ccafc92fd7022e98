import { Worded, wordAll } from '@headroom/common';
import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOT_SECONDS, wordPrometheus } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { CLUSTER_LABELS, PROMETHEUS_LABEL } from '../promql/clusterLabels';
import { getOrCreate, sum } from '../reading/collections';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
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
/** Less than this is how a scrape stands for the time until the next. */
const BRIEF_SECONDS = 120;

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
  /** Together for longer than a takeover takes. */
  signs: Worded[];
  /** Together for a while, which may be a takeover. */
  brief: Worded[];
  label: string;
}

/** Something that is told of two at once. */
interface Sign {
  is: Worded;
  /** Seconds of the hour, at least. */
  seconds: number;
  /** A label that names both. */
  label?: string;
}

/**
 * Signs in an hour that what is read is of several clusters: labels that name
 * several at once, nodes that are two machines at once, and pods in two places at
 * once. Undefined when there are none, or for no longer than scrapes are apart.
 */
export function severalClusters(
  { clusters, nodes, pods, requests }: ClusterSources,
  hour: number,
): Several | undefined {
  const labels = [...clusters].map(([label, values]): Sign => {
    const told = [...values].filter(([, seconds]) => seconds[hour] > 0);
    const names = told.map(([value]) => value).sort();
    return {
      is: wordPrometheus('labelIs', { label, values: wordAll(names) }),
      seconds: sum(told.map(([, each]) => each[hour])) - HOUR_SECONDS,
      label,
    };
  });
  const signs: Sign[] = [
    // A cluster may have several Prometheus that tell of the same nodes.
    ...labels.filter(({ label }) => label !== PROMETHEUS_LABEL),
    ...[...nodes].map(([node, { twice }]) => ({
      is: wordPrometheus('twoMachines', { node }),
      seconds: twice[hour] ?? 0,
    })),
    ...[...pods.pods.values()].flatMap(({ namespace, pod, places }) => {
      const ofPod = places.size > 1 ? requests.of(namespace, pod) : undefined;
      const seconds = ofPod ? secondsTogether(ofPod, hour) : 0;
      const on = [...places].filter(([, each]) => each[hour] > 0);
      const names = on.map(([node]) => node).sort();
      return seconds > 0
        ? [
            {
              is: wordPrometheus('podTwice', {
                pod: `${namespace}/${pod}`,
                nodes: wordAll(names),
              }),
              seconds,
            },
          ]
        : [];
    }),
  ];
  const [long, brief] = [
    signs.filter(({ seconds }) => seconds > TAKEOVER_SECONDS),
    signs.filter(
      ({ seconds }) => seconds > BRIEF_SECONDS && seconds <= TAKEOVER_SECONDS,
    ),
  ];
  const label = [...long, ...labels, ...brief].find(
    each => each.label !== undefined && each.seconds > BRIEF_SECONDS,
  )?.label;
  return long.length + brief.length > 0
    ? {
        signs: long.map(({ is }) => is),
        brief: brief.map(({ is, seconds }) =>
          wordPrometheus('forMinutes', {
            told: is,
            minutes: Math.round(seconds / 60),
          }),
        ),
        label: label ?? CLUSTER_LABELS[0],
      }
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

/**
 * Says that an hour is of several clusters, which makes its money wrong; where they
 * are together for a while only, that they may be.
 */
export function reportSeveralClusters(
  problems: Problems,
  hour: string,
  { signs, brief, label }: Several,
): void {
  for (const sign of signs.length > 0 ? [] : brief) {
    problems.say({ code: 'told-twice', severity: 'info', hour }, sign, told =>
      wordPrometheus('toldTwice', { told, label }),
    );
  }
  for (const sign of signs) {
    problems.say(
      { code: 'several-clusters', severity: 'error', hour },
      sign,
      told =>
        wordPrometheus('severalClusters', {
          told,
          line: `matchers: { ${label}: '<name of this cluster>' }`,
        }),
    );
  }
}
