import { budgetOf } from './__testUtils__/budgets';
import { BudgetDefinitionInput } from './budgetDefinition';
import { budgetHierarchy } from './budgetHierarchy';
import { budgetScopeKey } from './budgetScope';

const group = (name: string) => ({
  type: 'group' as const,
  entityRef: `group:default/${name}`,
});
const service = (name: string) => ({
  type: 'service' as const,
  entityRef: `component:default/${name}`,
});
const system = { type: 'system' as const, entityRef: 'system:default/s' };

/** company > shop > web; shop and the system s have web. */
const ABOVE = new Map([
  [budgetScopeKey(group('shop')), [budgetScopeKey(group('company'))]],
  [budgetScopeKey(group('company')), [budgetScopeKey(group('shop'))]],
  [
    budgetScopeKey(service('web')),
    [budgetScopeKey(group('shop')), budgetScopeKey(system)],
  ],
  [budgetScopeKey(service('api')), [budgetScopeKey(group('shop'))]],
]);
const hierarchyOf = (budgets: Record<string, Partial<BudgetDefinitionInput>>) =>
  Object.fromEntries(
    budgetHierarchy(
      Object.entries(budgets).map(([id, change]) => ({
        id,
        budget: budgetOf(change),
      })),
      key => ABOVE.get(key) ?? [],
    ),
  );

describe('budgetHierarchy', () => {
  it('says when children exceed their parent together', () => {
    expect(
      hierarchyOf({
        company: { scope: group('company'), amount: '100' },
        web: { scope: service('web'), amount: '60' },
        api: { scope: service('api'), amount: '40.000001' },
      }),
    ).toEqual({
      company: { ids: ['web', 'api'], total: 100_000_001n, exceeds: true },
    });
  });

  it('is a child of the nearest on each way up, circles notwithstanding', () => {
    expect(
      hierarchyOf({
        company: { scope: group('company'), amount: '100' },
        shop: { scope: group('shop'), amount: '100' },
        system: { scope: system, amount: '10' },
        web: { scope: service('web'), amount: '60' },
      }),
    ).toEqual({
      company: { ids: ['shop'], total: 100_000_000n, exceeds: false },
      shop: { ids: ['company', 'web'], total: 160_000_000n, exceeds: true },
      system: { ids: ['web'], total: 60_000_000n, exceeds: true },
    });
  });

  it('holds nothing together that is of another period, currency or cost', () => {
    expect(
      hierarchyOf({
        company: { scope: group('company'), amount: '1' },
        week: { scope: group('shop'), period: { type: 'week' } },
        euro: { scope: service('web'), currency: 'EUR' },
        billed: { scope: service('api'), cost: { basis: 'billed' } },
      }),
    ).toEqual({});
  });
});
