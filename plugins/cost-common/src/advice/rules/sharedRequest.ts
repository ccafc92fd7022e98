import { amountText } from '../output/quantities';
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
    message: `The request is on the pod (spec.resources, ${amountText(
      resource,
      request ?? 0,
    )}), and what all of its containers need is not known.`,
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
      message: `The request is the pod's, and ${held.name} in it may not be lowered now.`,
    });
  }
  const text = (amount: number) => amountText(resource, amount);
  const whose =
    members.length === 0
      ? 'for this container'
      : `for ${
          members.length + 1
        } containers; this one's part, by what each needs, is ${text(
          draft.current.request ?? 0,
        )}`;
  draft.notes.push({
    code: 'pod-level',
    resource,
    message: `The request is on the pod (spec.resources): ${text(
      current.request,
    )} ${whose}. With all that is needed the pod's is ${text(
      proposed.request,
    )}.`,
  });
}
