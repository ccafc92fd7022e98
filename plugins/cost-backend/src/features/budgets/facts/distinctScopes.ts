import { BudgetDefinition, budgetScopeKey } from '@headroom/plugin-cost-common';
import { BillQuestion } from '../../../database/budgets/BudgetCostStore';
import { AskedBudget } from './AskedBudget';

/** Each scope once, from the earliest day that any of its budgets asks for. */
export function distinctScopes(
  asked: readonly AskedBudget[],
  systems: ReadonlyMap<string, string[]>,
): {
  questions: BillQuestion[];
  /** Place of the question of a budget. */
  placeOf: (each: AskedBudget) => number;
} {
  const places = new Map<string, number>();
  const placesOf = new Map<AskedBudget, number>();
  const questions: BillQuestion[] = [];
  for (const each of asked) {
    const { budget, readFrom } = each;
    const key = keyOf(budget);
    const place = places.get(key) ?? questions.length;
    placesOf.set(each, place);
    if (place === questions.length) {
      places.set(key, place);
      questions.push(toQuestion(each, systems));
    } else if (readFrom < questions[place].readFrom) {
      questions[place] = { ...questions[place], readFrom };
    }
  }
  return { questions, placeOf: each => placesOf.get(each) ?? -1 };
}

function toQuestion(
  { budget: { scope, cost }, readFrom }: AskedBudget,
  systems: ReadonlyMap<string, string[]>,
): BillQuestion {
  return {
    scope,
    readFrom,
    ...(scope.type === 'domain' && {
      systems: systems.get(scope.entityRef) ?? [],
    }),
    tax: cost.basis === 'allocated' || cost.tax,
    credits: cost.basis === 'allocated' || cost.credits,
  };
}

function keyOf({ scope, cost }: BudgetDefinition): string {
  return cost.basis === 'allocated'
    ? budgetScopeKey(scope)
    : `${budgetScopeKey(scope)} ${cost.tax} ${cost.credits}`;
}
