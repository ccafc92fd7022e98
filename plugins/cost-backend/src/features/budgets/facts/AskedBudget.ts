import { addDays, calendarDayOf } from '@headroom/common';
import {
  BudgetDefinition,
  budgetPeriodBefore,
  budgetPeriodOf,
} from '@headroom/plugin-cost-common';

/** Days before today that a forecast looks at. */
const LOOK_BACK_DAYS = 57;

/** A budget, and what has to be known of it. */
export interface AskedBudget {
  budget: BudgetDefinition;
  /** In the zone of the budget. */
  today: string;
  zone: string;
  readFrom: string;
  /** First days of the periods whose cost has to be right to the hour. */
  begins: string[];
}

/**
 * @param zone - of the reports, where a budget has none of its own
 * @param triedPeriods - past periods on which the forecast is tried
 */
export function askBudget(
  budget: BudgetDefinition,
  options: { now: Date; zone: string; triedPeriods?: number },
): AskedBudget {
  const zone = budget.period.zone ?? options.zone;
  const today = calendarDayOf(options.now, zone);
  const carried = budget.carryOver === 'none' ? 0 : 1;
  const before = Math.max(options.triedPeriods ?? 0, carried);
  let period = budgetPeriodOf(budget.period, today);
  const begins = [period.start];
  for (let index = 0; index < before; index += 1) {
    period = budgetPeriodBefore(budget.period, period);
    begins.push(period.start);
  }
  const lookBack = addDays(today, -LOOK_BACK_DAYS);
  const first = period.start < lookBack ? period.start : lookBack;
  // In the zone of the reports its first hours may be those of an earlier day.
  return { budget, today, zone, readFrom: addDays(first, -2), begins };
}
