import { Said, Worded } from '@headroom/common';
import { wordRightsizing } from '../sentences';
import { harmOfService } from './harmOfService';
import { isSince, secondsBetween } from './times';

/** What is seen of one pod of a workload. @public */
export interface WatchedPod {
  name: string;
  /** ISO 8601 UTC. */
  createdAt: string;
  phase: string;
  ready: boolean;
  /** Of the condition PodScheduled where it is false, e.g. `Unschedulable`. */
  unscheduledSince?: string;
  containers: readonly WatchedContainer[];
}

/** @public */
export interface WatchedContainer {
  name: string;
  restarts: number;
  /** How it ended last, where it did. */
  lastEnd?: { reason: string; exitCode: number; at: string };
  /** Why it doesn't run, e.g. `CrashLoopBackOff`. */
  waiting?: string;
}

/** What a query of the service says: of latency, of errors. @public */
export interface WatchedQuery {
  title: string;
  /** Absent = it could not be asked, or said nothing. */
  value?: number;
  /** What it was right before the change; absent = not known. */
  before?: number;
  /** More is too much. */
  above: number;
}

/** What is looked at after an advice was applied. @public */
export interface RightsizingWatch {
  /** When it was applied and what it is now; ISO 8601 UTC. */
  appliedAt: string;
  now: string;
  /** Containers whose resources were changed. */
  containers: readonly string[];
  /** Absent = the pods could not be read. */
  pods?: readonly WatchedPod[];
  /** Replicas wanted; absent = not known. */
  wanted?: number;
  /** Share of periods in which the containers were throttled, 0 to 1; absent = not known. */
  throttledShare?: { before?: number; now?: number };
  queries: readonly WatchedQuery[];
}

/** How long and how closely is watched. @public */
export interface WatchLimits {
  /** Seconds after which, with nothing against it, it is taken to be well. */
  watchSeconds: number;
  /** Seconds that a pod may be without a node. */
  pendingSeconds: number;
  /** Restarts, other than OOM kills, of one pod that are too many. */
  restarts: number;
  /** Throttled so much more of the time, 0 to 1. */
  throttledMore: number;
}

/** How far the clocks of a cluster may be from ours. */
const CLOCKS_SECONDS = 120;

/** What is used where nothing else is said. @public */
export const DEFAULT_WATCH_LIMITS: WatchLimits = {
  watchSeconds: 3600,
  pendingSeconds: 300,
  restarts: 2,
  throttledMore: 0.25,
};

/** What the watch says. @public */
export type RightsizingVerdict =
  | { outcome: 'ok'; text: Worded }
  | { outcome: 'undo'; reason: Said }
  | { outcome: 'notYet' };

/**
 * Whether an advice that was applied does harm: an OOM kill, pods that restart again
 * and again or find no node, throttling that rises, a query of the service that says
 * so. Pods that can't be read say nothing, neither well nor ill.
 *
 * @public
 */
export function judgeRightsizing(
  watch: RightsizingWatch,
  limits: WatchLimits = DEFAULT_WATCH_LIMITS,
): RightsizingVerdict {
  const harm = harmOf(watch, limits);
  if (harm) {
    return { outcome: 'undo', reason: harm };
  }
  const seconds = secondsBetween(watch.appliedAt, watch.now);
  if (seconds < limits.watchSeconds || !watch.pods) {
    return { outcome: 'notYet' };
  }
  const stuck = stuckPod(watch);
  if (stuck) {
    return {
      outcome: 'undo',
      reason: wordRightsizing('notReady', {
        pod: stuck.name,
        count: Math.round(limits.watchSeconds / 60),
      }),
    };
  }
  if (!isRolledOut(watch)) {
    return { outcome: 'notYet' };
  }
  return {
    outcome: 'ok',
    text: wordRightsizing('well', {
      count: Math.round(limits.watchSeconds / 60),
    }),
  };
}

function harmOf(
  watch: RightsizingWatch,
  limits: WatchLimits,
): Worded | undefined {
  for (const pod of watch.pods ?? []) {
    const found = harmOfPod(pod, watch, limits);
    if (found) {
      return found;
    }
  }
  return harmOfService(watch, limits);
}

function harmOfPod(
  pod: WatchedPod,
  { appliedAt, now, containers }: RightsizingWatch,
  limits: WatchLimits,
): Worded | undefined {
  const isNew = isSince(appliedAt, pod.createdAt);
  for (const { name, restarts, lastEnd, waiting } of pod.containers) {
    const ended =
      lastEnd && isSince(appliedAt, lastEnd.at) ? lastEnd : undefined;
    const about = { container: name, pod: pod.name };
    // A pod of before, which is on its way out, still has what it had.
    if (isNew && ended?.reason === 'OOMKilled' && containers.includes(name)) {
      return wordRightsizing('oomKilled', about);
    }
    if (isNew && ended && restarts >= limits.restarts) {
      return wordRightsizing('restarts', { ...about, count: restarts });
    }
    if (isNew && waiting === 'CrashLoopBackOff') {
      return wordRightsizing('crashLoop', about);
    }
  }
  const { unscheduledSince } = pod;
  return isNew &&
    unscheduledSince &&
    secondsBetween(unscheduledSince, now) > limits.pendingSeconds
    ? wordRightsizing('pending', {
        pod: pod.name,
        count: Math.round(secondsBetween(unscheduledSince, now) / 60),
      })
    : undefined;
}

/** A pod of after the change, where none of those ever got ready: the roll-out is stuck. */
function stuckPod({
  appliedAt,
  pods = [],
}: RightsizingWatch): WatchedPod | undefined {
  const made = pods.filter(pod => isOn(pod) && isAfter(appliedAt, pod));
  return made.some(pod => pod.ready) ? undefined : made[0];
}

/** There are pods, all of after the change, and as many as are wanted are ready. */
function isRolledOut({
  appliedAt,
  pods = [],
  wanted = 1,
}: RightsizingWatch): boolean {
  const on = pods.filter(isOn);
  const ready = on.filter(pod => pod.ready).length;
  return (
    ready >= Math.max(1, wanted) && on.every(pod => isAfter(appliedAt, pod))
  );
}

function isOn({ phase }: WatchedPod): boolean {
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** Clocks of clusters are a little off. */
function isAfter(appliedAt: string, { createdAt }: WatchedPod): boolean {
  return secondsBetween(appliedAt, createdAt) >= -CLOCKS_SECONDS;
}
