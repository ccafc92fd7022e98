import fc from 'fast-check';
import { sumMicros } from './decimals';
import { splitExactly } from './splitExactly';

describe('splitExactly', () => {
  it('gives the leftover to the largest remainder', () => {
    // 100 × 1/7, 2/7, 4/7 = 14.29, 28.57, 57.14
    expect(splitExactly(100n, [1, 2, 4])).toEqual([14n, 29n, 57n]);
  });

  it('gives the leftover to the first on a tie', () => {
    expect(splitExactly(2n, [1, 1, 1])).toEqual([1n, 1n, 0n]);
    expect(splitExactly(35_000_000n, [30, 30, 10])).toEqual([
      15_000_000n,
      15_000_000n,
      5_000_000n,
    ]);
  });

  it('mirrors a negative total', () => {
    expect(splitExactly(-100n, [1, 2, 4])).toEqual([-14n, -29n, -57n]);
  });

  it('takes doubles at their exact value, however far apart', () => {
    expect(splitExactly(10n, [5e-324, 5e-324])).toEqual([5n, 5n]);
    expect(splitExactly(7n, [1e308, 5e-324])).toEqual([7n, 0n]);
    expect(splitExactly(2n ** 52n + 1n, [5e-324, 2 ** -1022])).toEqual([
      1n,
      2n ** 52n,
    ]);
    // 0.1 + 0.2 is a little more than 0.3, and that is what decides.
    expect(splitExactly(1n, [0.3, 0.1 + 0.2])).toEqual([0n, 1n]);
    // Byte-hours that no double product with money could hold.
    expect(splitExactly(9_007_199_254_740_993n, [1e15, 1e15 + 1, 0.5])).toEqual(
      splitExactly(9_007_199_254_740_993n, [
        2_000_000_000_000_000n,
        2_000_000_000_000_002n,
        1n,
      ]),
    );
  });

  it('mixes integers and doubles', () => {
    expect(splitExactly(4n, [1n, 0.5, 0.5])).toEqual([2n, 1n, 1n]);
    expect(splitExactly(3n, [2n ** 80n, 2 ** 81])).toEqual([1n, 2n]);
  });

  it('gives nothing to weight 0', () => {
    expect(splitExactly(5n, [0, 3, 0n, -0])).toEqual([0n, 5n, 0n, 0n]);
  });

  it('splits nothing over anything', () => {
    expect(splitExactly(0n, [])).toEqual([]);
    expect(splitExactly(0n, [0, 0])).toEqual([0n, 0n]);
  });

  it.each([
    [[1, -1], /Weight 1 is -1/],
    [[1n, -2n], /Weight 1 is -2/],
    [[NaN], /Weight 0 is NaN/],
    [[1, 2, Infinity], /Weight 2 is Infinity/],
  ])('refuses %p', (weights, message) => {
    expect(() => splitExactly(1n, weights)).toThrow(RangeError);
    expect(() => splitExactly(0n, weights)).toThrow(message);
  });

  it('refuses to lose an amount nobody takes', () => {
    expect(() => splitExactly(1n, [0, 0])).toThrow(RangeError);
    expect(() => splitExactly(1n, [])).toThrow(RangeError);
  });

  it('sums to the total, and gives weight 0 nothing', () => {
    const weight = fc.oneof(
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      fc.bigInt({ min: 0n, max: 1n << 70n }),
      fc.constant(0),
    );
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(1n << 80n), max: 1n << 80n }),
        fc.array(weight, { minLength: 1, maxLength: 30 }),
        (total, given) => {
          const weights = [...given, 1];
          const parts = splitExactly(total, weights);
          expect(sumMicros(parts)).toBe(total);
          parts.forEach((part, i) => {
            const allowed = Number(weights[i]) === 0 ? 0n : total;
            expect(total < 0n ? part <= 0n : part >= 0n).toBe(true);
            expect(total < 0n ? part >= allowed : part <= allowed).toBe(true);
          });
        },
      ),
    );
  });

  it('stays within one unit of the exact share', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1n << 60n }),
        fc.array(fc.bigInt({ min: 0n, max: 1n << 60n }), { minLength: 1 }),
        (total, given) => {
          const weights = [...given, 1n];
          const sum = sumMicros(weights);
          splitExactly(total, weights).forEach((part, i) => {
            const floor = (total * weights[i]) / sum;
            expect(part === floor || part === floor + 1n).toBe(true);
          });
        },
      ),
    );
  });
});
