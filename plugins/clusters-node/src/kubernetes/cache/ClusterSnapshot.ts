import { Worded } from '@headroom/common';
import { CachedObject, CacheState, UnreadableObject } from './CacheState';
import {
  CachedAutoscaler,
  CachedBudget,
  CachedNamespace,
  CachedScaledObject,
  CachedWorkload,
} from './projections/types';

/** The kinds of objects that a controller follows, and what is kept of them. @public */
export interface ClusterObjects {
  deployments: CachedWorkload;
  statefulSets: CachedWorkload;
  cronJobs: CachedWorkload;
  rollouts: CachedWorkload;
  autoscalers: CachedAutoscaler;
  scaledObjects: CachedScaledObject;
  budgets: CachedBudget;
  namespaces: CachedNamespace;
}

/** @public */
export type ClusterKind = keyof ClusterObjects;

/** What is known of one kind of object. @public */
export interface KindKnowledge {
  kind: ClusterKind;
  /** Its name in paths, e.g. `horizontalpodautoscalers`. */
  resource: string;
  state: CacheState;
  /** How many objects are held. */
  count: number;
  /**
   * Milliseconds since the API server last said something of it, be it that
   * nothing changed; absent when it never did.
   */
  ageMs?: number;
}

/** How many objects of each kind there were. @public */
export type InventoryCounts = Readonly<Partial<Record<ClusterKind, number>>>;

/**
 * Why nothing may be done by an inventory:
 *
 * - `empty`: a cluster has no namespace, or no workload at all.
 * - `failed`: nothing of a kind was ever read.
 * - `partial`: some kinds are not known, as the account may not read them.
 * - `stale`: what is held is too old.
 * - `shrunken`: much less than there was a short while ago.
 *
 * @public
 */
export interface InventoryDoubt extends Worded {
  reason: 'empty' | 'failed' | 'partial' | 'stale' | 'shrunken';
  /** Absent when it is of the inventory as a whole. */
  kind?: ClusterKind;
}

/** Whether something may be done by what is held. @public */
export type InventoryTrust =
  | { trustworthy: true }
  | { trustworthy: false; doubts: readonly InventoryDoubt[] };

/**
 * What a cluster has, as it is held at one moment. It doesn't change any more; what
 * it holds is shared and must not be changed.
 *
 * @public
 */
export interface ClusterSnapshot {
  cluster: string;
  /** ISO 8601 UTC: when it was taken. */
  at: string;
  objects: {
    readonly [kind in ClusterKind]: ReadonlyArray<
      CachedObject<ClusterObjects[kind]>
    >;
  };
  /**
   * Objects that could not be read, custom resources as a rule: what they say of
   * whatever they steer is not known.
   */
  unreadable: ReadonlyArray<UnreadableObject & { kind: ClusterKind }>;
  knowledge: { readonly [kind in ClusterKind]: KindKnowledge };
  counts: InventoryCounts;
  /** The most there was of each kind a short while ago; absent = not known. */
  previous?: InventoryCounts;
  /** Uids of objects that were written and are not held as they are by now. */
  behind: ReadonlySet<string>;
  trust: InventoryTrust;
}
