import { wordPrometheus } from '@headroom/plugin-cost-common';
import { Problems } from '../reading/Problems';
import { NodeRecord } from './nodes';
import { Place } from './places';
import { SeenInHour } from './usage/SeenInHour';

/** Silence that is no longer is of a node that restarts or is about to be removed. */
const SHORT_SILENCE = 600;

/**
 * Nodes whose kubelet was not heard of whenever they were there in an hour, and of
 * whose pods nothing was measured. Either the machine is stopped, and its provider
 * bills none, or its kubelet hangs, and it is billed like any other: no series
 * tells which. They stay charged, since a machine that is paid for must not
 * vanish from the bill, and are named, since one that is stopped often stays for
 * days.
 */
export function unheardNodes(
  {
    nodes,
    usages,
    stepSeconds,
  }: {
    nodes: Iterable<[string, Pick<NodeRecord, 'seconds' | 'unheard'>]>;
    usages: { seenIn(hour: number): SeenInHour };
    stepSeconds: number;
  },
  hour: number,
  places: readonly Place[],
): string[] {
  const silent = [...nodes].filter(([, { seconds, unheard }]) => {
    const there = seconds[hour] ?? 0;
    const silence = unheard[hour] ?? 0;
    return silence > SHORT_SILENCE && silence >= there - stepSeconds;
  });
  if (silent.length === 0) {
    return [];
  }
  const seen = usages.seenIn(hour);
  const measured = new Set(
    places
      .filter(({ pod: { namespace, pod } }) =>
        seen.ofPod(namespace, pod)?.some(each => each > 0),
      )
      .flatMap(({ seconds }) => [...seconds.keys()]),
  );
  return silent.map(([node]) => node).filter(node => !measured.has(node));
}

/** Says which nodes are charged though nothing was heard of them. */
export function reportUnheard(
  problems: Problems,
  hour: string,
  nodes: readonly string[],
): void {
  for (const node of nodes) {
    problems.say(
      { code: 'node-unheard', severity: 'warning', hour },
      node,
      silent => wordPrometheus('nodesUnheard', { nodes: silent }),
    );
  }
}
