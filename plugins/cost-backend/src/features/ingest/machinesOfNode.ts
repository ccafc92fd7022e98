import { NodeDescription, NodeHour } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';

/** A machine: what its labels say, and since when it had the node's name. */
export interface Machine {
  /** Milliseconds since 1970; 0 = not known. */
  since: number;
  description: NodeDescription;
}

/** A node in an hour, and the machine it was; undefined = the Kubernetes API never saw it. */
export interface NodeOfMachine {
  node: NodeHour;
  machine: Machine | undefined;
}

/**
 * Which machine each entry of one node in one hour was. A source that tells
 * machines apart has an entry for each. Of a single entry the time before another
 * machine got the name is the machine's that had it before, where that has
 * another price.
 *
 * @param nodes - of one name and hour, in the order of time
 * @param machines - all that ever had the name, in the order of time
 */
export function machinesOfNode(
  nodes: readonly NodeHour[],
  machines: readonly Machine[],
): NodeOfMachine[] {
  const start = Date.parse(nodes[0].hour);
  const before = machines.filter(({ since }) => since < start + HOUR_MS);
  // The last of those that had it when the hour began, and all that got it since.
  const inHour = before.filter(
    (_, index) =>
      index === before.length - 1 || before[index + 1].since > start,
  );
  return nodes.length === 1 && hasOtherPrices(inHour)
    ? split(nodes[0], inHour, start)
    : assigned(nodes, inHour, start);
}

function hasOtherPrices(machines: readonly Machine[]): boolean {
  const prices = machines.map(({ description }) =>
    JSON.stringify([
      description.instanceType,
      description.capacityType,
      description.region,
      description.podPlatform,
    ]),
  );
  return new Set(prices).size > 1;
}

/** Seconds are given out from the end: the last machine had the name to the end. */
function split(
  node: NodeHour,
  machines: readonly Machine[],
  start: number,
): NodeOfMachine[] {
  let end = start + HOUR_MS;
  let rest = node.upSeconds;
  const parts = machines
    .map((machine, index) => ({ machine, isFirst: index === 0 }))
    .reverse()
    .map(({ machine, isFirst }) => {
      const since = Math.max(start, machine.since);
      const upSeconds = isFirst ? rest : Math.min(rest, (end - since) / 1000);
      end = since;
      rest -= upSeconds;
      return { node: { ...node, upSeconds }, machine };
    });
  return parts.filter(part => part.node.upSeconds > 0).reverse();
}

/** One machine for each entry, from the last back; one that was there before the hour for all that are left. */
function assigned(
  nodes: readonly NodeHour[],
  machines: readonly Machine[],
  start: number,
): NodeOfMachine[] {
  let index = machines.length;
  return [...nodes]
    .reverse()
    .map(node => {
      if (index === machines.length || machines[index]?.since > start) {
        index -= 1;
      }
      return { node, machine: machines[index] };
    })
    .reverse();
}
