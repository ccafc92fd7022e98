import { DAY_MS } from '@headroom/common';
import { dayOf } from '../../schedules/localDates';
import { Calendars } from '../../schedules/occurrencesOf';
import { PolicyClock } from '../../schedules/PolicyClock';
import { sayIssue } from '../../sentences/issueSentences';
import { Policy } from '../Policy';
import { PolicyIssue } from '../PolicyIssue';
import { issue } from './issue';

/** Two changes of clocks and a leap day are not needed to see that windows overlap. */
const AHEAD_MS = 5 * 7 * DAY_MS;

/**
 * Windows that hold at once and don't agree, each set of them once, at the first: in
 * the coming five weeks, and around every date that is named.
 *
 * @internal
 */
export function checkConflicts(
  policy: Policy,
  nowMs: number,
  calendars: Calendars | undefined,
): PolicyIssue[] {
  const clock = PolicyClock.create(
    { ...policy, overrides: [], exclusions: [], lead: { type: 'none' } },
    { calendars },
  );
  const found = new Map<string, PolicyIssue>();
  for (const [fromMs, toMs] of stretchesOf(policy, nowMs)) {
    for (const atMs of [fromMs, ...clock.edges(fromMs, toMs)]) {
      for (const { sources, text } of clock.stateAt(atMs).conflicts) {
        const key = JSON.stringify(
          sources.map(({ schedule, list, index }) => [schedule, list, index]),
        );
        const { schedule, list, index } = sources[0];
        if (!found.has(key)) {
          found.set(
            key,
            issue(
              'warning',
              'windows-conflict',
              ['schedules', schedule, list, index],
              undefined,
              sayIssue('windowsConflict', {
                conflict: text,
                at: new Date(atMs).toISOString(),
              }),
            ),
          );
        }
      }
    }
  }
  return [...found.values()];
}

function stretchesOf(
  { schedules }: Policy,
  nowMs: number,
): Array<[number, number]> {
  const named = schedules.flatMap(({ windows, exceptions }) =>
    [...windows, ...exceptions].flatMap(each =>
      'date' in each ? [{ date: each.date, last: each.lastDate }] : [],
    ),
  );
  const around = named.flatMap(
    ({ date, last = date }): Array<[number, number]> => {
      const from = ((dayOf(date) ?? 0) - 1) * DAY_MS;
      const to = Math.min(((dayOf(last) ?? 0) + 3) * DAY_MS, from + AHEAD_MS);
      return to > nowMs ? [[Math.max(from, nowMs), to]] : [];
    },
  );
  return [[nowMs, nowMs + AHEAD_MS], ...around];
}
