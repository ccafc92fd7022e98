import { SLOT_SECONDS, SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { sum } from '../reading/collections';
import { HOUR_SECONDS } from '../reading/HourWindow';

/** What is known of where a pod was in an hour. */
export interface PodTimes {
  /** Seconds that are charged, by node ('' = unknown). */
  seconds: ReadonlyMap<string, number>;
  /** Seconds of each slot in which kube-state-metrics said so. */
  listed(node: string): number[] | undefined;
  /** Seconds of each slot in which the node was there; undefined = in all of them. */
  nodeThere(node: string): number[] | undefined;
  /** Seconds of the hour the node was up. */
  upSeconds(node: string): number;
  /** Seconds of each slot in which any of its containers was seen. */
  seen: readonly number[];
}

/** Where a pod was for a part of an hour; lists are by slot. */
export interface PodStay {
  node: string;
  /** Seconds on this node that are charged. */
  seconds: number;
  /** The same by slot: how long it held what it requested. */
  held: readonly number[];
  /** Seconds in which kube-state-metrics listed it here, and on any node. */
  listed: readonly number[];
  listedAnywhere: readonly number[];
  /** Share of what the pod used that it used here. */
  share: readonly number[];
  /** Whether it was here longer than elsewhere. */
  isMain: readonly boolean[];
}

/** A pod that was on one node throughout, as most are. */
const WHOLE_HOUR = {
  seconds: HOUR_SECONDS,
  held: allSlots(SLOT_SECONDS),
  listed: allSlots(SLOT_SECONDS),
  listedAnywhere: allSlots(SLOT_SECONDS),
  share: allSlots(1),
  isMain: allSlots(true),
};

/**
 * Where a pod was in each slot of an hour. It held its place while it was listed
 * and its node was there: a pod outlives its node in kube-state-metrics. What is
 * charged beyond that (kube-state-metrics was not scraped) is put into the slots in
 * which it was seen and not listed, then into the others.
 */
export function podStays(times: PodTimes): PodStay[] {
  const nodes = [...times.seconds.keys()];
  if (nodes.length === 1 && isWhole(nodes[0], times)) {
    return [{ node: nodes[0], ...WHOLE_HOUR }];
  }
  const listed = nodes.map(node => times.listed(node) ?? allSlots(0));
  const listedAnywhere = addUp(listed);
  const charged = nodes.map(node => times.seconds.get(node)!);
  const held = listed.map((ofNode, index) =>
    within(ofNode, listedAnywhere, charged[index]),
  );
  const heldAnywhere = addUp(held);
  const free = heldAnywhere.map(each => Math.max(0, SLOT_SECONDS - each));
  const unlisted = free.map((each, slot) =>
    Math.max(0, Math.min(each, times.seen[slot] - heldAnywhere[slot])),
  );
  const missing = held.map((ofNode, index) =>
    Math.max(0, charged[index] - sum(ofNode)),
  );
  const filled = fill(sum(missing), unlisted, free);
  const present = held.map((ofNode, index) =>
    plus(ofNode, filled, share(missing[index], sum(missing))),
  );
  const anywhere = addUp(present);
  const ofHour = sum(charged);
  const shares = present.map((ofNode, index) =>
    ofNode.map((each, slot) =>
      anywhere[slot] > 0 ? each / anywhere[slot] : charged[index] / ofHour,
    ),
  );
  return nodes.map((node, index) => {
    const there = times.nodeThere(node);
    const stayed = there
      ? plus(
          held[index].map((each, slot) => Math.min(each, there[slot])),
          filled,
          share(missing[index], sum(missing)),
        )
      : present[index];
    const without = sum(present[index]) - sum(stayed);
    const seconds = Math.min(charged[index] - without, times.upSeconds(node));
    const factor = Math.min(1, share(seconds, sum(stayed)));
    return {
      node,
      seconds,
      held: factor < 1 ? stayed.map(each => each * factor) : stayed,
      listed: listed[index],
      listedAnywhere,
      share: shares[index],
      isMain: shares[index].map((each, slot) =>
        shares.every(
          (other, at) =>
            at === index ||
            other[slot] < each ||
            (other[slot] === each && at > index),
        ),
      ),
    };
  });
}

function isWhole(node: string, times: PodTimes): boolean {
  return (
    times.seconds.get(node) === HOUR_SECONDS &&
    times.upSeconds(node) === HOUR_SECONDS &&
    (times.listed(node)?.every(each => each === SLOT_SECONDS) ?? false)
  );
}

function allSlots<T>(value: T): T[] {
  return Array<T>(SLOTS_PER_HOUR).fill(value);
}

function addUp(lists: number[][]): number[] {
  return lists.reduce((all, list) => plus(all, list, 1), allSlots(0));
}

function plus(left: number[], right: number[], factor: number): number[] {
  return left.map((each, slot) => each + right[slot] * factor);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** What a node has of slots that can't be longer than they are, and of an hour that can't be longer than is charged. */
function within(
  listed: number[],
  listedAnywhere: number[],
  charged: number,
): number[] {
  const slots = listed.map((each, slot) =>
    listedAnywhere[slot] > SLOT_SECONDS
      ? (each / listedAnywhere[slot]) * SLOT_SECONDS
      : each,
  );
  const total = sum(slots);
  return total > charged ? slots.map(each => (each / total) * charged) : slots;
}

/** Divides seconds over slots: first as far as these go, then over those. */
function fill(seconds: number, first: number[], free: number[]): number[] {
  const intoFirst = Math.min(seconds, sum(first));
  const left = free.map((each, slot) => each - first[slot]);
  const rest = Math.min(seconds - intoFirst, sum(left));
  return plus(
    first.map(each => each * share(intoFirst, sum(first))),
    left,
    share(rest, sum(left)),
  );
}
