import { Said } from '@headroom/common';

/**
 * What is paid: from the fewest replicas all month to the most. A difference: from the
 * least to the most that it may be. Micros.
 *
 * @public
 */
export interface MicrosRange {
  min: bigint;
  max: bigint;
}

/** What something costs a month on one side of a change. @public */
export interface GuardSide {
  /** Of what has a price. */
  monthly: MicrosRange;
  /** What has none; with any of it `monthly` is the least that it costs. */
  unknown: Said[];
  /** How its pods are counted. */
  scaling?: Said;
  /** Why volumes of pods that a change takes away are in it. */
  kept?: Said;
}

/** What something costs before and after a change. @public */
export interface GuardRow {
  /** `Deployment shop/web`, `aws_instance.web`. */
  name: string;
  /** `same`: nothing that decides its cost was changed. */
  status: 'added' | 'removed' | 'changed' | 'same';
  /** Absent = it is not there, or nothing is known of before. */
  before?: GuardSide;
  /** Of what is removed: the volumes that stay; absent = there is nothing of it. */
  after?: GuardSide;
  /**
   * After − before at one load, of what has a price: least first, be it with the fewest
   * replicas or with the most. Absent = nothing is known of before.
   */
  difference?: MicrosRange;
}

/**
 * What a change costs. Of `before`, `after` and `difference` each is the sum of its
 * rows to the micro, and what isn't known is in none of them.
 *
 * @public
 */
export interface GuardCosts {
  source: 'manifests' | 'infracost';
  currency: string;
  rows: GuardRow[];
  /** Absent = nothing is known of before. */
  before?: MicrosRange;
  after: MicrosRange;
  /** Absent = nothing is known of before. */
  difference?: MicrosRange;
  /** What isn't known on either side, and of what; of Infracost also its own counts. */
  unknown: Array<{ name?: string; side: 'before' | 'after'; said: Said }>;
  /** How many things that isn't known of. */
  unknownCount: number;
  /** Something that isn't known makes the difference greater, or smaller, than it is told. */
  differenceOpen: { above: boolean; below: boolean };
  /** Something of it isn't known, so that it may be more. */
  beforeOpen: boolean;
  afterOpen: boolean;
  /** What to know beside the figures. */
  remarks: Said[];
}

/** @internal */
export const NOTHING: MicrosRange = { min: 0n, max: 0n };

/** @internal */
export function addRanges(a: MicrosRange, b: MicrosRange): MicrosRange {
  return { min: a.min + b.min, max: a.max + b.max };
}

/**
 * How much more is paid after than before. Both are at the same load, so that the fewest
 * replicas are compared with the fewest and the most with the most; where a change takes
 * an autoscaler away, it is with the fewest that it costs the most more.
 *
 * @internal
 */
export function differenceOf(
  before: MicrosRange,
  after: MicrosRange,
): MicrosRange {
  const fewest = after.min - before.min;
  const most = after.max - before.max;
  return fewest <= most
    ? { min: fewest, max: most }
    : { min: most, max: fewest };
}
