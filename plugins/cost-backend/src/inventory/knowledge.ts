import { WorkloadRef } from '@headroom/plugin-cost-common';
import { InventoryState } from '../database/InventoryStore';

/** What was read longer ago than this, or by a clock this far ahead, is no longer what is. */
export const EXPIRES_MS = 24 * 3_600_000;

/** How much of a cluster's inventory advice may stand on. */
export interface InventoryKnowledge {
  /** The workloads' own facts: replicas, containers, heaps. */
  facts: boolean;
  /** What steers them; never true of a reading that left a kind out. */
  steering: boolean;
  /** Those of which it isn't known all the same: an object that steers them is malformed. */
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
  const unclear = state.unreadable.flatMap(({ target }) => target ?? []);
  return {
    facts: true,
    steering: state.unreadable.every(({ object }) => object !== undefined),
    ...(unclear.length > 0 && { unclear }),
  };
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
