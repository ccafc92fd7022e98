import { FleetCostReport } from '@headroom/plugin-cost-common';
import { GroupSums } from '../../database/MoneyStore';
import { pairs } from './breakdowns';
import { noSums, totalOfSums } from '../../database/sums';

const MAX_MOVERS = 10;

/**
 * Services whose cost changed most, largest change first. Over the days that both
 * windows have, so that a day that is not over is no fall.
 */
export function moversOf(groups: GroupSums[]): FleetCostReport['movers'] {
  return pairs(groups, 'mover')
    .filter(({ kind }) => kind === 'normal')
    .map(({ values: [entityRef], title, compared: { current, previous } }) => {
      const total = totalOfSums(current ?? noSums());
      const previousTotal = totalOfSums(previous ?? noSums());
      return {
        entityRef,
        label: title ?? entityRef,
        total,
        previousTotal,
        change: total - previousTotal,
      };
    })
    .filter(({ change }) => change !== 0n)
    .sort((a, b) => {
      const difference = size(b.change) - size(a.change);
      if (difference === 0n) {
        return a.entityRef < b.entityRef ? -1 : 1;
      }
      return difference > 0n ? 1 : -1;
    })
    .slice(0, MAX_MOVERS)
    .map(({ entityRef, label, total, previousTotal, change }) => ({
      entityRef,
      label,
      total: total.toString(),
      previousTotal: previousTotal.toString(),
      change: change.toString(),
    }));
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
