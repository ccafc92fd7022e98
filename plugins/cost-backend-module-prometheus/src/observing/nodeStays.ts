import { DescribeNodeOptions } from '@headroom/plugin-cost-common';
import { LabelledMachine, labelledMachines } from './labelledMachines';
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
 * larger), its capacity changes within the hour, or labels say another price;
 * each is then priced for its own time. Where capacity changes, the mean of two
 * values says how the hour was divided; else the time of the labels does.
 *
 * @returns in the order of time; empty when no capacity is known
 */
export function staysOf(
  record: NodeRecord,
  hour: number,
  upSeconds: number,
  options: DescribeNodeOptions = {},
): NodeStay[] {
  const last = nearest(record.capacity, hour);
  if (!last) {
    return [];
  }
  const machines = machinesIn(record, hour, options);
  const latest = machines[machines.length - 1];
  const before = secondsBefore(record, hour, last, upSeconds);
  if (before === 0) {
    return machines.map(({ share, labels }) => ({
      seconds: upSeconds * share,
      capacity: last,
      labels,
    }));
  }
  return [
    {
      seconds: before,
      capacity: capacityBefore(record, hour, last),
      labels: machines[0].labels,
    },
    { seconds: upSeconds - before, capacity: last, labels: latest.labels },
  ];
}

/** What labels say of an hour; where they say nothing, of the nearest one. */
function machinesIn(
  record: NodeRecord,
  hour: number,
  options: DescribeNodeOptions,
): LabelledMachine[] {
  const sets = record.labels[hour];
  if (sets) {
    return labelledMachines(sets, record.machines[hour], options);
  }
  const near = labelledMachines(
    nearest(record.labels, hour) ?? [],
    undefined,
    options,
  );
  return [{ ...near[near.length - 1], share: 1 }];
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
