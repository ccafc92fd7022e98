import { splitExactly } from '@headroom/common';
import { ShareSplit } from '../allocation';
import { totalOf } from '../money/resourceMicros';
import { atLeastZero } from './IdleShares';
import { AllocationRow } from './types';

/** Who carries what everybody pays for, and in which proportion. */
export class Carriers {
  readonly #groups: Array<{ members: number[]; weights: bigint[] }>;

  /**
   * By what each costs before idle is divided (OpenCost `AggregateBy`).
   *
   * @param isCarrier - by row
   * @param nameOf - the aggregate of a row; with `even` each carries the same
   */
  static of(
    rows: readonly AllocationRow[],
    isCarrier: readonly boolean[],
    nameOf: (index: number) => string,
    split: ShareSplit,
  ): Carriers {
    const groups = new Map<string, { members: number[]; weights: bigint[] }>();
    rows.forEach(({ cost }, i) => {
      if (isCarrier[i]) {
        const key = split === 'even' ? nameOf(i) : '';
        const group = groups.get(key) ?? { members: [], weights: [] };
        group.members.push(i);
        group.weights.push(atLeastZero(totalOf(cost)));
        groups.set(key, group);
      }
    });
    return new Carriers(
      [...groups.values()].filter(({ weights }) =>
        weights.some(weight => weight > 0n),
      ),
    );
  }

  private constructor(groups: Array<{ members: number[]; weights: bigint[] }>) {
    this.#groups = groups;
  }

  /** Nobody costs anything, so nobody can carry anything. */
  get isEmpty(): boolean {
    return this.#groups.length === 0;
  }

  /** Divides an amount exactly; `carry` is told of each part. */
  split(total: bigint, carry: (index: number, amount: bigint) => void): void {
    if (total === 0n) {
      return;
    }
    const even = this.#groups.map(() => 1n);
    splitExactly(total, even).forEach((amount, g) => {
      const { members, weights } = this.#groups[g];
      splitExactly(amount, weights).forEach((part, k) =>
        carry(members[k], part),
      );
    });
  }
}
