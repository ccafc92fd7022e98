import fc from 'fast-check';
import {
  convertMicros,
  decimalToMicros,
  microsToDecimal,
  multiplyDecimal,
  sumMicros,
} from './decimals';

describe('decimalToMicros', () => {
  it.each([
    ['0', 0n],
    ['12', 12_000_000n],
    ['12.5', 12_500_000n],
    ['.5', 500_000n],
    ['-0.000001', -1n],
    ['1.23E-5', 12n],
    ['1e3', 1_000_000_000n],
    ['9007199254740993.000001', 9_007_199_254_740_993_000_001n],
  ])('reads %s', (decimal, micros) => {
    expect(decimalToMicros(decimal)).toBe(micros);
  });

  it.each([
    ['0.0000005', 0n],
    ['0.0000015', 2n],
    ['0.0000025', 2n],
    ['0.00000250000000000000000001', 3n],
    ['-0.0000015', -2n],
    ['-0.0000025', -2n],
  ])('rounds %s half to even', (decimal, micros) => {
    expect(decimalToMicros(decimal)).toBe(micros);
  });

  it.each(['', '-', '.', '1.', '1,5', '+1', ' 1', 'NaN', 'Infinity', '0x10'])(
    'refuses %p by name',
    decimal => {
      expect(() => decimalToMicros(decimal)).toThrow(RangeError);
      expect(() => decimalToMicros(decimal)).toThrow(`"${decimal}"`);
    },
  );
});

describe('microsToDecimal', () => {
  it('writes six digits', () => {
    expect(microsToDecimal(1_500_000n)).toBe('1.500000');
    expect(microsToDecimal(-1n)).toBe('-0.000001');
    expect(microsToDecimal(0n)).toBe('0.000000');
  });

  it('is read back as the same micros', () => {
    fc.assert(
      fc.property(fc.bigInt(), micros => {
        expect(decimalToMicros(microsToDecimal(micros))).toBe(micros);
      }),
    );
  });
});

describe('multiplyDecimal', () => {
  it('rounds once', () => {
    expect(multiplyDecimal('0.0000005', 3)).toBe(2n); // 1.5 → 2
    expect(multiplyDecimal('10', 1 / 3)).toBe(3_333_333n);
    expect(multiplyDecimal('-2', 0.5)).toBe(-1_000_000n);
  });

  it('takes the price as written and the quantity as the double it is', () => {
    // The double nearest to 0.1 is above 0.1, so this is above half a micro.
    expect(multiplyDecimal('0.000005', 0.1)).toBe(1n);
    expect(multiplyDecimal('0.000005', 1, 10)).toBe(0n);
  });

  it('divides by what the price is for', () => {
    expect(multiplyDecimal('1', 1800, 3600)).toBe(500_000n);
    expect(multiplyDecimal('0.25', 2 ** 30 * 3600, 2 ** 30 * 3600)).toBe(
      250_000n,
    );
  });

  it('refuses what is no price, quantity or unit', () => {
    expect(() => multiplyDecimal('free', 1)).toThrow('"free"');
    expect(() => multiplyDecimal('1', NaN)).toThrow(RangeError);
    expect(() => multiplyDecimal('1', Infinity)).toThrow('Infinity');
    expect(() => multiplyDecimal('1', 1, 0)).toThrow(RangeError);
  });
});

describe('convertMicros', () => {
  it('rounds half to even', () => {
    expect(convertMicros(1_000_000n, '0.92')).toBe(920_000n);
    expect(convertMicros(1n, '0.5')).toBe(0n);
    expect(convertMicros(3n, '0.5')).toBe(2n);
    expect(convertMicros(-3n, '0.5')).toBe(-2n);
  });

  it.each(['0', '-1', 'x'])('refuses the rate %s', rate => {
    expect(() => convertMicros(1n, rate)).toThrow(`"${rate}"`);
  });
});

describe('sumMicros', () => {
  it('sums exactly where doubles no longer can', () => {
    expect(sumMicros([2n ** 53n, 1n])).toBe(2n ** 53n + 1n);
    expect(sumMicros([])).toBe(0n);
  });
});
