import { decimalToMicros } from '@headroom/common';
import { BudgetDefinition } from './budgetDefinition';
import { budgetScopeKey } from './budgetScope';

/** A budget among others. @public */
export interface PlacedBudget {
  id: string;
  budget: BudgetDefinition;
}

/** Budgets directly below one, and what they come to together, in micros. @public */
export interface BudgetChildren {
  ids: string[];
  total: bigint;
  /** Together they are more than the budget above them. */
  exceeds: boolean;
}

/**
 * Finds the budgets below each other. A budget is a child of the nearest one above it
 * of the same period, currency and basis of cost: groups above a group, the owners and
 * the system of a service, the domain of a system. What has several above it is a child
 * of the nearest on each way up.
 *
 * @param above - what is directly above a scope, by `budgetScopeKey`
 * @returns by the id of the budget above; budgets without children are absent.
 * @public
 */
export function budgetHierarchy(
  budgets: readonly PlacedBudget[],
  above: (scopeKey: string) => readonly string[],
): Map<string, BudgetChildren> {
  const byPlace = new Map<string, PlacedBudget>();
  for (const placed of budgets) {
    byPlace.set(placeOf(placed.budget), placed);
  }
  const children = new Map<string, PlacedBudget[]>();
  for (const child of budgets) {
    for (const parent of nearestAbove(child, byPlace, above)) {
      const siblings = children.get(parent.id) ?? [];
      siblings.push(child);
      children.set(parent.id, siblings);
    }
  }
  return new Map(
    budgets.flatMap(({ id, budget }) => {
      const below = children.get(id);
      if (!below) {
        return [];
      }
      const total = below.reduce(
        (sum, each) => sum + decimalToMicros(each.budget.amount),
        0n,
      );
      return [
        [
          id,
          {
            ids: below.map(each => each.id),
            total,
            exceeds: total > decimalToMicros(budget.amount),
          },
        ] as const,
      ];
    }),
  );
}

function nearestAbove(
  child: PlacedBudget,
  byPlace: ReadonlyMap<string, PlacedBudget>,
  above: (scopeKey: string) => readonly string[],
): Set<PlacedBudget> {
  const found = new Set<PlacedBudget>();
  const seen = new Set([budgetScopeKey(child.budget.scope)]);
  const open = [...seen];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const parentKey of above(key)) {
      if (!seen.has(parentKey)) {
        seen.add(parentKey);
        const parent = byPlace.get(placeOf(child.budget, parentKey));
        if (parent) {
          found.add(parent);
        } else {
          open.push(parentKey);
        }
      }
    }
  }
  return found;
}

/** Equal for budgets that can be held against each other, at a scope. */
function placeOf(
  { scope, period, currency, cost }: BudgetDefinition,
  scopeKey = budgetScopeKey(scope),
): string {
  return JSON.stringify([scopeKey, period, currency, cost.basis]);
}
