import fc from 'fast-check';
import { parseQuantity } from './parseQuantity';

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['100m', 0.1],
    ['2', 2],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['128Mi', 2 ** 27],
    ['64Ki', 65536],
    ['1Ti', 2 ** 40],
    ['2Pi', 2 ** 51],
    ['1Ei', 2 ** 60],
    ['5k', 5000],
    ['3M', 3e6],
    ['1G', 1e9],
    ['1E', 1e18],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e-1', 1.2],
    ['1500000n', 0.0015],
    ['7u', 0.000007],
    ['262144k', 262144000],
    [3, 3],
    ['-1', -1],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', 'x', '1Q', '1Kib', '1 Gi', 'Gi', '1.2.3', undefined])(
    '%s is none',
    text => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );

  it('reads what was written in any unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), millis => {
        expect(parseQuantity(`${millis}m`)).toBe(millis / 1000);
        expect(parseQuantity(`${millis * 1000}u`)).toBe(millis / 1000);
        expect(parseQuantity(`${millis}Ki`)).toBe(millis * 1024);
      }),
    );
  });
});
