import { divideHalfEven, Micros } from '@headroom/common';
import { GuardBudget } from '../guard/GuardReport';
import { MonthlyRange } from './costEstimate';
import { HOURS_PER_MONTH } from './estimateRequest';

const HOURS_PER_DAY = 24n;

/** What pods take of the rest of a period, and what is left with them; negative = it is overspent. @public */
export interface BudgetTaken {
  takes: Micros;
  left: Micros;
}

/** What is left of the budget of who will own pods, without and with them. @public */
export interface EstimatedBudget extends GuardBudget {
  /** The group whose budget it is: the one that was asked for, or one above it. */
  entityRef: string;
  /** Days of the period that are not over, today among them. */
  daysLeft: number;
  /** With the fewest replicas all the time. */
  fewest: BudgetTaken;
  /** With the most. */
  most: BudgetTaken;
}

/**
 * What is left of a budget with pods that are created today: of their cost a month
 * (730 hours) the part for the days that are left, `monthly × days × 24 / 730`, is
 * taken off. Amounts in one currency; rounded half to even.
 *
 * @public
 */
export function takeFromBudget(
  budget: { left: Micros; daysLeft: number },
  monthly: MonthlyRange,
): Pick<EstimatedBudget, 'fewest' | 'most'> {
  const hours = BigInt(budget.daysLeft) * HOURS_PER_DAY;
  const taken = (micros: Micros): BudgetTaken => {
    const takes = divideHalfEven(
      BigInt(micros) * hours,
      BigInt(HOURS_PER_MONTH),
    );
    return {
      takes: takes.toString(),
      left: (BigInt(budget.left) - takes).toString(),
    };
  };
  return { fewest: taken(monthly.min), most: taken(monthly.max) };
}

/**
 * Whether a budget has room for what is created: `over` without it, with the fewest
 * replicas, or with the most only; `unknown` = what is known has room, but it may
 * cost more or less may be left.
 *
 * @public
 */
export type BudgetRoom =
  | 'overAlready'
  | 'over'
  | 'overAtMost'
  | 'unknown'
  | 'held';

/**
 * @param complete - everything that takes of it has a price
 * @public
 */
export function roomInBudget(
  { left, fewest, most, forecast, atMost }: EstimatedBudget,
  complete: boolean,
): BudgetRoom {
  if (BigInt(left) < 0n) {
    return 'overAlready';
  }
  if (BigInt(fewest.left) < 0n) {
    return 'over';
  }
  if (BigInt(most.left) < 0n) {
    return 'overAtMost';
  }
  // Without a forecast what others will still spend is not taken off.
  return complete && !atMost && forecast !== undefined ? 'held' : 'unknown';
}
