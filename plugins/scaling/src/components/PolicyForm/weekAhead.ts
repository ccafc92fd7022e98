import {
  DroppedOccurrence,
  expandWindows,
  Occurrence,
  Policy,
  PolicyClock,
  timelineOf,
} from '@headroom/plugin-scaling-common';
import { Said, DAY_MS } from '@headroom/common';
import { boundsOfWish } from '../../format';
import { TimelineStretch } from '../Timeline';

/** How far the preview looks: a week, and the same day of the week after. */
export const PREVIEW_DAYS = 8;

/** What a policy will want, as the rules in the browser have it. */
export interface WeekAhead {
  from: string;
  to: string;
  stretches: TimelineStretch[];
  /** Those that take capacity have the lead before their end. */
  occurrences: readonly Occurrence[];
  /** Times of which the clocks leave nothing. */
  dropped: readonly DroppedOccurrence[];
}

/** What a policy without errors wants in the coming days. */
export function weekAhead(
  policy: Policy,
  nowMs: number,
  wordingOf: (said: Said) => string,
): WeekAhead {
  const toMs = nowMs + PREVIEW_DAYS * DAY_MS;
  const clock = PolicyClock.create(policy);
  const { occurrences, dropped } = expandWindows(policy, nowMs, toMs, {
    leadSeconds: clock.leadMs() / 1000,
  });
  const stretches = timelineOf(clock, nowMs, toMs);
  return {
    from: new Date(nowMs).toISOString(),
    to: new Date(toMs).toISOString(),
    stretches: stretches.map(({ startMs, endMs, state }) => ({
      from: new Date(startMs).toISOString(),
      to: new Date(endMs).toISOString(),
      wanted:
        state.wish.type === 'leave' ? undefined : boundsOfWish(state.wish),
      lead: state.lead,
      because: wordingOf(state.reason),
    })),
    occurrences: occurrences.map(occurrence => ({
      ...occurrence,
      leadMs: occurrence.leadMs || leadAtEnd(occurrence, stretches),
    })),
    dropped,
  };
}

/** Of a window that takes capacity: how much before its end that is wanted again. */
function leadAtEnd(
  { endMs }: Occurrence,
  stretches: ReturnType<typeof timelineOf>,
): number {
  const lead = stretches.find(
    stretch => stretch.state.lead && stretch.endMs === endMs,
  );
  return lead ? lead.endMs - lead.startMs : 0;
}
