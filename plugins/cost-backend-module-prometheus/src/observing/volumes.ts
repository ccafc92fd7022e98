import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { VolumeHour } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { HourWindow } from '../reading/HourWindow';
import { keyOf, namespaceOf, objectOf, targetKey } from '../reading/labels';
import {
  addCount,
  CountsByTarget,
  TargetScrapes,
} from '../reading/TargetScrapes';

const OBJECT_LABELS = new Set([
  PART_LABEL,
  'namespace',
  'exported_namespace',
  'persistentvolumeclaim',
  'exported_persistentvolumeclaim',
]);

interface ClaimRecord {
  namespace: string;
  claim: string;
  seen: CountsByTarget;
  bytes: number[];
  storageClass: string[];
  pods: Array<Set<string>>;
}

/** Reads the answer to `volumesQuery`. */
export function readVolumes(
  window: HourWindow,
  scrapes: TargetScrapes,
  answer: PrometheusSeries[],
): VolumeHour[] {
  const claims = new Map<string, ClaimRecord>();
  for (const series of answer) {
    const namespace = namespaceOf(series.labels);
    const claim = objectOf(series.labels, 'persistentvolumeclaim');
    if (namespace && claim) {
      const key = keyOf(namespace, claim);
      let record = claims.get(key);
      if (!record) {
        record = {
          namespace,
          claim,
          seen: new Map(),
          bytes: [],
          storageClass: [],
          pods: [],
        };
        claims.set(key, record);
      }
      readPart(window, series, record);
    }
  }
  return [...claims.values()].flatMap(record =>
    hoursOf(window, scrapes, record),
  );
}

function readPart(
  window: HourWindow,
  series: PrometheusSeries,
  record: ClaimRecord,
): void {
  const { labels } = series;
  const pod = objectOf(labels, 'pod');
  window.each(series, (hour, value) => {
    switch (labels[PART_LABEL]) {
      case 'seen':
        addCount(
          record.seen,
          targetKey(labels, OBJECT_LABELS),
          labels.job ?? '',
          hour,
          value,
        );
        break;
      case 'size':
        record.bytes[hour] = value;
        break;
      case 'class':
        record.storageClass[hour] = labels.storageclass;
        break;
      case 'mount':
        if (pod) {
          record.pods[hour] ??= new Set();
          record.pods[hour].add(pod);
        }
        break;
      default:
    }
  });
}

function hoursOf(
  window: HourWindow,
  scrapes: TargetScrapes,
  record: ClaimRecord,
): VolumeHour[] {
  return window.indexes().flatMap(hour => {
    const seconds = scrapes.seconds(record.seen, hour);
    if (seconds === 0) {
      return [];
    }
    return [
      {
        hour: window.hour(hour),
        namespace: record.namespace,
        claim: record.claim,
        storageClass: record.storageClass[hour] || undefined,
        capacityByteSeconds: record.bytes[hour] * seconds,
        pods: [...(record.pods[hour] ?? [])].sort(),
      },
    ];
  });
}
