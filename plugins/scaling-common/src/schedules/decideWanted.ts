import { Worded, wordAll } from '@headroom/common';
import { Policy, PolicyExclusion, PolicyOverride } from '../policies/Policy';
import { Wish, sameWish, takesCapacity } from '../policies/Wish';
import { sayWindow, wordWish } from '../sentences/windowSentences';
import { combineWishes, lowerWish, raiseWish } from './combineWishes';
import { compareSources } from './occurrencesOf';
import { Occurrence, WantedBecause, WantedState } from './types';

/** What bears on what is wanted of a workload. @internal */
export interface Bearing {
  atMs: number;
  policy: Policy;
  killSwitch: boolean;
  /** That holds for the workload now. */
  exclusion: PolicyExclusion | undefined;
  /** Those that hold for the workload now. */
  overrides: readonly PolicyOverride[];
  /** Those around, with all that hold at the start of a window whose lead has begun. */
  occurrences: readonly Occurrence[];
  /** How much earlier what gives capacity is wanted. */
  leadMs: number;
}

/** S8: kill switch, override up, override down, exclusion, exception, windows, outside. @internal */
export function decideWanted(bearing: Bearing): WantedState {
  const { killSwitch, exclusion, overrides } = bearing;
  if (killSwitch) {
    return plain({ type: 'leave' }, 'kill-switch', sayWindow('killSwitch'));
  }
  const up = strongest(overrides, 'up');
  if (up) {
    const wish = raiseWish(
      // Of a window that begins meanwhile its lead, too.
      ahead(scheduled(bearing), bearing).wish,
      up.floor === undefined
        ? { type: 'untouched' }
        : { type: 'bounds', floor: up.floor },
    );
    return overridden(wish, up);
  }
  const down = strongest(overrides, 'down');
  if (down) {
    return overridden(lowerWish(scheduled(bearing).wish, down.ceiling), down);
  }
  if (exclusion) {
    const { reason, until } = exclusion;
    return {
      ...plain(
        { type: 'untouched' },
        'exclusion',
        reason
          ? sayWindow('excludedBecause', { reason })
          : sayWindow('excluded'),
      ),
      ...(until && { untilMs: Date.parse(until) }),
    };
  }
  return ahead(scheduled(bearing), bearing);
}

type Decided = WantedState & { wish: Wish };

/** What the schedules want, without leads. */
function scheduled({ atMs, policy, occurrences }: Bearing): Decided {
  const now = occurrences.filter(
    ({ startMs, endMs }) => startMs <= atMs && atMs < endMs,
  );
  const deciding = policy.schedules.flatMap((_, schedule) =>
    highestRank(now.filter(({ source }) => source.schedule === schedule)),
  );
  deciding.sort((a, b) => compareSources(a.source, b.source));
  const wishing = deciding.flatMap(({ wish, source }) =>
    wish ? [{ wish, source }] : [],
  );
  const combined = combineWishes(wishing);
  const wish = combined?.wish ?? policy.outside;
  const sources = (combined ? wishing : deciding).map(({ source }) => source);
  const because = combined
    ? becauseOf(deciding.filter(each => each.wish))
    : becauseOf(deciding);
  const starts = deciding.map(({ startMs }) => startMs);
  const ends = deciding.map(({ endMs }) => endMs);
  return {
    wish,
    because,
    sources,
    lead: false,
    ...(deciding.length > 0 && {
      sinceMs: Math.max(...starts),
      untilMs: Math.min(...ends),
      windowStartMs: Math.max(...starts),
    }),
    conflicts: combined?.conflicts ?? [],
    reason: reasonOf(because, sources, wish),
  };
}

function highestRank(of: Occurrence[]): Occurrence[] {
  for (const rank of ['exception', 'dated', 'recurring'] as const) {
    const found = of.filter(each => each.rank === rank);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

function becauseOf(deciding: readonly Occurrence[]): WantedBecause {
  const ranks = new Set(deciding.map(({ rank }) => rank));
  if (ranks.has('exception')) {
    return 'exception';
  }
  if (ranks.has('dated')) {
    return 'dated-window';
  }
  return ranks.has('recurring') ? 'recurring-window' : 'outside';
}

/**
 * S13: what is wanted when a window starts, or when one that took capacity ends, is
 * wanted earlier by the lead, and only where it is more than what is wanted now.
 */
function ahead(now: Decided, bearing: Bearing): Decided {
  let result = now;
  let wish = now.wish;
  for (const turnMs of turnsAhead(now, bearing)) {
    const then = scheduled({ ...bearing, atMs: turnMs });
    const raised = raiseWish(wish, then.wish);
    if (!sameWish(raised, wish)) {
      wish = raised;
      result = {
        wish,
        because: then.because,
        sources: then.sources,
        lead: true,
        sinceMs: turnMs - bearing.leadMs,
        untilMs: turnMs,
        windowStartMs: turnMs,
        conflicts: then.conflicts,
        reason:
          then.sources.length > 0
            ? sayWindow('inLead', {
                windows: wordAll(then.sources.map(({ title }) => title)),
                wish: wordWish(wish),
              })
            : sayWindow('inLeadOutside', {
                at: new Date(turnMs).toISOString(),
                wish: wordWish(wish),
              }),
      };
    }
  }
  return result;
}

/** When capacity may be wanted within the lead, in order. */
function turnsAhead(
  { wish }: Decided,
  { atMs, leadMs, occurrences, policy: { outside } }: Bearing,
): number[] {
  // Of an exception as well, which takes from a window.
  const takes = takesCapacity(wish) || takesCapacity(wish, outside);
  const turns = occurrences
    .flatMap(({ startMs, endMs, leadMs: ownMs }) => [
      ...(ownMs > 0 ? [startMs] : []),
      ...(takes ? [endMs] : []),
    ])
    .filter(turnMs => turnMs - leadMs <= atMs && atMs < turnMs);
  return [...new Set(turns)].sort((a, b) => a - b);
}

function reasonOf(
  because: WantedBecause,
  sources: WantedState['sources'],
  wanted: Wish,
): Worded {
  const wish = wordWish(wanted);
  if (sources.length === 0) {
    return sayWindow('outside', { wish });
  }
  const windows = wordAll(sources.map(({ title }) => title));
  return because === 'exception'
    ? sayWindow('inException', { windows, wish })
    : sayWindow('inWindow', { windows, wish });
}

/** Of overrides of one direction the one that does most; then the one that lasts longest. */
function strongest(
  overrides: readonly PolicyOverride[],
  direction: PolicyOverride['direction'],
): PolicyOverride | undefined {
  const strength = ({ floor = 0, ceiling = 0 }: PolicyOverride) =>
    direction === 'up' ? floor : -ceiling;
  return overrides
    .filter(override => override.direction === direction)
    .sort(
      (a, b) =>
        strength(b) - strength(a) ||
        Date.parse(b.until) - Date.parse(a.until) ||
        (a.id < b.id ? -1 : 1),
    )[0];
}

function overridden(wish: Wish, override: PolicyOverride): WantedState {
  const { id, direction, owner, until, reason } = override;
  return {
    ...plain(
      wish,
      direction === 'up' ? 'override-up' : 'override-down',
      sayWindow(direction === 'up' ? 'overrideUp' : 'overrideDown', {
        owner,
        until,
        reason,
        wish: wordWish(wish),
      }),
    ),
    override: id,
    sinceMs: Date.parse(override.from),
    untilMs: Date.parse(until),
  };
}

function plain(
  wish: WantedState['wish'],
  because: WantedBecause,
  reason: Worded,
): WantedState {
  return { wish, because, sources: [], lead: false, conflicts: [], reason };
}
