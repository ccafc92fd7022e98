import {
  NamespaceLimit,
  PodFacts,
  QuotaScope,
  ResourceSpec,
} from '@headroom/common';
import { wordAmount } from '../messages/amounts';
import { wordRoom } from '../messages/room';
import { AdvisedResource } from '../types';
import { Bound, Room, tightest } from './types';

/** The pods an advice changes, and what each asks for now. */
export interface QuotaPods extends Pick<PodFacts, 'priorityClass'> {
  /** Undefined = it is not known. */
  terminating: boolean | undefined;
  current: { request?: number; limit?: number };
  /** Pods that are counted as used now. */
  now: number;
  /** Pods there may be: the most an autoscaler may make. */
  most: number;
  /** What the quota counts of each pod beside what its containers ask for. */
  overhead?: number;
}

const FIELDS = {
  cpu: {
    request: 'cpuRequestCores',
    limit: 'cpuLimitCores',
  },
  memory: {
    request: 'memoryRequestBytes',
    limit: 'memoryLimitBytes',
  },
} as const satisfies Record<
  AdvisedResource,
  Record<'request' | 'limit', keyof ResourceSpec>
>;

/**
 * What the ResourceQuotas of a namespace leave a pod: what is not used, with
 * what these pods use now, over the pods there may be. What is asked for now
 * stays possible: a quota is not a reason to take away.
 */
export function quotaRoom(
  limits: readonly NamespaceLimit[],
  resource: AdvisedResource,
  pods: QuotaPods,
): Room {
  const room: Room = {};
  for (const object of limits) {
    if (object.kind === 'ResourceQuota' && counts(object.scopes, pods)) {
      const by = `ResourceQuota ${object.name}`;
      const most = (part: 'request' | 'limit') => {
        const field = FIELDS[resource][part];
        const hard = object.hard[field];
        const left =
          hard === undefined ? undefined : hard - (object.used[field] ?? 0);
        return left === undefined
          ? undefined
          : boundOf(left, { by, resource, part, pods });
      };
      room.mostRequest = tightest(room.mostRequest, most('request'), 'most');
      const mostLimit = most('limit');
      room.mostLimit = tightest(room.mostLimit, mostLimit, 'most');
      if (mostLimit) {
        room.limit ??= {
          code: 'quota',
          says: wordRoom('quotaCountsLimits', { object: by, resource }),
        };
      }
    }
  }
  return room;
}

function boundOf(
  left: number,
  {
    by,
    resource,
    part,
    pods,
  }: {
    by: string;
    resource: AdvisedResource;
    part: 'request' | 'limit';
    pods: QuotaPods;
  },
): Bound {
  const current = pods.current[part] ?? 0;
  const overhead = (pods.most - pods.now) * (pods.overhead ?? 0);
  const value = Math.max(
    current,
    (Math.max(0, left - overhead) + pods.now * current) / pods.most,
  );
  const of = {
    object: by,
    left: wordAmount(resource, Math.max(0, left)),
    part: `${part}s.${resource}`,
    each: wordAmount(resource, value),
  };
  return {
    value,
    code: 'quota',
    by,
    says:
      pods.most > pods.now && pods.now > 0
        ? wordRoom('quotaLeftScaled', { ...of, most: pods.most })
        : wordRoom('quotaLeft', { ...of, count: pods.most }),
  };
}

function counts(
  scopes: readonly QuotaScope[],
  pods: Pick<QuotaPods, 'priorityClass' | 'terminating'>,
): boolean {
  return scopes.every(({ scope, operator, values }) => {
    switch (scope) {
      case 'Terminating':
        return pods.terminating ?? true;
      case 'NotTerminating':
        return !pods.terminating;
      case 'PriorityClass':
        return matches(pods.priorityClass, operator, values);
      // What is advised has requests, and claims no volume or neighbour.
      case 'BestEffort':
      case 'VolumeAttributesClass':
      case 'CrossNamespacePodAffinity':
        return false;
      default:
        return true;
    }
  });
}

function matches(
  value: string | undefined,
  operator: QuotaScope['operator'],
  values: readonly string[],
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
