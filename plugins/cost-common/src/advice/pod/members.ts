import { ResourceSpec } from '@headroom/common';
import {
  AdvisedResource,
  AdviceInput,
  OtherContainer,
  ResourceNeed,
} from '../types';
import { withDefaults } from './withDefaults';

/** A container that holds resources for as long as the pod runs. */
export interface Member {
  name: string;
  role: OtherContainer['role'];
  need: ResourceNeed;
}

/**
 * The other main containers and sidecars of the pod. One whose need is not known
 * stays as its template has it. Undefined = which there are is not known.
 */
export function otherMembers(
  resource: AdvisedResource,
  {
    facts,
    others = [],
    limits,
  }: Pick<AdviceInput, 'facts' | 'others' | 'limits'>,
): Member[] | undefined {
  if (facts?.containersInPod === 1) {
    return [];
  }
  return facts?.otherContainers
    ?.filter(({ role }) => role !== 'init')
    .map(other => ({
      name: other.name,
      role: other.role,
      need: others.find(({ container }) => container === other.name)?.[
        resource
      ] ?? { current: settingOf(resource, withDefaults(other, limits)) },
    }));
}

/** What a member requests once advice is taken: what it needs, unless it has to stay. */
export function requestAfter({
  current,
  request,
  noLower,
}: ResourceNeed): number | undefined {
  const now = current.request ?? current.limit;
  if (request === undefined) {
    return now;
  }
  return noLower ? Math.max(request, now ?? 0) : request;
}

/** Request and limit of one resource in a spec. */
export function settingOf(
  resource: AdvisedResource,
  spec: ResourceSpec,
): ResourceNeed['current'] {
  const [request, limit] =
    resource === 'cpu'
      ? [spec.cpuRequestCores, spec.cpuLimitCores]
      : [spec.memoryRequestBytes, spec.memoryLimitBytes];
  return {
    ...(request !== undefined && { request }),
    ...(limit !== undefined && { limit }),
  };
}
