import {
  DescribeNodeOptions,
  describeNodeLabels,
  NodeDescription,
} from '@headroom/plugin-cost-common';
import { sum } from '../reading/collections';
import { LabelSets, mergeLabels } from './labelSets';
import { MachineNames } from './nodes';

/** A machine that labels tell from others, and the share of the time it was there. */
export interface LabelledMachine {
  share: number;
  labels: Record<string, string>;
}

interface Said {
  set: LabelSets[number];
  description: NodeDescription;
}

/**
 * The machines that label sets of one node in one hour are of, in the order of
 * time: usually one. Labels of two machines say another price, one after the
 * other; labels that several exporters say at a time are one machine's.
 *
 * @param names - what else machines are called; tells a label that comes late from another machine
 */
export function labelledMachines(
  sets: LabelSets,
  names: MachineNames | undefined,
  options: DescribeNodeOptions,
): LabelledMachine[] {
  const groups: Said[][] = [];
  const shared: Said[] = [];
  for (const said of inOrder(sets, options)) {
    const fitting = groups.filter(group =>
      group.every(each => isSameMachine(said, each, names)),
    );
    if (fitting.length === 0) {
      groups.push([said]);
    } else if (fitting.length === 1) {
      fitting[0].push(said);
    } else {
      shared.push(said);
    }
  }
  const times = groups.map(group => sum(group.map(({ set }) => set.count)));
  const total = sum(times);
  const last = groups.filter(isAtEnd).length;
  if (groups.length < 2 || last > 1 || total === 0) {
    return [{ share: 1, labels: mergeLabels(mostSaid(sets, options)) }];
  }
  return groups
    .map((group, index) => ({ group, share: times[index] / total }))
    .sort((a, b) => Number(isAtEnd(a.group)) - Number(isAtEnd(b.group)))
    .map(({ group, share }) => ({
      share,
      labels: mergeLabels([...group, ...shared].map(({ set }) => set)),
    }));
}

function isAtEnd(group: Said[]): boolean {
  return group.some(({ set }) => set.atEnd);
}

/** Those that say most first, so that a set with less finds the one it is of. */
function inOrder(sets: LabelSets, options: DescribeNodeOptions): Said[] {
  return [...sets]
    .sort(
      (a, b) =>
        Object.keys(b.labels).length - Object.keys(a.labels).length ||
        b.count - a.count,
    )
    .map(set => ({
      set,
      description: describeNodeLabels(set.labels, options),
    }));
}

/** What decides a price, and can't change while a machine runs. */
const FIXED = ['instanceType', 'region', 'podPlatform'] as const;
/** The same, of what labels say one thing only: its absence may mean the other, or silence. */
const MARKED = ['capacityType', 'operatingSystem', 'managedBy'] as const;

function isSameMachine(
  one: Said,
  other: Said,
  names: MachineNames | undefined,
): boolean {
  const [a, b] = [one.description, other.description];
  if (FIXED.some(key => a[key] && b[key] && a[key] !== b[key])) {
    return false;
  }
  return MARKED.every(
    mark =>
      a[mark] === b[mark] ||
      (a[mark]
        ? isMarkedLate(one, other, names)
        : isMarkedLate(other, one, names)),
  );
}

/** Whether what has no mark is the machine that has one, only that its label came late. */
function isMarkedLate(
  marked: Said,
  silent: Said,
  names: MachineNames | undefined,
): boolean {
  if (contradicts(marked.set.labels, silent.set.labels)) {
    return false;
  }
  if (marked.set.atEnd === silent.set.atEnd && marked.set.atEnd) {
    return true;
  }
  // A label of a running machine may come late; it is rarely taken away.
  return isOne(names) ?? !silent.set.atEnd;
}

function contradicts(
  a: Record<string, string>,
  b: Record<string, string>,
): boolean {
  return Object.entries(a).some(
    ([key, value]) => b[key] !== undefined && b[key] !== value,
  );
}

/** Whether the node was one machine all the time; undefined = nobody says. */
function isOne(names: MachineNames | undefined): boolean | undefined {
  const counts = [names?.provider.size ?? 0, names?.firmware.size ?? 0];
  if (counts.some(count => count > 1)) {
    return false;
  }
  return counts.some(count => count === 1) ? true : undefined;
}

/** The sets that don't contradict the one that says most: labels of one machine. */
function mostSaid(sets: LabelSets, options: DescribeNodeOptions): LabelSets {
  const typeOf = ({ labels }: LabelSets[number]) =>
    describeNodeLabels(labels, options).instanceType;
  const [most] = [...sets].sort(
    (a, b) =>
      Number(Boolean(typeOf(b))) - Number(Boolean(typeOf(a))) ||
      b.count - a.count,
  );
  const type = most && typeOf(most);
  return most
    ? [most, ...sets.filter(set => !typeOf(set) || typeOf(set) === type)]
    : [];
}
