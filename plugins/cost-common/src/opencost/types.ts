import { ShareSplit } from '../allocation';
import { ResourceMicros } from '../resources/resources';
import { AggregateKey } from './aggregate';
import { AllocationFilter } from './filter';
import { AllocationProperties } from './properties';
import { AllocationQuantities } from './quantities';

/** Resources whose usage may not have been read. @public */
export type MeasuredResource = 'cpu' | 'memory' | 'gpu';

/**
 * What something was charged in one step.
 *
 * - `tenant`: containers of pods, or costs of a source that belong to none
 * - `unmounted`: volumes that no pod mounted; they carry nothing of others
 * - `idle`: capacity paid and given to nobody
 *
 * @public
 */
export interface AllocationRow {
  kind: 'tenant' | 'unmounted' | 'idle';
  properties: AllocationProperties;
  cost: ResourceMicros;
  quantities: AllocationQuantities;
  /** Start of the first hour and end of the last one, milliseconds since the epoch. */
  start: number;
  end: number;
  /** Of these no usage was read, at least for a part of it: what is summed says nothing. */
  unknownUsage: readonly MeasuredResource[];
}

/** What becomes of idle capacity. @public */
export type IdleTreatment = 'hidden' | 'separate' | 'shared';

/** What everybody pays for. @public */
export interface PaidByAll {
  namespaces: readonly string[];
  /** Name, sanitized, and value; any of them is enough. */
  labels: ReadonlyArray<readonly [name: string, value: string]>;
  /** To be paid beside what the clusters cost, in micros of the step. */
  overhead: bigint;
  /** `even`: the same to each aggregate that costs something. */
  split: ShareSplit;
}

/** What is asked of the rows of a step. @public */
export interface AllocationQuestion {
  /** Absent = each row stands for itself. */
  aggregate?: readonly AggregateKey[];
  filter: AllocationFilter;
  idle: IdleTreatment;
  /** Idle belongs to its node, not to its cluster. */
  idleByNode: boolean;
  /** Idle of a cluster or node is an item of its own. */
  splitIdle: boolean;
  shared: PaidByAll;
}

/** One aggregate of a step or, summed, of a set. @public */
export interface AllocationItem {
  name: string;
  properties: AllocationProperties;
  /** What it was charged itself. */
  cost: ResourceMicros;
  /** Idle that it carries, by resource. */
  idle: ResourceMicros;
  /** What it carries of what everybody pays for. */
  shared: bigint;
  quantities: AllocationQuantities;
  start: number;
  end: number;
  unknownUsage: MeasuredResource[];
}
