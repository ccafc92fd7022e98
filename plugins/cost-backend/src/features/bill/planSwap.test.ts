import { planSwap } from './planSwap';

function months(of: Record<string, Record<string, number>>) {
  return Object.entries(of).flatMap(([name, charges]) =>
    Object.entries(charges).map(([month, count]) => ({
      name,
      account: '999',
      period: `2026-${month}-01`,
      charges: count,
    })),
  );
}

describe('planSwap', () => {
  it('replaces what is gone by as many charges, and leaves months that become less', () => {
    const plan = planSwap({
      waiting: ['october-2', 'november-2'],
      gone: ['october', 'november', 'september'],
      months: {
        waiting: months({ 'october-2': { 10: 5 }, 'november-2': { 11: 1 } }),
        stored: months({
          october: { 10: 5 },
          november: { 11: 2 },
          september: { 9: 1 },
        }),
      },
    });
    expect(plan).toEqual({ put: ['october-2'], remove: ['october'] });
  });

  it('looks at all that share months, directly or not', () => {
    const of = (last: number) =>
      planSwap({
        waiting: ['a', 'b'],
        gone: ['old'],
        months: {
          waiting: months({ a: { 9: 9, 10: 3 }, b: { 10: 1, 11: last } }),
          stored: months({ old: { 10: 4, 11: 2 } }),
        },
      });
    expect(of(1)).toEqual({ put: [], remove: [] });
    expect(of(2)).toEqual({ put: ['b', 'a'], remove: ['old'] });
  });

  it('tells accounts apart', () => {
    const [mine] = months({ new: { 10: 1 } });
    const [old] = months({ old: { 10: 1 } });
    const plan = planSwap({
      waiting: ['new'],
      gone: ['old'],
      months: { waiting: [mine], stored: [{ ...old, account: '888' }] },
    });
    expect(plan).toEqual({ put: ['new'], remove: [] });
  });

  it('lets a delivery replace what it was itself, by fewer charges too', () => {
    const plan = planSwap({
      waiting: ['october'],
      gone: [],
      months: {
        waiting: months({ october: { 10: 1 } }),
        stored: months({ october: { 10: 2 } }),
      },
    });
    expect(plan).toEqual({ put: ['october'], remove: [] });
  });
});
