import { Policy } from '../policies/Policy';
import { ScalingTarget } from '../targets/ScalingTarget';
import { PolicyClock, PolicyContext } from './PolicyClock';
import { ScheduledTurn, WantedState } from './types';

/**
 * What a policy wants of a workload at an instant (S1, S7, S8). To ask for many
 * workloads, make one {@link PolicyClock}.
 *
 * @public
 */
export function stateAt(
  policy: Policy,
  atMs: number,
  target?: ScalingTarget,
  context?: PolicyContext,
): WantedState {
  return PolicyClock.create(policy, context).stateAt(atMs, target);
}

/** A stretch of a time line. @public */
export interface TimelineStretch {
  startMs: number;
  /** The first instant at which something else is wanted, or for another reason. */
  endMs: number;
  state: WantedState;
}

/**
 * What is wanted from `fromMs` to before `toMs`, without a gap: neighbours that want
 * the same for the same reason are one (S2).
 *
 * @public
 */
export function timelineOf(
  clock: PolicyClock,
  fromMs: number,
  toMs: number,
  target?: ScalingTarget,
): TimelineStretch[] {
  const stretches: TimelineStretch[] = [];
  if (fromMs >= toMs) {
    return stretches;
  }
  for (const startMs of [fromMs, ...clock.edges(fromMs, toMs, target)]) {
    const state = clock.stateAt(startMs, target);
    const last = stretches[stretches.length - 1];
    if (last && sameState(last.state, state)) {
      last.endMs = toMs;
    } else {
      if (last) {
        last.endMs = startMs;
      }
      stretches.push({ startMs, endMs: toMs, state });
    }
  }
  return stretches;
}

/**
 * The instants after `fromMs` and within the horizon at which something else is
 * wanted than before: what a page shows as next.
 *
 * @public
 */
export function nextChanges(
  clock: PolicyClock,
  fromMs: number,
  horizonMs: number,
  target?: ScalingTarget,
): ScheduledTurn[] {
  const stretches = timelineOf(clock, fromMs, fromMs + horizonMs, target);
  return stretches.flatMap(({ startMs, state }, index) => {
    const before = stretches[index - 1]?.state;
    return before && !sameWanted(before.wish, state.wish)
      ? [{ atMs: startMs, before, after: state }]
      : [];
  });
}

/**
 * The instant up to which an override holds that is to hold "until the next window":
 * when something else is wanted the next time, overrides left out.
 *
 * @param horizonMs - how far is looked
 * @returns `undefined` if nothing changes within the horizon
 * @public
 */
export function untilNextWindow(
  policy: Policy,
  fromMs: number,
  horizonMs: number,
  context?: PolicyContext,
): number | undefined {
  const clock = PolicyClock.create({ ...policy, overrides: [] }, context);
  return nextChanges(clock, fromMs, horizonMs)[0]?.atMs;
}

function sameState(a: WantedState, b: WantedState): boolean {
  return (
    sameWanted(a.wish, b.wish) &&
    a.because === b.because &&
    a.lead === b.lead &&
    a.override === b.override &&
    a.reason.message === b.reason.message
  );
}

function sameWanted(a: WantedState['wish'], b: WantedState['wish']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
