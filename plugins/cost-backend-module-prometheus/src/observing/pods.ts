import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { BILLED_SIZE } from '../promql/queries';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf, kubernetesLabels, nodeOf, podOf } from '../reading/labels';
import { GpuFraction, readFraction } from './gpu/GpuFraction';
import { LabelSets } from './labelSets';

/** What is known of a pod over a window. */
export interface PodRecord {
  namespace: string;
  pod: string;
  /** Seconds of each hour it held a place, by node. */
  places: Map<string, number[]>;
  /** Its controller, as `kube_pod_info` says. */
  createdBy?: { kind: string; name: string };
  /** By hour. */
  labels: LabelSets[];
  /** By hour: the part of GPUs its annotations ask for. */
  gpuFractions?: GpuFraction[];
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
    if (series.labels[PART_LABEL] === 'counts-phases') {
      window.each(series, (hour, count) => {
        records.phasesReported[hour] = count > 0;
      });
    } else {
      readPlace(window, series, records);
    }
  }
  return records;
}

/** Adds the answer to `podLabelsQuery`. */
export function addPodLabels(
  window: HourWindow,
  answer: PrometheusSeries[],
  records: PodRecords,
): void {
  for (const series of answer) {
    const identity = podOf(series.labels);
    const pod =
      identity && records.pods.get(keyOf(identity.namespace, identity.pod));
    const labels = kubernetesLabels(series.labels);
    const labelled = Object.keys(labels).length > 0;
    const fraction = readFraction(series.labels);
    const billedSize = BILLED_SIZE.map(label => series.labels[label]).find(
      Boolean,
    );
    window.each(series, (hour, count) => {
      records.labelsReported[hour] ||= labelled;
      if (pod && fraction && count > 0) {
        pod.gpuFractions ??= [];
        pod.gpuFractions[hour] = fraction;
      }
      if (pod && (labelled || billedSize)) {
        pod.labels[hour] ??= [];
        pod.labels[hour].push({
          labels: billedSize ? { CapacityProvisioned: billedSize } : labels,
          count,
        });
      }
    });
  }
}

function readPlace(
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
    pod = { ...identity, places: new Map(), labels: [] };
    pods.set(key, pod);
  }
  if (isOwner(labels.created_by_kind)) {
    pod.createdBy = {
      kind: labels.created_by_kind,
      name: labels.created_by_name,
    };
  }
  const seconds = pod.places.get(node) ?? [];
  pod.places.set(node, seconds);
  window.each(series, (hour, value) => {
    seconds[hour] = Math.max(seconds[hour] ?? 0, value);
  });
}

/** kube-state-metrics writes an absent owner as `<none>` or as nothing. */
export function isOwner(kind: string | undefined): kind is string {
  return Boolean(kind) && kind !== '<none>';
}

/**
 * Seconds of an hour a pod held a place on each node. A pod of that name on
 * several nodes (StatefulSet) has several entries; together they don't exceed
 * the hour.
 */
export function secondsByNode(
  pod: PodRecord,
  hour: number,
): Map<string, number> {
  const seconds = new Map<string, number>();
  let total = 0;
  for (const [node, ofHour] of pod.places) {
    const held = ofHour[hour] ?? 0;
    if (held > 0) {
      seconds.set(node, held);
      total += held;
    }
  }
  if (total > HOUR_SECONDS) {
    for (const [node, held] of seconds) {
      seconds.set(node, (held * HOUR_SECONDS) / total);
    }
  }
  return seconds;
}
