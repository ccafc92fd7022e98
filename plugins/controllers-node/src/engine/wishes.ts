import { EngineFacts, GuardedAction, WorldFacts } from '../guards/facts';
import { anyOverlap } from '../guards/paths';
import { takesCapacity } from '../guards/direction';
import { RunFacts } from '../guards/Guard';
import { targetKey } from '@headroom/common';

/** Nothing is known, as nothing is asked about. */
export const NO_WORLD: WorldFacts = {
  inventories: new Map(),
  freezeWindows: [],
  targets: new Map(),
};

/** An action of a run, and what it counts with. */
export interface Wish {
  asked: GuardedAction;
  policyTitle: string;
  /**
   * What is let loose at once: all that is enforced, or one plan that a person
   * approves or only looks at.
   */
  together: string;
}

/**
 * What happens together with each of some actions, in their order.
 *
 * @param takenToday - workloads that capacity was taken from, by cluster
 */
export function runFactsOf(
  wishes: readonly Wish[],
  takenToday: EngineFacts['takenToday'],
): RunFacts[] {
  const taken = new Map<string, Set<string>>();
  const byTarget = new Map<string, Wish[]>();
  const keys = wishes.map(({ asked }) => targetKey(asked.action.target));
  wishes.forEach((wish, at) => {
    const group = groupOf(wish);
    if (group !== undefined) {
      // A workload is one, however many of its objects and pods are written.
      const { subject } = wish.asked.action;
      taken.set(group, (taken.get(group) ?? new Set()).add(subject));
    }
    const others = byTarget.get(keys[at]);
    if (others) {
      others.push(wish);
    } else {
      byTarget.set(keys[at], [wish]);
    }
  });
  const inDay = new Map<string, number>();
  wishes.forEach(wish => {
    const group = groupOf(wish);
    if (group !== undefined && !inDay.has(group)) {
      const before = takenToday.get(clusterOf(wish)) ?? new Set();
      const anew = [...taken.get(group)!].filter(each => !before.has(each));
      inDay.set(group, before.size + anew.length);
    }
  });
  return wishes.map((wish, at) => {
    const group = groupOf(wish);
    const same = byTarget.get(keys[at]) ?? [];
    return {
      taken: group === undefined ? 0 : taken.get(group)?.size ?? 0,
      takenInDay: group === undefined ? 0 : inDay.get(group) ?? 0,
      wantedBefore: same
        .slice(0, same.indexOf(wish))
        .filter(other => isRival(other, wish)),
    };
  });
}

/** Whether another policy that does something wants the same field. */
function isRival(other: Wish, wish: Wish): boolean {
  const { asked: a } = other;
  const { asked: b } = wish;
  return (
    (a.policyId !== b.policyId || a.controller !== b.controller) &&
    (a.mode !== 'observe' || b.mode === 'observe') &&
    anyOverlap(
      a.action.changes.map(({ path }) => path),
      b.action.changes.map(({ path }) => path),
    )
  );
}

function clusterOf({ asked: { action } }: Wish): string {
  return action.target.type === 'kubernetes' ? action.target.cluster : '';
}

function groupOf({ asked: { action, undoOf }, together }: Wish) {
  return action.target.type === 'kubernetes' &&
    undoOf === undefined &&
    // What its policy leaves for a later run is no part of this one.
    action.overLimit === undefined &&
    takesCapacity(action)
    ? `${together} ${action.target.cluster}`
    : undefined;
}
