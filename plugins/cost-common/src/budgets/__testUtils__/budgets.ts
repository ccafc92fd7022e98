import { addDays, eachDay } from '@headroom/common';
import {
  BudgetDefinition,
  BudgetDefinitionInput,
  budgetDefinitionSchema,
} from '../budgetDefinition';
import { BudgetDay } from '../evaluateBudget';

/** A budget of a calendar month. */
export function budgetOf(
  change: Partial<BudgetDefinitionInput> = {},
): BudgetDefinition {
  return budgetDefinitionSchema.parse({
    scope: { type: 'group', entityRef: 'group:default/shop' },
    period: { type: 'month' },
    amount: '200',
    currency: 'USD',
    ...change,
  });
}

/** Complete days of the same cost in dollars, `end` exclusive. */
export function daysOf(
  start: string,
  end: string,
  dollars: number | ((day: string) => number),
): BudgetDay[] {
  return eachDay(start, end).map(day => ({
    day,
    micros: BigInt(
      Math.round(
        (typeof dollars === 'number' ? dollars : dollars(day)) * 1_000_000,
      ),
    ),
    complete: true,
  }));
}

/** The days before one and that itself, which is not over. */
export function upTo(
  today: string,
  daysBefore: number,
  dollars: number,
): BudgetDay[] {
  return [
    ...daysOf(addDays(today, -daysBefore), today, dollars),
    { day: today, micros: 0n, complete: false },
  ];
}
