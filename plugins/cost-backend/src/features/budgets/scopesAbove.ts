import { budgetScopeKey } from '@headroom/plugin-cost-common';
import { Relations } from '../../database/budgets/BudgetScopeStore';

/**
 * What a service or group falls under, as keys of scopes: itself, its owners and the
 * groups above them, its system and the domain of that. Of a group the nearest come
 * first.
 *
 * @param systems - by the reference of their domain
 */
export function scopesAbove(
  entityRef: string,
  { groups, services }: Relations,
  systems: ReadonlyMap<string, string[]>,
): Set<string> {
  const service = services.find(({ ref }) => ref === entityRef);
  const parents = new Map(groups.map(each => [each.ref, each.parents]));
  const refs = new Set(service ? service.owners : [entityRef]);
  // What is added while it goes on is visited, too.
  for (const ref of refs) {
    parents.get(ref)?.forEach(parent => refs.add(parent));
  }
  const keys = [...refs].map(ref =>
    budgetScopeKey({ type: 'group', entityRef: ref }),
  );
  if (service) {
    keys.push(budgetScopeKey({ type: 'service', entityRef }));
  }
  const { system } = service ?? {};
  if (system !== undefined) {
    keys.push(budgetScopeKey({ type: 'system', entityRef: system }));
    for (const [domain, all] of systems) {
      if (all.includes(system)) {
        keys.push(budgetScopeKey({ type: 'domain', entityRef: domain }));
      }
    }
  }
  return new Set(keys);
}
