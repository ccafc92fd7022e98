import { totalOf } from '../money/resourceMicros';
import { splitExactly } from '@headroom/common';
import { PartToShare, ShareSplit, weightOf } from './partsToShare';

/** In which proportion tenants carry what is shared. */
export class Coefficients {
  readonly #groups: Array<{ members: number[]; weights: bigint[] }>;

  /** Undefined when there is no tenant that could carry anything. */
  static of(
    parts: readonly PartToShare[],
    split: ShareSplit,
  ): Coefficients | undefined {
    const groups = new Map<string, { members: number[]; weights: bigint[] }>();
    parts.forEach((part, i) => {
      if (part.role === 'tenant') {
        const key = split === 'even' ? part.group : '';
        const group = groups.get(key) ?? { members: [], weights: [] };
        group.members.push(i);
        group.weights.push(weightOf(totalOf(part.cost)));
        groups.set(key, group);
      }
    });
    // A group that costs nothing can't carry anything in proportion.
    const carriers = [...groups.values()].filter(({ weights }) =>
      weights.some(weight => weight > 0n),
    );
    return carriers.length > 0 ? new Coefficients(carriers) : undefined;
  }

  private constructor(groups: Array<{ members: number[]; weights: bigint[] }>) {
    this.#groups = groups;
  }

  split(total: bigint, move: (part: number, amount: bigint) => void): void {
    const even = this.#groups.map(() => 1n);
    splitExactly(total, even).forEach((amount, g) => {
      const { members, weights } = this.#groups[g];
      splitExactly(amount, weights).forEach((part, k) =>
        move(members[k], part),
      );
    });
  }
}
