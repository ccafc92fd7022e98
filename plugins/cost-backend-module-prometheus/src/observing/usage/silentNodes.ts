import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { getOrCreate, sum } from '../../reading/collections';
import { Place } from '../places';
import { RequestTable, slotsOf } from '../requests';
import { SeenInHour } from './SeenInHour';

/** Seconds a node is silent in that need not mean anything: cAdvisor finds a container, and Prometheus a node, after a while. */
const SHORT_SILENCE = 300;
/** In a slot with less than this share of its time, cAdvisor was silent. */
const SEEN_SHARE = 0.5;

/** A node whose cAdvisor was silent while that of another spoke. */
export interface SilentNode {
  node: string;
  /** Seconds of the hour in which containers ran on it while any cAdvisor spoke. */
  ranSeconds: number;
  /** Seconds of these in which its own did. */
  seenSeconds: number;
}

/** Seconds of each slot, of one node. */
interface NodeSlots {
  /** Any pod held a place. */
  placed: number[];
  /** A pod held a place of which anything was seen in the hour. */
  placedAndSeen: number[];
  /** Any container was seen. */
  seen: number[];
}

/**
 * Nodes on which containers ran and none was seen, by slots of an hour. What ran is
 * what kube-state-metrics says; where it doesn't, pods ran that were seen at
 * some time of the hour, or, where none was, those that held a place.
 */
export function silentNodes(
  hour: number,
  places: readonly Place[],
  requests: RequestTable,
  seen: SeenInHour,
): SilentNode[] {
  const tellsRunning = requests.tellsRunning(hour);
  const silent: SilentNode[] = [];
  for (const [node, slots] of slotsOfNodes(hour, places, requests, seen)) {
    const placed = slots.placedAndSeen.some(each => each > 0)
      ? slots.placedAndSeen
      : slots.placed;
    const ran = tellsRunning ? requests.runningSeconds(node, hour) : placed;
    const there = requests.nodeSeconds(node, hour);
    const expected = ran.map((each, slot) =>
      Math.min(each, seen.anywhere[slot], there?.[slot] ?? each),
    );
    const missing = expected.map((each, slot) =>
      slots.seen[slot] < SEEN_SHARE * each ? each - slots.seen[slot] : 0,
    );
    if (sum(missing) > SHORT_SILENCE) {
      const ranSeconds = sum(expected);
      silent.push({ node, ranSeconds, seenSeconds: ranSeconds - sum(missing) });
    }
  }
  return silent;
}

function slotsOfNodes(
  hour: number,
  places: readonly Place[],
  requests: RequestTable,
  seen: SeenInHour,
): Map<string, NodeSlots> {
  const nodes = new Map<string, NodeSlots>();
  for (const { pod } of places) {
    const ofPod = seen.ofPod(pod.namespace, pod.pod);
    const wasSeen = ofPod?.some(each => each > 0) ?? false;
    for (const [node, slots] of requests.of(pod.namespace, pod.pod)?.places ??
      []) {
      const listed = slotsOf(slots, hour);
      const known = getOrCreate(nodes, node, noSlots);
      listed.forEach((seconds, slot) => {
        if (seconds > 0) {
          raise(known.placed, slot, seconds);
          raise(known.placedAndSeen, slot, wasSeen ? seconds : 0);
          raise(known.seen, slot, ofPod?.[slot] ?? 0);
        }
      });
    }
  }
  return nodes;
}

function noSlots(): NodeSlots {
  const none = () => Array<number>(SLOTS_PER_HOUR).fill(0);
  return { placed: none(), placedAndSeen: none(), seen: none() };
}

function raise(slots: number[], slot: number, seconds: number): void {
  slots[slot] = Math.max(slots[slot], seconds);
}
