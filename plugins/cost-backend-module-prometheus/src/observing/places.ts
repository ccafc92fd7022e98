import { keyOf } from '../reading/labels';
import { Findings } from './findings';
import { PodRecord, secondsByNode } from './pods';

/** A pod, and the seconds of an hour it spent on each node ('' = unknown). */
export interface Place {
  pod: PodRecord;
  seconds: Map<string, number>;
}

/** What decides where pods were. */
type PlaceSources = Pick<Findings, 'pods' | 'usage' | 'scrapes' | 'intervals'>;

/**
 * Where each pod was and for how long. kube-state-metrics decides; in an hour
 * it was not scraped throughout, what cAdvisor saw longer counts.
 */
export function placesOfPods(
  sources: PlaceSources,
  hour: number,
  scrapedThroughout: boolean,
): Place[] {
  const places: Place[] = [];
  for (const pod of sources.pods.pods.values()) {
    const seconds = secondsByNode(sources.pods, pod, hour, sources.scrapes);
    const total = sum(seconds.values());
    const running = scrapedThroughout
      ? 0
      : sources.usage.secondsOfPod(pod, hour);
    if (total > 0) {
      for (const [node, bound] of seconds) {
        seconds.set(node, (bound * Math.max(running, total)) / total);
      }
      places.push({ pod, seconds });
    } else if (running > 0 && pod.bound.size === 1) {
      const [node] = pod.bound.keys();
      places.push({ pod, seconds: new Map([[node, running]]) });
    }
  }
  return [...places, ...unlistedPods(sources, hour)];
}

/** Pods that only cAdvisor knows. */
function unlistedPods(
  { pods, usage, intervals }: PlaceSources,
  hour: number,
): Place[] {
  // One that kube-state-metrics missed between two scrapes is not worth a word.
  const shortest = 2 * Math.max(0, ...intervals.values());
  return usage
    .pods()
    .filter(({ namespace, pod }) => !pods.pods.has(keyOf(namespace, pod)))
    .map(identity => ({
      pod: { ...identity, bound: new Map(), active: new Map(), labels: [] },
      seconds: new Map([['', usage.secondsOfPod(identity, hour)]]),
    }))
    .filter(({ seconds }) => sum(seconds.values()) > shortest);
}

/** In an hour scraped in part, a node was up at least as long as its pods. */
export function raiseToPods(seen: Map<string, number>, places: Place[]): void {
  for (const { seconds } of places) {
    for (const [node, running] of seconds) {
      const up = seen.get(node);
      if (up !== undefined && running > up) {
        seen.set(node, running);
      }
    }
  }
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}
