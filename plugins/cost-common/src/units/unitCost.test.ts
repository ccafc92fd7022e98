import fc from 'fast-check';
import { explainChange } from './explainChange';
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

describe('explainChange', () => {
  it('tells volume from efficiency', () => {
    // 100 units at 2 become 150 at 1.8: +100 for volume, −30 for efficiency.
    expect(explainChange(100, '2', 150, '1.8')).toEqual({
      change: 70_000_000n,
      volume: 100_000_000n,
      efficiency: -30_000_000n,
    });
  });

  it('has terms that sum to the change, whatever is rounded', () => {
    const price = fc
      .bigInt(0n, 10n ** 12n)
      .map(
        nanos =>
          `${nanos / 10n ** 9n}.${`${nanos % 10n ** 9n}`.padStart(9, '0')}`,
      );
    const volume = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(volume, price, volume, price, (v0, u0, v1, u1) => {
        const {
          change,
          volume: byVolume,
          efficiency,
        } = explainChange(v0, u0, v1, u1);
        expect(byVolume + efficiency).toBe(change);
        const expected = (v1 * Number(u1) - v0 * Number(u0)) * 1e6;
        const size = (v1 * Number(u1) + v0 * Number(u0)) * 1e6;
        expect(Math.abs(Number(change) - expected)).toBeLessThanOrEqual(
          1 + size * 1e-9,
        );
      }),
    );
  });

  it('is all volume at the same unit cost, all efficiency at the same volume', () => {
    expect(explainChange(3, '0.1', 5, '0.1').efficiency).toBe(0n);
    expect(explainChange(3, '0.1', 3, '0.2').volume).toBe(0n);
  });
});
