import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HourWindow } from '../reading/HourWindow';
import {
  keyOf,
  kubernetesLabels,
  nodeOf,
  podOf,
  targetKey,
} from '../reading/labels';
import {
  addCount,
  CountsByTarget,
  TargetScrapes,
} from '../reading/TargetScrapes';
import { HOUR_SECONDS } from '../reading/HourWindow';

const OBJECT_LABELS = new Set([
  'namespace',
  'pod',
  'exported_namespace',
  'exported_pod',
  'node',
  'exported_node',
  'created_by_kind',
  'created_by_name',
]);
/** Labels of the exporter's own pod, when the workload's are renamed. */
const RENAMED_OBJECT_LABELS = new Set(
  [...OBJECT_LABELS].filter(
    label => label !== 'namespace' && label !== 'pod' && label !== 'node',
  ),
);

function targetOf(labels: Record<string, string>): string {
  return targetKey(
    labels,
    labels.exported_pod ? RENAMED_OBJECT_LABELS : OBJECT_LABELS,
  );
}

/** What is known of a pod over a window. */
export interface PodRecord {
  namespace: string;
  pod: string;
  /** Scrapes that saw it bound, by node. */
  bound: Map<string, CountsByTarget>;
  /** Scrapes that saw it hold its resources; empty when phases are not reported. */
  active: CountsByTarget;
  /** Its controller, as `kube_pod_info` says. */
  createdBy?: { kind: string; name: string };
  /** By hour: the label set most scrapes saw. */
  labels: Array<{ labels: Record<string, string>; count: number }>;
}

export interface PodRecords {
  pods: Map<string, PodRecord>;
  /** Hours in which phases are reported at all. */
  phasesReported: boolean[];
  /** Hours in which any pod shows a label. */
  labelsReported: boolean[];
}

/** Reads the answer to `podsQuery`. */
export function readPods(
  window: HourWindow,
  answer: PrometheusSeries[],
): PodRecords {
  const records: PodRecords = {
    pods: new Map(),
    phasesReported: [],
    labelsReported: [],
  };
  for (const series of answer) {
    readBound(window, series, records);
  }
  return records;
}

/** Adds the answer to `phasesQuery`. */
export function addPhases(
  window: HourWindow,
  answer: PrometheusSeries[],
  records: PodRecords,
): void {
  for (const series of answer) {
    readActive(window, series, records);
  }
}

/** Adds the answer to `podLabelsQuery`. */
export function addPodLabels(
  window: HourWindow,
  answer: PrometheusSeries[],
  records: PodRecords,
): void {
  for (const series of answer) {
    readLabels(window, series, records);
  }
}

function recordOf(
  records: PodRecords,
  labels: Record<string, string>,
): PodRecord | undefined {
  const identity = podOf(labels);
  return identity && records.pods.get(keyOf(identity.namespace, identity.pod));
}

function readBound(
  window: HourWindow,
  series: PrometheusSeries,
  { pods }: PodRecords,
): void {
  const { labels } = series;
  const identity = podOf(labels);
  const node = nodeOf(labels);
  if (!identity || !node) {
    return;
  }
  const key = keyOf(identity.namespace, identity.pod);
  let pod = pods.get(key);
  if (!pod) {
    pod = { ...identity, bound: new Map(), active: new Map(), labels: [] };
    pods.set(key, pod);
  }
  if (isOwner(labels.created_by_kind)) {
    pod.createdBy = {
      kind: labels.created_by_kind,
      name: labels.created_by_name,
    };
  }
  let counts = pod.bound.get(node);
  if (!counts) {
    counts = new Map();
    pod.bound.set(node, counts);
  }
  const target = targetOf(labels);
  const ofNode = counts;
  window.each(series, (hour, count) =>
    addCount(ofNode, target, labels.job ?? '', hour, count),
  );
}

/** kube-state-metrics writes an absent owner as `<none>` or as nothing. */
export function isOwner(kind: string | undefined): kind is string {
  return Boolean(kind) && kind !== '<none>';
}

function readActive(
  window: HourWindow,
  series: PrometheusSeries,
  records: PodRecords,
): void {
  const pod = recordOf(records, series.labels);
  const target = targetOf(series.labels);
  window.each(series, (hour, count) => {
    records.phasesReported[hour] = true;
    if (pod) {
      addCount(pod.active, target, series.labels.job ?? '', hour, count);
    }
  });
}

function readLabels(
  window: HourWindow,
  series: PrometheusSeries,
  records: PodRecords,
): void {
  const pod = recordOf(records, series.labels);
  const labels = kubernetesLabels(series.labels);
  const labelled = Object.keys(labels).length > 0;
  window.each(series, (hour, count) => {
    records.labelsReported[hour] ||= labelled;
    if (pod && count > (pod.labels[hour]?.count ?? 0)) {
      pod.labels[hour] = { labels, count };
    }
  });
}

/**
 * Seconds of an hour a pod held a place on each node: bound, and neither
 * succeeded nor failed. A pod of that name on several nodes (StatefulSet) has
 * several entries; together they don't exceed the hour.
 */
export function secondsByNode(
  records: PodRecords,
  pod: PodRecord,
  hour: number,
  scrapes: TargetScrapes,
): Map<string, number> {
  const seconds = new Map<string, number>();
  let total = 0;
  for (const [node, counts] of pod.bound) {
    const bound = scrapes.seconds(counts, hour);
    if (bound > 0) {
      seconds.set(node, bound);
      total += bound;
    }
  }
  const limit = records.phasesReported[hour]
    ? scrapes.seconds(pod.active, hour)
    : HOUR_SECONDS;
  if (total > limit) {
    for (const [node, bound] of seconds) {
      seconds.set(node, (bound * limit) / total);
    }
  }
  return limit > 0 ? seconds : new Map();
}
