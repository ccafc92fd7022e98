import { BudgetDefinition, budgetScopeKey } from '@headroom/plugin-cost-common';
import { BillQuestion } from '../../../database/budgets/BudgetCostStore';
import { AskedBudget } from './AskedBudget';

type KeptQuestion = BillQuestion & { keepFrom: string };

/** Each scope once, from the earliest days that any of its budgets asks for. */
export function distinctScopes(
  asked: readonly AskedBudget[],
  systems: ReadonlyMap<string, string[]>,
): {
  questions: KeptQuestion[];
  /** Place of the question of a budget. */
  placeOf: (each: AskedBudget) => number;
} {
  const places = new Map<string, number>();
  const placesOf = new Map<AskedBudget, number>();
  const questions: KeptQuestion[] = [];
  for (const each of asked) {
    const { budget } = each;
    const key = keyOf(budget);
    const place = places.get(key) ?? questions.length;
    placesOf.set(each, place);
    if (place === questions.length) {
      places.set(key, place);
      questions.push(toQuestion(each, systems));
    } else {
      const known = questions[place];
      questions[place] = {
        ...known,
        readFrom: earlier(each.readFrom, known.readFrom),
        keepFrom: earlier(each.keepFrom, known.keepFrom),
      };
    }
  }
  return { questions, placeOf: each => placesOf.get(each) ?? -1 };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function toQuestion(
  { budget: { scope, cost }, readFrom, keepFrom }: AskedBudget,
  systems: ReadonlyMap<string, string[]>,
): KeptQuestion {
  return {
    scope,
    readFrom,
    keepFrom,
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
