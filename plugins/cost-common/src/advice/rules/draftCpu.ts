import { otherMembers } from '../pod/members';
import { PodLevel, podLevelOf } from '../pod/podLevel';
import { RequestChoice, RequestReplay } from '../request';
import { roomOf } from '../room/roomOf';
import { AdviceContext, currentOf, keepsGuaranteed } from './context';
import { sayCpu } from './cpuNotes';
import { Draft } from './draft';
import { fitRequest } from './fit';
import { limitCpu } from './limitCpu';
import { CpuNeed, needCpu } from './needCpu';
import { roundCpuUp } from './rounding';
import { scaledRequest } from './scaledRequest';
import { setShare, unknownPodLevel } from './sharedRequest';

/** What a draft of CPU knows beside the draft. */
export interface CpuDraft extends Draft {
  replay?: RequestReplay;
  /** See {@link RequestChoice}. */
  kept?: RequestChoice['kept'];
  /** Start of the days it stands on, where it follows a load that falls. */
  followedFrom?: string;
}

/** The CPU request and limit that usage asks for, and what speaks against it. */
export function draftCpu(context: AdviceContext): CpuDraft {
  const { input, summary } = context;
  const draft: Draft = {
    resource: 'cpu',
    vetoes: [],
    lowerVetoes: [],
    notes: [],
  };
  const podLevel = podLevelOf('cpu', input);
  const current = currentOf('cpu', context);
  const room = roomOf(input, { resource: 'cpu', current, pods: summary.pods });
  // What namespaces and nodes allow is of the pod where the request is.
  const need = needCpu(context, draft, podLevel ? {} : room);
  if (!need) {
    return draft;
  }
  if (podLevel === 'unknown') {
    draft.vetoes.push(unknownPodLevel('cpu', input));
    draft.setting = { request: need.request, limit: null };
  } else if (podLevel) {
    setPodLevel(draft, need, podLevel, context);
  } else {
    const request = scaledRequest(draft, need.request, room, {
      context,
      current,
      members: otherMembers('cpu', input),
    });
    const { limit, by } = limitCpu({
      request,
      leastLimit: need.leastLimit,
      current,
      guaranteed: keepsGuaranteed(context),
      policy: input.policy,
      room,
    });
    draft.setting = { request, limit };
    draft.notes.push(...(by ? [by] : []));
  }
  sayCpu(draft, context);
  return { ...draft, ...extrasOf(need) };
}

/** The pod's own request: what all of its containers need, within what is allowed for the pod. */
function setPodLevel(
  draft: Draft,
  need: CpuNeed,
  podLevel: PodLevel,
  context: AdviceContext,
): void {
  const { input, summary } = context;
  const { current, members } = podLevel;
  const room = roomOf(input, {
    resource: 'cpu',
    current,
    wholePod: true,
    pods: summary.pods,
  });
  const fitted = fitRequest(
    'cpu',
    roundCpuUp(Math.max(podLevel.sumWith(need.request), podLevel.ownRequests)),
    room,
  );
  draft.rule = fitted.rule ?? draft.rule;
  draft.notes.push(...fitted.notes);
  const request = scaledRequest(draft, fitted.request, room, {
    context,
    current,
    members,
    podLevel: true,
  });
  const leastLimit = members.reduce(
    (sum, member) => sum + (member.need.leastLimit ?? 0),
    need.leastLimit,
  );
  const { limit, by } = limitCpu({
    request,
    leastLimit: Math.max(leastLimit, podLevel.mostOwnLimit),
    current,
    guaranteed: keepsGuaranteed(context),
    policy: input.policy,
    room,
  });
  draft.notes.push(...(by ? [by] : []));
  setShare(draft, podLevel, need.request, { request, limit });
}

function extrasOf({
  choice: { replay, kept, followed },
}: CpuNeed): Omit<CpuDraft, keyof Draft> {
  return {
    ...(replay && { replay }),
    ...(kept && { kept }),
    ...(followed && { followedFrom: followed.from }),
  };
}
