import { budgetDefinitionSchema, budgetSubject } from './budgetDefinition';

const subjectOf = (cost: object) =>
  budgetSubject(
    budgetDefinitionSchema.parse({
      scope: { type: 'group', entityRef: 'group:default/shop' },
      period: { type: 'month' },
      amount: '100',
      currency: 'USD',
      cost,
    }),
  );

it('takes budgets for the same whose costs are of one basis', () => {
  const allocated = subjectOf({ basis: 'allocated' });
  expect(subjectOf({ basis: 'allocated', idle: 'shared' })).toBe(allocated);
  const billed = subjectOf({ basis: 'billed' });
  expect(subjectOf({ basis: 'billed', tax: false })).toBe(billed);
  expect(
    new Set([allocated, billed, subjectOf({ basis: 'effective' })]).size,
  ).toBe(3);
});
