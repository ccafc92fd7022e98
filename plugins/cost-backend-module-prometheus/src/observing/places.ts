import { HOUR_SECONDS } from '../reading/HourWindow';
import { keyOf } from '../reading/labels';
import { PodRecord, PodRecords, secondsByNode } from './pods';
import { Usages } from './usage/Usages';
import { sum } from '../reading/collections';

/** A pod, and the seconds of an hour it spent on each node ('' = unknown). */
export interface Place {
  pod: PodRecord;
  seconds: Map<string, number>;
  /** The same as kube-state-metrics saw it: what it says of requests is of these seconds. */
  listed: Map<string, number>;
}

/** What decides where pods were. */
export interface PlaceSources {
  pods: PodRecords;
  usages: Usages;
  /** Seconds between two instants that were looked at. */
  stepSeconds: number;
}

/** A pod that kube-state-metrics missed between two scrapes is not worth a word. */
const SHORTEST_UNLISTED = 120;

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
    const listed = secondsByNode(pod, hour);
    const total = sum(listed.values());
    const running = scrapedThroughout
      ? 0
      : sources.usages.secondsOfPod(pod, hour);
    const held = wholeHour(Math.max(running, total), sources.stepSeconds);
    if (total > 0) {
      places.push({ pod, listed, seconds: divided(held, listed, total) });
    } else if (running > 0 && pod.places.size === 1) {
      const [node] = pod.places.keys();
      places.push({
        pod,
        listed: new Map(),
        seconds: new Map([[node, running]]),
      });
    }
  }
  return [...places, ...unlistedPods(sources, hour)];
}

/** One instant short of the hour is the whole hour: scrapes drift. */
export function wholeHour(seconds: number, stepSeconds: number): number {
  return seconds >= HOUR_SECONDS - stepSeconds ? HOUR_SECONDS : seconds;
}

/** Seconds held, divided as those that were listed. */
function divided(
  held: number,
  listed: Map<string, number>,
  total: number,
): Map<string, number> {
  return new Map(
    [...listed].map(([node, each]) => [node, (each / total) * held]),
  );
}

/** Pods that only cAdvisor knows. */
function unlistedPods({ pods, usages }: PlaceSources, hour: number): Place[] {
  return usages
    .pods()
    .filter(({ namespace, pod }) => !pods.pods.has(keyOf(namespace, pod)))
    .map(identity => ({
      pod: { ...identity, places: new Map(), labels: [] },
      listed: new Map(),
      seconds: new Map([['', usages.secondsOfPod(identity, hour)]]),
    }))
    .filter(({ seconds }) => sum(seconds.values()) > SHORTEST_UNLISTED);
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
