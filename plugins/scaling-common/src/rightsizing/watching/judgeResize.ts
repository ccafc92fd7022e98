import { Worded } from '@headroom/common';
import { wordRightsizing } from '../sentences';
import { harmOfService } from './harmOfService';
import {
  DEFAULT_WATCH_LIMITS,
  RightsizingVerdict,
  RightsizingWatch,
  WatchedPod,
  WatchLimits,
} from './judgeRightsizing';
import { isSince, secondsBetween } from './times';

/** A pod that was resized in place, as it is now. @public */
export interface ResizedPod extends WatchedPod {
  /**
   * Of the condition `PodResizePending`: the node can't give it now (`Deferred`) or
   * never (`Infeasible`).
   */
  resizePending?: { reason: string; message: string; since: string };
  /** Of the condition `PodResizeInProgress` where it says `Error`. */
  resizeFailed?: { message: string; since: string };
}

/** What is looked at after a pod was resized in place. @public */
export interface ResizeWatch
  extends Pick<
    RightsizingWatch,
    'appliedAt' | 'now' | 'containers' | 'throttledShare' | 'queries'
  > {
  podName: string;
  /** `gone` = another one, or none, has its name; absent = it could not be read. */
  pod?: ResizedPod | 'gone';
}

/**
 * Whether a resize in place does harm, or isn't done at all: the node refuses it, or
 * has had no room for too long; a container that was resized is killed for lack of
 * memory or fails again and again; throttling and queries as after a roll-out. A pod
 * that is gone has taken the change with it.
 *
 * @public
 */
export function judgeResize(
  watch: ResizeWatch,
  limits: WatchLimits = DEFAULT_WATCH_LIMITS,
): RightsizingVerdict {
  const { pod, podName, appliedAt, now } = watch;
  if (pod === 'gone') {
    return {
      outcome: 'ok',
      text: wordRightsizing('resizeGone', { pod: podName }),
    };
  }
  const harm =
    (pod && (harmOfResize(pod, watch, limits) ?? harmOfPod(pod, watch))) ??
    harmOfService(watch, limits);
  if (harm) {
    return { outcome: 'undo', reason: harm };
  }
  const seconds = secondsBetween(appliedAt, now);
  return pod && !pod.resizePending && seconds >= limits.watchSeconds
    ? {
        outcome: 'ok',
        text: wordRightsizing('resizeWell', {
          count: Math.round(limits.watchSeconds / 60),
        }),
      }
    : { outcome: 'notYet' };
}

/** What the kubelet says of the resize itself. */
function harmOfResize(
  { name, resizePending, resizeFailed }: ResizedPod,
  { now, appliedAt }: ResizeWatch,
  { pendingSeconds }: WatchLimits,
): Worded | undefined {
  if (resizePending?.reason === 'Infeasible') {
    return wordRightsizing('resizeInfeasible', {
      pod: name,
      why: resizePending.message,
    });
  }
  // A condition may be older than the last resize.
  const lasting = ({ since }: { since: string }) =>
    Math.min(secondsBetween(since, now), secondsBetween(appliedAt, now));
  if (resizePending && lasting(resizePending) > pendingSeconds) {
    return wordRightsizing('resizeDeferred', {
      pod: name,
      why: resizePending.message,
      count: Math.round(lasting(resizePending) / 60),
    });
  }
  return resizeFailed && lasting(resizeFailed) > pendingSeconds
    ? wordRightsizing('resizeFailed', { pod: name, why: resizeFailed.message })
    : undefined;
}

function harmOfPod(
  pod: ResizedPod,
  { appliedAt, containers }: ResizeWatch,
): Worded | undefined {
  for (const { name, lastEnd, waiting } of pod.containers) {
    const ended = lastEnd && isSince(appliedAt, lastEnd.at);
    const about = { container: name, pod: pod.name };
    if (ended && containers.includes(name)) {
      if (lastEnd.reason === 'OOMKilled') {
        return wordRightsizing('oomKilled', about);
      }
      if (waiting === 'CrashLoopBackOff') {
        return wordRightsizing('crashLoop', about);
      }
    }
  }
  return undefined;
}
