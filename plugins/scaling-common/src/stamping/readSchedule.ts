import { DAY_MS } from '@headroom/common';
import { readAnnotationPolicy, SCHEDULE_ANNOTATION } from '../policies';
import { Policy } from '../policies/Policy';
import { PolicyIssue } from '../policies/PolicyIssue';
import { PolicyClock } from '../schedules/PolicyClock';
import { timelineOf } from '../schedules/stateAt';

/** A Monday at 00:00 UTC, in a week in which no clocks change. */
const SOME_MONDAY_MS = Date.UTC(2026, 0, 12);

/**
 * A schedule as the annotation of a new service will write it: in the zone of the
 * service where it names none itself.
 *
 * @public
 */
export function scheduleText(schedule: string, timezone: string): string {
  const namesZone = /^\s*\{|(^|;)\s*zone\s*=/i.test(schedule);
  return namesZone ? schedule : `${schedule}; zone=${timezone}`;
}

/**
 * Reads the schedule of a service that is to be created: its policy, unless there
 * is an error among the issues.
 *
 * @public
 */
export function readSchedule(
  schedule: string,
  timezone: string,
  options: { nowMs: number },
): { policy?: Policy; issues: readonly PolicyIssue[] } {
  return readAnnotationPolicy(
    { [SCHEDULE_ANNOTATION]: scheduleText(schedule, timezone) },
    { on: 'entity', entityRef: 'component:default/new' },
    options,
  );
}

/**
 * Share of a week in which a schedule lets replicas run, 0 to 1: all of it but what
 * is wanted at zero. Exceptions and dates are left out of account.
 *
 * @public
 */
export function runningShare(policy: Policy): number {
  const endMs = SOME_MONDAY_MS + 7 * DAY_MS;
  const clock = PolicyClock.create(policy);
  const downMs = timelineOf(clock, SOME_MONDAY_MS, endMs)
    .filter(({ state }) => state.wish.type === 'zero')
    .reduce((sum, stretch) => sum + stretch.endMs - stretch.startMs, 0);
  return 1 - downMs / (endMs - SOME_MONDAY_MS);
}

/**
 * Whether a schedule of a service that is to be created is refused for this: of a
 * policy that runs conflicts are decided and told, a new one is better put right.
 *
 * @public
 */
export function refusesSchedule({ severity, text }: PolicyIssue): boolean {
  const what = text.wording.params?.what;
  return (
    severity === 'error' ||
    (typeof what === 'object' && what.key.endsWith('.windowsConflict'))
  );
}
