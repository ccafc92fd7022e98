import { wordAmount } from '../messages/amounts';
import { wordPod } from '../messages/pods';
import { PodLevel } from '../pod/podLevel';
import { AdvisedResource, AdviceInput, AdviceReason, Setting } from '../types';
import { Draft } from './draft';

/** What is withheld where the request is the pod's and not all of its needs are known. */
export function unknownPodLevel(
  resource: AdvisedResource,
  { facts }: AdviceInput,
): AdviceReason {
  const { podSpec } = facts ?? {};
  const request =
    resource === 'cpu'
      ? podSpec?.cpuRequestCores ?? podSpec?.cpuLimitCores
      : podSpec?.memoryRequestBytes ?? podSpec?.memoryLimitBytes;
  return {
    code: 'pod-level',
    resource,
    ...wordPod('needsUnknown', { request: wordAmount(resource, request ?? 0) }),
  };
}

/**
 * Sets a draft to this container's part of what the pod is to request: of the
 * request now and of the proposed one alike, by what each container needs, so
 * that the parts of all add up to the pod's.
 */
export function setShare(
  draft: Draft,
  podLevel: PodLevel,
  needed: number,
  proposed: Setting,
): void {
  const { resource } = draft;
  const { current, members } = podLevel;
  const share = podLevel.shareOf(needed) / current.request;
  const part = (of: number) => of * share;
  draft.pod = { current, proposed };
  draft.current = {
    request: part(current.request),
    ...(current.limit !== undefined && { limit: part(current.limit) }),
  };
  draft.setting = {
    request: part(proposed.request),
    limit: proposed.limit === null ? null : part(proposed.limit),
  };
  const held = members.find(({ need }) => need.noLower);
  if (held) {
    draft.lowerVetoes.push({
      code: 'pod-level',
      resource,
      ...wordPod('mayNotBeLowered', { container: held.name }),
    });
  }
  const of = {
    current: wordAmount(resource, current.request),
    proposed: wordAmount(resource, proposed.request),
  };
  draft.notes.push({
    code: 'pod-level',
    resource,
    ...(members.length === 0
      ? wordPod('podAlone', of)
      : wordPod('podShared', {
          ...of,
          containers: members.length + 1,
          part: wordAmount(resource, draft.current.request ?? 0),
        })),
  });
}
