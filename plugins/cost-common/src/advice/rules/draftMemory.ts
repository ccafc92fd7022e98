import { otherMembers } from '../pod/members';
import { PodLevel, podLevelOf } from '../pod/podLevel';
import { roomOf } from '../room/roomOf';
import { hpaDemandOn } from '../steering/hpaOf';
import { scalersOf } from '../steering/steeringOf';
import { AdviceContext, currentOf } from './context';
import { CurrentSetting, Draft, lowers, neverLower } from './draft';
import { fitRequest, reasonOf } from './fit';
import { killedNote, sayMemory } from './memoryNotes';
import { MemoryNeed, needMemory } from './needMemory';
import { setShare, unknownPodLevel } from './sharedRequest';

/** A draft of memory, and what it stands on. */
export interface MemoryDraft extends Draft {
  /** Start of the days it stands on, where it follows a load that falls. */
  followedFrom?: string;
}

/**
 * The memory request and limit that the peak of the window asks for, and what
 * speaks against it.
 */
export function draftMemory(context: AdviceContext): MemoryDraft {
  const { input, summary } = context;
  const draft: MemoryDraft = {
    resource: 'memory',
    vetoes: [],
    lowerVetoes: [],
    notes: [],
  };
  const podLevel = podLevelOf('memory', input);
  const current = currentOf('memory', context);
  const room = roomOf(input, {
    resource: 'memory',
    current,
    pods: summary.pods,
  });
  const need = needMemory(context, draft, podLevel ? {} : room);
  if (!need) {
    return draft;
  }
  const demand = hpaDemandOn('memory', {
    scalers: scalersOf(input.steering ?? []),
    container: input.container,
    members: otherMembers('memory', input),
    request: current.request,
  });
  if (demand.kind === 'veto') {
    draft.vetoes.push(demand.reason);
  }
  draft.setting = { request: need.request, limit: need.limit };
  if (podLevel === 'unknown') {
    draft.vetoes.push(unknownPodLevel('memory', input));
  } else if (podLevel) {
    setPodLevel(draft, need, podLevel, context);
  }
  const now = draft.current ?? current;
  if (summary.oomKills) {
    keepAfterKill(draft, context, now);
  }
  if (need.followed) {
    draft.followedFrom = need.followed.from;
  }
  sayMemory(draft, context, now);
  if (need.peak > (now.limit ?? Infinity)) {
    draft.urgent = true;
  }
  return draft;
}

/** The pod's own request: what all of its containers need, within what is allowed for the pod. */
function setPodLevel(
  draft: Draft,
  need: MemoryNeed,
  podLevel: PodLevel,
  { input, summary }: AdviceContext,
): void {
  const room = roomOf(input, {
    resource: 'memory',
    current: podLevel.current,
    wholePod: true,
    pods: summary.pods,
  });
  const wanted = Math.max(podLevel.sumWith(need.request), podLevel.ownRequests);
  const { request, rule, notes, short } = fitRequest('memory', wanted, room);
  draft.rule = rule ?? draft.rule;
  draft.notes.push(...(short ? [] : notes));
  if (short) {
    draft.vetoes.push(reasonOf('memory', short, wanted));
  }
  const limit = podLevel.members.reduce(
    (sum, member) => sum + (member.need.leastLimit ?? member.need.request ?? 0),
    need.limit,
  );
  setShare(draft, podLevel, need.request, {
    request,
    limit: Math.max(request, limit, podLevel.mostOwnLimit),
  });
}

/**
 * After a kill nothing is lowered. The floor stands on the limit at the kill, so
 * that a raise that was taken is not raised again.
 */
function keepAfterKill(
  draft: Draft,
  context: AdviceContext,
  current: CurrentSetting,
): void {
  const { setting } = draft;
  if (!setting) {
    return;
  }
  draft.notes.unshift(killedNote(context));
  if (lowers(setting, current)) {
    draft.unclamped = setting;
    draft.setting = neverLower(setting, current);
    if (draft.pod) {
      const { current: now, proposed } = draft.pod;
      draft.pod = { current: now, proposed: neverLower(proposed, now) };
    }
  }
  draft.urgent = true;
}
