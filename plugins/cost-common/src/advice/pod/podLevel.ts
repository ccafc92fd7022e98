import { AdvisedResource, AdviceInput, PodSetting } from '../types';
import { Member, otherMembers, requestAfter, settingOf } from './members';

/** A request that the containers of a pod share. */
export interface PodLevel {
  /** Of the pod. */
  current: PodSetting['current'] & { request: number };
  /** What each of the others needs of it, and what it may not fall below. */
  members: Member[];
  /** Of a need, what the pod gives this container now: its part of all needs. */
  shareOf(need: number): number;
  /** What all need together, for what this one needs. */
  sumWith(need: number): number;
  /** Most that a container has as a limit of its own: the pod's can't be below. */
  mostOwnLimit: number;
  /** What containers request for themselves: the pod's request holds at least that. */
  ownRequests: number;
}

/**
 * The pod's own request of a resource (`spec.resources`), when it has one. What
 * its containers request is then a part of it, and frees nothing by itself.
 *
 * @returns undefined without one; `unknown` when the others' needs are not known
 */
export function podLevelOf(
  resource: AdvisedResource,
  input: Pick<AdviceInput, 'facts' | 'others' | 'limits'>,
): PodLevel | 'unknown' | undefined {
  const { facts } = input;
  const pod = settingOf(resource, facts?.podSpec ?? {});
  const request = pod.request ?? pod.limit;
  if (!facts || request === undefined) {
    return undefined;
  }
  const members = otherMembers(resource, input);
  const needs = members?.map(({ need }) =>
    need.request === undefined ? undefined : requestAfter(need),
  );
  if (!members || !needs || needs.includes(undefined)) {
    return 'unknown';
  }
  const sum = needs.reduce<number>((total, need) => total + (need ?? 0), 0);
  // As the template has them: a source may measure shares of the pod's.
  const own = [facts.spec, ...(facts.otherContainers ?? [])].map(spec =>
    settingOf(resource, spec),
  );
  return {
    current: { ...pod, request },
    members,
    sumWith: need => sum + need,
    shareOf: need =>
      sum + need > 0
        ? request * (need / (sum + need))
        : request / (members.length + 1),
    mostOwnLimit: Math.max(0, ...own.map(({ limit = 0 }) => limit)),
    ownRequests: own.reduce((total, each) => total + (each.request ?? 0), 0),
  };
}
