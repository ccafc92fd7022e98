import { magnitudeOf, microsOf } from './micros';

describe('microsOf', () => {
  it.each([
    [0.1, 100_000n],
    [0.00001, 10n],
    // Larger than the printer's exponent threshold, smaller than a micro's tenth.
    [1e-7, 0n],
    [1.5e-6, 2n],
    [-0.00323, -3_230n],
    [1e21, 10n ** 27n],
    [4503599627.37049, 4_503_599_627_370_490n],
  ])('takes %p as the decimal it is printed as', (amount, micros) => {
    expect(microsOf(amount)).toBe(micros);
  });

  it('sums what floats would not', () => {
    expect(microsOf(0.1) + microsOf(0.2)).toBe(microsOf(0.3));
  });
});

describe('magnitudeOf', () => {
  it('drops the sign', () => {
    expect(magnitudeOf(-3n)).toBe(3n);
    expect(magnitudeOf(3n)).toBe(3n);
  });
});
