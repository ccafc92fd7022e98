import { addDays, calendarDayOf, DaySpan } from '@headroom/common';
import {
  BudgetDefinition,
  budgetPeriodBefore,
  budgetPeriodOf,
  closedPeriodOf,
} from '@headroom/plugin-cost-common';

/** Days before today that a forecast looks at. */
const LOOK_BACK_DAYS = 57;

/** Past periods on which a page tries the forecast. */
export const TRIED_PERIODS = 3;

/** A budget, and what has to be known of it. */
export interface AskedBudget {
  budget: BudgetDefinition;
  /** In the zone of the budget. */
  today: string;
  zone: string;
  readFrom: string;
  /** From which on a page asks. */
  keepFrom: string;
  /** First days of the periods whose cost has to be right to the hour. */
  begins: string[];
}

/**
 * @param zone - of the reports, where a budget has none of its own
 * @param triedPeriods - past periods on which the forecast is tried
 * @param withClosed - how the period before ended is wanted, too
 */
export function askBudget(
  budget: BudgetDefinition,
  options: {
    now: Date;
    zone: string;
    triedPeriods?: number;
    withClosed?: boolean;
  },
): AskedBudget {
  const zone = budget.period.zone ?? options.zone;
  const today = calendarDayOf(options.now, zone);
  const carried = budget.carryOver === 'none' ? 0 : 1;
  const closed = options.withClosed && closedPeriodOf(budget, today) ? 1 : 0;
  const before = Math.max(options.triedPeriods ?? 0, closed + carried);
  const current = budgetPeriodOf(budget.period, today);
  const periods = [current];
  while (periods.length <= Math.max(before, TRIED_PERIODS)) {
    periods.push(
      budgetPeriodBefore(budget.period, periods[periods.length - 1]),
    );
  }
  const lookBack = addDays(today, -LOOK_BACK_DAYS);
  const readFrom = ({ start }: DaySpan) =>
    // In the zone of the reports its first hours may be those of an earlier day.
    addDays(start < lookBack ? start : lookBack, -2);
  return {
    budget,
    today,
    zone,
    readFrom: readFrom(periods[before]),
    keepFrom: readFrom(periods[Math.max(before, TRIED_PERIODS)]),
    begins: periods.slice(0, before + 1).map(({ start }) => start),
  };
}
