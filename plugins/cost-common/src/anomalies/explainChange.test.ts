import fc from 'fast-check';
import { explainChange } from './explainChange';

const amount = (micros: bigint, quantity: number) => ({ micros, quantity });

describe('explainChange', () => {
  it('tells more usage from a higher price', () => {
    expect(
      explainChange(
        [
          // Twice the hours at the same price.
          {
            key: 'more',
            before: [amount(100n, 10)],
            after: [amount(200n, 20)],
          },
          // The same hours at three times the price.
          {
            key: 'dearer',
            before: [amount(100n, 10)],
            after: [amount(300n, 10)],
          },
          { key: 'new', before: [amount(0n, 0)], after: [amount(50n, 5)] },
          { key: 'gone', before: [amount(70n, 7)], after: [amount(0n, 0)] },
        ],
        { daysBefore: 1, daysAfter: 1 },
      ),
    ).toEqual([
      { key: 'dearer', change: 200n, usage: 0n, price: 200n },
      { key: 'more', change: 100n, usage: 100n, price: 0n },
      { key: 'new', change: 50n, usage: 50n, price: 0n },
      { key: 'gone', change: -70n, usage: -70n, price: 0n },
    ]);
  });

  it('compares as many days with as many', () => {
    expect(
      explainChange(
        [{ key: 'a', before: [amount(2800n, 28)], after: [amount(300n, 3)] }],
        { daysBefore: 28, daysAfter: 2 },
      ),
    ).toEqual([{ key: 'a', change: 100n, usage: 100n, price: 0n }]);
  });

  it('splits exactly, whatever the amounts', () => {
    const any = fc.record({
      micros: fc.bigInt({ min: 0n, max: 10n ** 13n }),
      quantity: fc.oneof(
        fc.constant(0),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      ),
    });
    fc.assert(
      fc.property(any, any, fc.integer({ min: 1, max: 30 }), (a, b, days) => {
        const [{ change, usage, price }] = explainChange(
          [{ key: 1, before: [a], after: [b] }],
          { daysBefore: 28, daysAfter: days },
        );
        expect(usage + price).toBe(change);
      }),
    );
  });
});
