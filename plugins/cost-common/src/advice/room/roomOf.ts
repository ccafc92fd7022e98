import { ResourceSpec, Worded } from '@headroom/common';
import { wordAmount } from '../messages/amounts';
import { wordRoom } from '../messages/room';
import { settingOf } from '../pod/members';
import { withDefaults } from '../pod/withDefaults';
import { endsByItself } from '../rules/readiness';
import { scalersOf } from '../steering/steeringOf';
import { AdvisedResource, AdviceInput } from '../types';
import { limitRangeRoom } from './limitRanges';
import { quotaRoom } from './quotas';
import { Bound, Room, tightest } from './types';

/** Whose room is asked for: one container's, or the pod's as a whole. */
export interface RoomFor {
  resource: AdvisedResource;
  current: { request?: number; limit?: number };
  /** Of the pod itself (`spec.resources`). */
  wholePod?: true;
  /** Most pods of it in one hour. */
  pods: number;
}

/**
 * What LimitRanges, ResourceQuotas and the largest node leave to ask for. What
 * could not be read bounds nothing; that is said beside the advice.
 */
export function roomOf(input: AdviceInput, asked: RoomFor): Room {
  const { resource, wholePod } = asked;
  const limits = input.limits ?? [];
  const ranges = limitRangeRoom(limits, resource, {
    isContainer: !wholePod,
    share: wholePod ? 1 : shareOfPod(resource, input),
  });
  const quotas = quotaRoom(limits, resource, {
    priorityClass: input.facts?.priorityClass,
    terminating: input.facts && Boolean(input.facts.terminating),
    current: asked.current,
    overhead: overheadOf(resource, input),
    ...podsOf(input, asked.pods),
  });
  const node = nodeBound(resource, input);
  return {
    least: ranges.least,
    most: tightest(ranges.most, node, 'most'),
    mostRequest: quotas.mostRequest,
    mostLimit: quotas.mostLimit,
    ratio: ranges.ratio,
    // A default is given before a quota looks.
    limit: ranges.limit ?? quotas.limit,
  };
}

/** Runs of a Job come and go; what is left is for one of them. */
function podsOf(
  input: AdviceInput,
  seen: number,
): { now: number; most: number } {
  if (endsByItself(input) && input.facts?.role !== 'init') {
    return { now: 0, most: 1 };
  }
  const now = Math.max(1, input.facts?.replicas ?? seen);
  const scaled = scalersOf(input.steering ?? []).map(
    ({ maxReplicas }) => maxReplicas,
  );
  return { now, most: Math.max(now, ...scaled) };
}

/** This container's part of what the pod's main containers and sidecars request now. */
function shareOfPod(
  resource: AdvisedResource,
  { spec, facts, limits }: AdviceInput,
): number {
  const requestOf = (of: ResourceSpec) =>
    settingOf(resource, withDefaults(of, limits)).request ?? 0;
  const own = requestOf(spec ?? {});
  const others = (facts?.otherContainers ?? [])
    .filter(({ role }) => role !== 'init')
    .reduce((sum, other) => sum + requestOf(other), 0);
  return facts?.role === 'init' || own + others === 0
    ? 1
    : own / (own + others);
}

function nodeBound(
  resource: AdvisedResource,
  input: AdviceInput,
): Bound | undefined {
  const { node } = input;
  const size = resource === 'cpu' ? node?.cpuCores : node?.memoryBytes;
  if (!node || size === undefined || size <= 0) {
    return undefined;
  }
  const overhead = overheadOf(resource, input);
  const pools = node.nodePools.join(', ');
  const amounts = {
    size: wordAmount(resource, size),
    overhead: wordAmount(resource, overhead),
  };
  return {
    value: Math.max(0, size - overhead),
    code: 'node-size',
    by: pools
      ? wordRoom('largestOfPool', { pools })
      : wordRoom('largestOfCluster'),
    says: nodeSaid(amounts, pools, overhead > 0),
  };
}

function nodeSaid(
  amounts: Record<'size' | 'overhead', string | Worded>,
  pools: string,
  hasOverhead: boolean,
): Worded {
  const { size } = amounts;
  if (hasOverhead) {
    return pools
      ? wordRoom('nodeOfPoolWithOverhead', { ...amounts, pools })
      : wordRoom('nodeOfClusterWithOverhead', amounts);
  }
  return pools
    ? wordRoom('nodeOfPool', { size, pools })
    : wordRoom('nodeOfCluster', { size });
}

/** What a pod takes beside what its containers ask for. */
function overheadOf(
  resource: AdvisedResource,
  { facts }: Pick<AdviceInput, 'facts'>,
): number {
  const { cpuCores = 0, memoryBytes = 0 } = facts?.podOverhead ?? {};
  return resource === 'cpu' ? cpuCores : memoryBytes;
}
