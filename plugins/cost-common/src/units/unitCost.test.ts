import fc from 'fast-check';
import { unitCost } from './unitCost';

const million = { per: 1_000_000, minimum: 1 };

describe('unitCost', () => {
  // 2 $/h at 2,000 tokens a second, an hour long: hourly / (tok/s × 3600) × 1e6.
  it.each([
    [1, '0.277777778'],
    [0.2, '1.388888889'],
  ])('of a million tokens when busy %d of the time', (busy, expected) => {
    expect(
      unitCost({
        costMicros: 2_000_000n,
        quantity: 2_000 * 3_600 * busy,
        ...million,
      }),
    ).toEqual({ unitCost: expected });
  });

  it.each([
    [undefined, 'no-data'],
    [Number.NaN, 'no-data'],
    [Infinity, 'no-data'],
    [-1, 'no-data'],
    [0, 'no-units'],
    [99, 'below-minimum'],
  ])('gives no ratio for %p units but a reason', (quantity, reason) => {
    expect(
      unitCost({ costMicros: 5n, quantity, per: 1, minimum: 100 }),
    ).toEqual({ reason });
  });

  it('keeps the cost of requests that cost less than a micro', () => {
    expect(
      unitCost({
        costMicros: 1n,
        quantity: 1_000,
        per: 1,
        minimum: 0,
      }),
    ).toEqual({ unitCost: '0.000000001' });
  });

  it('refuses to be for no units', () => {
    expect(() =>
      unitCost({ costMicros: 1n, quantity: 1, per: 0, minimum: 0 }),
    ).toThrow('per is 0; it must be above 0, such as 1000');
  });

  it('times the quantity is the cost, to half of the last digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (costMicros, quantity) => {
          const cost = unitCost({ costMicros, quantity, per: 1, minimum: 1 });
          const nanos = BigInt(cost.unitCost!.replace('.', ''));
          const error = nanos * BigInt(quantity) - costMicros * 1_000n;
          expect(error <= BigInt(quantity)).toBe(true);
          expect(-error <= BigInt(quantity)).toBe(true);
        },
      ),
    );
  });
});
