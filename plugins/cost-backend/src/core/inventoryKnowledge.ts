import { NAMESPACE_LIMIT_KINDS, Steering, WorkloadRef } from '@headroom/common';
import { InventoryState } from '../database/inventoryStates';
import { EXPIRES_MS } from '../database/InventoryStore';

/** How much of a cluster's inventory advice may stand on. */
export interface InventoryKnowledge {
  /** The workloads' own facts: replicas, containers, heaps. */
  facts: boolean;
  /** What steers them; never true of a reading that left a kind out. */
  steering: boolean;
  /** LimitRanges and ResourceQuotas; absent = those were not read. */
  limits?: true;
  /** Namespaces whose limits aren't known even so, because they have too many. */
  limitsUnclear?: string[];
  /** Workloads whose steering isn't known even so, because they, or what steers them, are malformed. */
  unclear?: WorkloadRef[];
}

/**
 * What may still be believed of a cluster at `now`. A reading that is a day old
 * says nothing about what steers a workload today; its facts go with it.
 */
export function knowledgeOf(
  state: InventoryState | undefined,
  now: Date,
): InventoryKnowledge {
  const fresh =
    state?.readAt !== undefined &&
    Math.abs(now.getTime() - Date.parse(state.readAt)) <= EXPIRES_MS;
  if (!fresh) {
    return { facts: false, steering: false };
  }
  const unread = state.unreadable.filter(({ object }) => object === undefined);
  const unclear = state.unreadable.flatMap(({ target }) => target ?? []);
  const limitsUnclear = state.unreadable
    .filter(isAboutLimits)
    .flatMap(({ object }) => object ?? []);
  return {
    facts: true,
    steering: unread.every(isAboutLimits),
    ...(state.limitsKnown &&
      !unread.some(isAboutLimits) && { limits: true as const }),
    ...(limitsUnclear.length > 0 && { limitsUnclear }),
    ...(unclear.length > 0 && { unclear }),
  };
}

/** Whether what could not be read limits what pods may ask for, rather than steers them. */
export function isAboutLimits({ kind }: { kind: string }): boolean {
  return NAMESPACE_LIMIT_KINDS.some(known => known === kind);
}

const STEERING_KINDS: readonly string[] = [
  'HorizontalPodAutoscaler',
  'VerticalPodAutoscaler',
  'ScaledObject',
] satisfies Array<Steering['kind']>;

/** Whether what could not be read steers workloads, rather than being one, its pod or its node. */
export function isAboutSteering({ kind }: { kind: string }): boolean {
  return STEERING_KINDS.includes(kind);
}

/** Whether it is known what a namespace lets pods ask for. */
export function areLimitsKnown(
  { limits, limitsUnclear = [] }: InventoryKnowledge,
  namespace: string,
): boolean {
  return limits === true && !limitsUnclear.includes(namespace);
}

/** Whether it is known what steers a workload. */
export function isSteeringKnown(
  { steering, unclear = [] }: InventoryKnowledge,
  { namespace, kind, name }: WorkloadRef,
): boolean {
  return (
    steering &&
    !unclear.some(
      each =>
        each.name === name &&
        each.namespace === namespace &&
        each.kind === kind,
    )
  );
}
