import { BUDGET_STATES, BudgetRow } from '@headroom/plugin-cost-common';
import fc from 'fast-check';
import { pageOfBudgets, PageRequest } from './pageOfBudgets';

const ALL: PageRequest = { sort: 'state', order: 'asc', offset: 0, limit: 100 };

function row(
  id: string,
  standing?: { spent: string; limit: string; forecast?: string },
  more: Partial<BudgetRow> = {},
): BudgetRow {
  return {
    id,
    origin: 'page',
    budget: {
      scope: { type: 'group', entityRef: `group:default/${id}` },
      period: { type: 'month', day: 1 },
      amount: '1',
      currency: 'USD',
      cost: { basis: 'allocated', idle: 'separate' },
      carryOver: 'none',
      thresholds: [],
      notify: [],
    },
    ...(standing && {
      status: {
        evaluatedAt: '2026-10-07T08:00:00.000Z',
        start: '2026-10-01',
        end: '2026-11-01',
        today: '2026-10-07',
        amount: standing.limit,
        carried: '0',
        limit: standing.limit,
        spent: standing.spent,
        incompleteDays: 0,
        projection: standing.forecast
          ? {
              status: 'ok',
              total: standing.forecast,
              low: standing.forecast,
              high: standing.forecast,
              confidence: 0.8,
              completeDays: 20,
            }
          : { status: 'not-yet', reason: 'Too early.' },
        thresholds: [],
      },
    }),
    notified: [],
    isEditable: true,
    ...more,
  };
}

const idsOf = (rows: readonly BudgetRow[], request: Partial<PageRequest>) =>
  pageOfBudgets(rows, { ...ALL, ...request }).page.map(({ id }) => id);

describe('pageOfBudgets', () => {
  const rows = [
    row('pending'),
    row('overruled', undefined, { overruledBy: 'half' }),
    row('half', { spent: '500000000', limit: '1000000000' }),
    row('failed', undefined, { problem: 'No bill was read yet' }),
    row('over', { spent: '3000000', limit: '2000000' }),
    row('rising', { spent: '1', limit: '2000000', forecast: '2500000' }),
    row('of-nothing', { spent: '1', limit: '0' }),
    row('nothing-yet', { spent: '0', limit: '0' }),
  ];

  it('puts the worst first, and of those that stand alike the furthest', () => {
    expect(idsOf(rows, {})).toEqual([
      'of-nothing',
      'over',
      'rising',
      'failed',
      'pending',
      'half',
      'nothing-yet',
      'overruled',
    ]);
  });

  it('goes by the share that is spent, then by the forecast, and puts the unknown last in either order', () => {
    expect(idsOf(rows, { sort: 'spent', order: 'desc' })).toEqual([
      'of-nothing',
      'over',
      'half',
      'rising',
      'nothing-yet',
      'pending',
      'overruled',
      'failed',
    ]);
    expect(idsOf(rows, { sort: 'forecast', order: 'asc', limit: 2 })).toEqual([
      'rising',
      'failed',
    ]);
    const ahead = (id: string, forecast: string) =>
      row(id, { spent: '1', limit: '10', forecast });
    expect(
      idsOf([ahead('calm', '2'), ahead('fast', '9')], {
        sort: 'spent',
        order: 'desc',
      }),
    ).toEqual(['fast', 'calm']);
  });

  it('counts what stands how on all pages, whatever state is asked for', () => {
    const { page, totalRows, states } = pageOfBudgets(rows, {
      ...ALL,
      state: 'over',
      limit: 1,
    });
    expect(page.map(({ id }) => id)).toEqual(['of-nothing']);
    expect(totalRows).toBe(2);
    expect(states).toEqual({
      over: 2,
      forecast: 1,
      unknown: 1,
      pending: 1,
      ok: 2,
      overruled: 1,
    });
  });

  it('finds text in the name and in what a budget is for, whatever the case', () => {
    const titled = row('x', undefined, {
      budget: { ...row('x').budget, title: 'Machine Learning' },
    });
    expect(idsOf([...rows, titled], { q: 'machine l' })).toEqual(['x']);
    expect(idsOf([...rows, titled], { q: 'DEFAULT/HALF' })).toEqual(['half']);
    expect(pageOfBudgets(rows, { ...ALL, q: 'none such' })).toEqual({
      page: [],
      totalRows: 0,
      states: {},
    });
  });

  it('has every budget on exactly one page, in an order that its key decides', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount, fc.option(amount))),
        fc.constantFrom('state', 'spent', 'limit', 'forecast', 'budget'),
        fc.constantFrom('asc', 'desc'),
        fc.integer({ min: 1, max: 7 }),
        (all, sort, order, limit) => {
          const many = all.map(([spent, most, forecast], index) =>
            row(
              `b${index}`,
              forecast === null ? undefined : { spent, limit: most, forecast },
            ),
          );
          const request = { ...ALL, sort, order } as PageRequest;
          const whole = idsOf(many, { ...request, limit: 1000 });
          const paged = Array.from(
            { length: Math.ceil(many.length / limit) },
            (_, index) =>
              idsOf(many, { ...request, offset: index * limit, limit }),
          ).flat();
          expect(paged).toEqual(whole);
          expect([...whole].sort()).toEqual(many.map(({ id }) => id).sort());
          const counted = BUDGET_STATES.map(
            state => pageOfBudgets(many, { ...request, state }).totalRows,
          );
          expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
            many.length,
          );
        },
      ),
    );
  });
});
