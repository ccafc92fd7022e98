import { AllocationDimension, AllocationItem } from './allocationItem';
import { ShareSplit } from './partsToShare';

/** How to group allocations, and what to do with what belongs to nobody. @public */
export interface AggregateQuery {
  groupBy: readonly AllocationDimension[];
  /**
   * - `separate`: one idle row
   * - `by-cluster`, `by-node`: one idle row each
   * - `share`: idle goes to the groups; only what nobody consumes stays a row
   *
   * Idle of a node is shared on that node, idle of a cluster in that cluster.
   */
  idle: 'separate' | 'share' | 'by-cluster' | 'by-node';
  /** Items everybody pays for: in one of the namespaces, or with one of the label values. */
  share?: {
    namespaces?: readonly string[];
    labels?: Readonly<Record<string, readonly string[]>>;
    /** `even` = the same to each group. */
    split: ShareSplit;
  };
  /** Cost that belongs to no item, e.g. a management fee; shared like shared items. */
  overheadMicros?: bigint;
  /** Applied last, so it doesn't change what the items that are left cost. */
  filter?: (item: AllocationItem) => boolean;
}

/** One group of allocations. @public */
export interface AggregateRow {
  /** Values of the dimensions joined by `/`; of idle {@link IDLE_NAMESPACE}, with cluster and node behind it where asked for. */
  key: string;
  /** Value of each dimension; of an idle row its cluster and node, where asked for. */
  values: string[];
  idle: boolean;
  /** Micros of the group's own items. */
  ownMicros: bigint;
  /** Micros of idle the group carries (`idle: 'share'`). */
  sharedIdleMicros: bigint;
  /** Micros of shared items and overhead the group carries. */
  sharedMicros: bigint;
  /** Sum of the three. */
  totalMicros: bigint;
}

/** Groups in the order of their keys; they sum to the total exactly. @public */
export interface Aggregate {
  rows: AggregateRow[];
  totalMicros: bigint;
}
