import { budgetHierarchy, budgetScopeKey } from '@headroom/plugin-cost-common';
import { Relations } from '../../database/budgets/BudgetScopeStore';
import { ListedBudget } from './collectBudgets';

/** Which budgets that count are below which, by what the catalog says is above what. */
export function hierarchyOf(
  budgets: readonly ListedBudget[],
  { groups, services }: Relations,
  systems: ReadonlyMap<string, string[]>,
) {
  const above = new Map<string, string[]>();
  const group = (entityRef: string) =>
    budgetScopeKey({ type: 'group', entityRef });
  for (const { ref, parents } of groups) {
    above.set(group(ref), parents.map(group));
  }
  for (const { ref, owners, system } of services) {
    above.set(budgetScopeKey({ type: 'service', entityRef: ref }), [
      ...owners.map(group),
      ...(system
        ? [budgetScopeKey({ type: 'system', entityRef: system })]
        : []),
    ]);
  }
  for (const [domain, all] of systems) {
    for (const system of all) {
      const key = budgetScopeKey({ type: 'system', entityRef: system });
      above.set(key, [
        ...(above.get(key) ?? []),
        budgetScopeKey({ type: 'domain', entityRef: domain }),
      ]);
    }
  }
  return budgetHierarchy(
    budgets.filter(({ overruledBy }) => overruledBy === undefined),
    key => above.get(key) ?? [],
  );
}
