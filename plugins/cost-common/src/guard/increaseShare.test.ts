import fc from 'fast-check';
import { MicrosRange } from './GuardCosts';
import { increaseShareOf } from './increaseShare';

const rowOf = ([before, after]: [MicrosRange, MicrosRange]) => ({
  before: { monthly: before, unknown: [] },
  after: { monthly: after, unknown: [] },
});

describe('increaseShareOf', () => {
  it('is of the load at which the increase is', () => {
    const row = rowOf([
      { min: 2n, max: 10n },
      { min: 20n, max: 20n },
    ]);
    expect(increaseShareOf([row], 'max')).toEqual({ more: 18n, paid: 2n });
    expect(increaseShareOf([row], 'min')).toEqual({ more: 10n, paid: 10n });
  });

  it('leaves out a load at which nothing was paid', () => {
    const row = rowOf([
      { min: 0n, max: 10n },
      { min: 5n, max: 12n },
    ]);
    expect(increaseShareOf([row], 'max')).toEqual({ more: 2n, paid: 10n });
    const none = rowOf([
      { min: 0n, max: 0n },
      { min: 5n, max: 12n },
    ]);
    expect(increaseShareOf([none], 'max').paid).toBe(0n);
  });

  it('is the greatest and the least of all loads of all rows', () => {
    const range = fc
      .tuple(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 0n, max: 50n }))
      .map(([min, more]): MicrosRange => ({ min, max: min + more }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(range, range), { minLength: 1, maxLength: 5 }),
        pairs => {
          const all = pairs.reduce(
            (sums, [before, after]) =>
              sums.flatMap(({ more, paid }) =>
                (['min', 'max'] as const).map(end => ({
                  more: more + after[end] - before[end],
                  paid: paid + before[end],
                })),
              ),
            [{ more: 0n, paid: 0n }],
          );
          const rows = pairs.map(rowOf);
          const most = increaseShareOf(rows, 'max');
          const least = increaseShareOf(rows, 'min');
          for (const { more, paid } of all) {
            expect(more * most.paid <= most.more * paid).toBe(true);
            expect(more * least.paid >= least.more * paid).toBe(true);
          }
        },
      ),
    );
  });
});
