import { powerOfTen, splitExactly } from '@headroom/common';
import { Decimal } from '../bill/Decimal';

/** Of one resource: what it was estimated to cost, and how much it was. @public */
export interface SplitUse {
  /** `CPU` in core-hours, `Memory` in GiB-hours, `GPU` in device-hours. */
  unit: string;
  quantity: number;
  /** At estimated prices, in any one currency. */
  micros: bigint;
}

/** Who had a part of a machine, or of machines of one kind together, in the days that are billed. @public */
export interface SplitShare {
  /**
   * `idle` is capacity that nobody asked for, `unallocated` what workloads of no
   * service had: FOCUS knows no resource that either is allocated to.
   */
  to: 'service' | 'workload' | 'idle' | 'unallocated';
  /** The service or the workload; absent for the others. */
  id?: string;
  name?: string;
  /** The service, an entity reference. */
  entityRef?: string;
  /** Of what it is allocated to: its service, owner and system. */
  tags: Readonly<Record<string, string>>;
  uses: readonly SplitUse[];
}

/** A share as a part of one, with what the part is made of. @public */
export interface SplitPart {
  share: Omit<SplitShare, 'uses'>;
  /** Above 0. */
  ratio: Decimal;
  /** Their ratios sum to that of the part. */
  uses: ReadonlyArray<{ unit?: string; quantity?: number; ratio: Decimal }>;
}

/** Digits after the point of a ratio. */
const SCALE = 12;
const ONE = powerOfTen(SCALE);

/**
 * Which part of a charge of a machine each share gets: as they were estimated, of which
 * a share that was credited more than it used is none. The ratios are decimals that
 * sum to exactly 1, so that whatever is multiplied with them sums to itself. Where
 * nothing was estimated, all of it is `unallocated`: it is never lost. Shares that
 * come to less than 10^-12 are left out.
 *
 * With $60.00 of service a, of which $45.00 were CPU and $15.00 memory, $30.00 of b
 * and $10.00 idle: 0.6 = 0.45 + 0.15, 0.3 and 0.1.
 *
 * @public
 */
export function splitRatios(shares: readonly SplitShare[]): SplitPart[] {
  const weights = shares.map(({ uses }) =>
    positive(uses.reduce((sum, { micros }) => sum + micros, 0n)),
  );
  if (weights.every(weight => weight === 0n)) {
    const ratio = { digits: ONE, scale: SCALE };
    return [
      { share: { to: 'unallocated', tags: {} }, ratio, uses: [{ ratio }] },
    ];
  }
  return splitExactly(ONE, weights).flatMap((digits, index) => {
    const { uses, ...share } = shares[index];
    return digits === 0n
      ? []
      : [
          {
            share,
            ratio: { digits, scale: SCALE },
            uses: partsOf(digits, uses),
          },
        ];
  });
}

function partsOf(whole: bigint, uses: readonly SplitUse[]): SplitPart['uses'] {
  return splitExactly(
    whole,
    uses.map(({ micros }) => positive(micros)),
  ).flatMap((digits, index) => {
    const { unit, quantity } = uses[index];
    return digits === 0n
      ? []
      : [{ unit, quantity, ratio: { digits, scale: SCALE } }];
  });
}

function positive(micros: bigint): bigint {
  return micros > 0n ? micros : 0n;
}
