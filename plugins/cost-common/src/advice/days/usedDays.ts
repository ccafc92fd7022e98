import { mostCores } from '../../digests';
import { AdviceInput } from '../types';
import { DayUsage, dayUsageOf } from './dayUsage';
import { differs } from './drift';
import { changesOfLimits } from './limitChanges';
import { momentOf } from './momentOf';

/** What cut the window short. */
export interface SpecChange {
  /** First moment under the new spec, ISO 8601 UTC. */
  at: string;
  what: 'limits' | 'image';
}

/** The days an advice stands on. */
export interface UsedDays {
  days: DayUsage[];
  /** All of the window, those before a change too: what happened then is not undone by it. */
  all: DayUsage[];
  /** ISO 8601 UTC. */
  usedFrom: string;
  /** Days left out because they were measured under another spec. */
  change?: SpecChange;
}

/**
 * The days of the window whose usage speaks for the spec in force: whole days
 * after the last change that mattered.
 *
 * A change of limits matters when those before it had cut usage off, or usage
 * after it differs from before and isn't what a lower limit leaves of it; an image only by the latter: most releases
 * change nothing, and a fleet that releases daily would never get advice.
 * Requests say nothing about usage, so they cut nothing.
 */
export function usedDays(
  input: Pick<AdviceInput, 'window' | 'digests' | 'facts' | 'node'>,
): UsedDays {
  const { window, facts, node } = input;
  const start = Date.parse(window.start);
  const end = Date.parse(window.end);
  const most = mostCores(node?.cpuCores);
  const all = input.digests
    .filter(digest => {
      const at = Date.parse(digest.start);
      return at >= start && at < end;
    })
    .map(digest => dayUsageOf(digest, most));
  // A heap that is a share of the limit is another one under another limit.
  const heapFollows = facts?.fixedHeap?.heapShareOfLimit !== undefined;
  const { days, change } = cutAtImage(cutAtLimits(all, heapFollows));
  return {
    days,
    all,
    usedFrom: days.length > 0 ? days[0].digest.start : window.end,
    ...(change && { change }),
  };
}

type Cut = Pick<UsedDays, 'days' | 'change'>;

/** Cut at the newest change of limits that mattered. */
function cutAtLimits(days: DayUsage[], heapFollows: boolean): Cut {
  const changes = changesOfLimits(days);
  for (let i = changes.length - 1; i >= 0; i--) {
    const { at, before, after, cutOff, cutsOff, memory } = changes[i];
    const newer = days.slice(after);
    if (
      cutOff ||
      (heapFollows && memory) ||
      (!cutsOff && differs(days.slice(0, before), newer))
    ) {
      return { days: newer, change: { at, what: 'limits' } };
    }
  }
  return { days };
}

function cutAtImage({ days, change }: Cut): Cut {
  for (let day = days.length - 1; day > 0; day--) {
    const before = lastImage(days[day - 1]);
    const after = lastImage(days[day]);
    if (before !== undefined && after !== undefined && before !== after) {
      // The day of the change has both images, and counts as neither.
      const split = days[day].digest.specs[0].spec.image === after ? 0 : 1;
      const newer = days.slice(day + split);
      if (differs(days.slice(0, day), newer)) {
        const first = days[day].digest;
        const span = first.specs.find(({ spec }) => spec.image === after);
        const at = momentOf(first.start, span?.fromSlot ?? 0);
        return { days: newer, change: { at, what: 'image' } };
      }
    }
  }
  return { days, ...(change && { change }) };
}

function lastImage({ digest }: DayUsage): string | undefined {
  return digest.specs.at(-1)?.spec.image;
}
