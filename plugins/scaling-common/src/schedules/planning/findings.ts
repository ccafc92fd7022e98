import { Policy } from '../../policies/Policy';
import { sayPlan } from '../../sentences/planSentences';
import { ScalingTarget, subjectOf } from '../../targets/ScalingTarget';
import { WantedState } from '../types';
import { nameOf, withheld } from './preconditions';
import { Withheld } from './SchedulePlan';

/** When somebody last did something to a workload, in milliseconds (S12). @internal */
export function activityOf({
  createdAt,
  lastRolloutAt,
  lastHumanChangeAt,
}: ScalingTarget): number {
  return Math.max(
    ...[createdAt, lastRolloutAt, lastHumanChangeAt].flatMap(at =>
      at ? [Date.parse(at)] : [],
    ),
  );
}

/** Whether KEDA still pauses what nothing asks it to pause any more (keda#6982). @internal */
export function stillPaused({
  autoscaler,
}: ScalingTarget): Withheld | undefined {
  return autoscaler?.type === 'scaled-object' &&
    autoscaler.pausedInStatus &&
    autoscaler.pausedReplicas === undefined &&
    autoscaler.paused === undefined
    ? withheld(
        'keda-still-paused',
        sayPlan('kedaStillPaused', { object: nameOf(autoscaler.object) }),
      )
    : undefined;
}

/**
 * S16: a window has begun, with the lead that its workload needs, and what it wants
 * isn't ready.
 *
 * @internal
 */
export function lateWake(
  target: ScalingTarget,
  { state, policy }: { state: WantedState; policy: Policy },
  nowMs: number,
): Withheld | undefined {
  const { wish, windowStartMs, lead } = state;
  const { readyReplicas, startUpSeconds } = target;
  const floor = floorOf(wish, target);
  if (
    lead ||
    floor === undefined ||
    windowStartMs === undefined ||
    readyReplicas === undefined ||
    readyReplicas >= floor
  ) {
    return undefined;
  }
  const allowedMs =
    policy.lead.type === 'none'
      ? (startUpSeconds ?? Infinity) * 1000
      : leadless(policy, startUpSeconds);
  return nowMs >= windowStartMs + allowedMs
    ? withheld(
        'late',
        sayPlan('late', {
          subject: subjectOf(target),
          floor,
          since: new Date(windowStartMs).toISOString(),
          ready: readyReplicas,
        }),
      )
    : undefined;
}

/** Of what is left as its owner has it at least one is to be ready, if its owner has any. */
function floorOf(
  wish: WantedState['wish'],
  { replicas = 0 }: ScalingTarget,
): number | undefined {
  switch (wish.type) {
    case 'fixed':
      return wish.replicas;
    case 'bounds':
      return wish.floor || undefined;
    case 'untouched':
      return replicas > 0 ? 1 : undefined;
    default:
      return undefined;
  }
}

/** With a lead it is to be there as the window begins; without a measured one nobody can tell. */
function leadless(policy: Policy, startUpSeconds: number | undefined): number {
  return policy.lead.type === 'measured' && startUpSeconds === undefined
    ? Infinity
    : 0;
}
