import { describeNodeLabels } from '@headroom/plugin-cost-common';
import { LabelSets, mergeLabels } from './labelSets';
import { nearest } from './nearest';
import { Capacity, NodeRecord } from './nodes';

/** A machine that had a node's name for some of an hour. */
export interface NodeStay {
  seconds: number;
  capacity: Capacity;
  labels: Record<string, string>;
}

/** Capacities that differ by less are one machine whose kernel keeps back more or less. */
const SAME_SHARE = 0.1;

/**
 * The machines that had a node's name in an hour: usually one. When another one
 * takes over the name (a replaced virtual machine, a node that comes back
 * larger), capacity changes within the hour; each is then priced for its own
 * time. How long follows from the mean: of two values the mean says how the hour
 * was divided.
 *
 * @returns in the order of time; empty when no capacity is known
 */
export function staysOf(
  record: NodeRecord,
  hour: number,
  upSeconds: number,
): NodeStay[] {
  const last = nearest(record.capacity, hour);
  const sets = nearest(record.labels, hour) ?? [];
  if (!last) {
    return [];
  }
  const before = secondsBefore(record, hour, last, upSeconds);
  if (before === 0) {
    return [{ seconds: upSeconds, capacity: last, labels: labelsOf(sets) }];
  }
  const [earlier, later] = splitLabels(sets);
  return [
    {
      seconds: before,
      capacity: capacityBefore(record, hour, last),
      labels: earlier,
    },
    { seconds: upSeconds - before, capacity: last, labels: later },
  ];
}

/** Seconds another machine had the name. */
function secondsBefore(
  record: NodeRecord,
  hour: number,
  last: Capacity,
  upSeconds: number,
): number {
  for (const resource of ['cpu', 'memory']) {
    const lowest = record.lowest[hour]?.[resource];
    const highest = record.highest[hour]?.[resource];
    const mean = record.mean[hour]?.[resource];
    if (
      lowest !== undefined &&
      highest !== undefined &&
      mean !== undefined &&
      highest - lowest > SAME_SHARE * highest
    ) {
      const other = otherOf(lowest, highest, last[resource]);
      return upSeconds * ((mean - last[resource]) / (other - last[resource]));
    }
  }
  return 0;
}

function capacityBefore(
  record: NodeRecord,
  hour: number,
  last: Capacity,
): Capacity {
  const before: Capacity = { ...last };
  for (const [resource, highest] of Object.entries(
    record.highest[hour] ?? {},
  )) {
    const lowest = record.lowest[hour]?.[resource] ?? 0;
    before[resource] = otherOf(lowest, highest, last[resource]);
  }
  return before;
}

/** Of two values the one that isn't the last. */
function otherOf(lowest: number, highest: number, last: number): number {
  return Math.abs(last - lowest) < Math.abs(highest - last) ? highest : lowest;
}

/** Exporters may say different labels of one machine; a set that contradicts the one seen most is another machine's. */
function labelsOf(sets: LabelSets): Record<string, string> {
  const [most] = [...sets].sort(
    (a, b) => described(b) - described(a) || b.count - a.count,
  );
  return most
    ? mergeLabels([most, ...sets.filter(set => isSameMachine(set, most))])
    : {};
}

function splitLabels(
  sets: LabelSets,
): [earlier: Record<string, string>, later: Record<string, string>] {
  const later = sets.filter(({ atEnd }) => atEnd);
  const earlier = sets.filter(({ atEnd }) => !atEnd);
  return earlier.length > 0 && later.length > 0
    ? [labelsOf(earlier), labelsOf(later)]
    : [labelsOf(sets), labelsOf(sets)];
}

function described({ labels }: LabelSets[number]): number {
  return describeNodeLabels(labels).instanceType ? 1 : 0;
}

function isSameMachine(
  { labels }: LabelSets[number],
  most: LabelSets[number],
): boolean {
  const type = describeNodeLabels(labels).instanceType;
  return !type || type === describeNodeLabels(most.labels).instanceType;
}
