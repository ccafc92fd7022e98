import fc from 'fast-check';
import { Decimal, DecimalSum, decimalText, parseDecimal } from './Decimal';

const textOf = (text: string) => {
  const decimal = parseDecimal(text);
  return decimal && decimalText(decimal);
};

describe('parseDecimal', () => {
  it.each([
    ['12.5', '12.5'],
    ['-0.000004', '-0.000004'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0.00000000000', '0'],
    ['-0', '0'],
    ['1.7e-12', '0.0000000000017'],
    ['1E3', '1000'],
    ['12.50e1', '125.0'],
    ['123456789012345678901234567890.1', '123456789012345678901234567890.1'],
  ])('reads %s exactly', (text, exact) => {
    expect(textOf(text)).toBe(exact);
  });

  it.each(['', '-', '.', '+1', '1,000.5', '$1', 'NaN', '1e', '0x10', ' 1'])(
    'takes %j for no number',
    text => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat({ max: 40 }), (digits, scale) => {
        const text = decimalText({ digits, scale });
        const read = parseDecimal(text) as Decimal;
        expect(read.digits).toBe(digits);
        expect(read.scale).toBe(digits === 0n ? 0 : scale);
      }),
    );
  });
});

describe('DecimalSum', () => {
  it('is the same in any order, to the last digit', () => {
    const decimals = fc.record({
      digits: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      scale: fc.nat({ max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(decimals), all => {
        const sumOf = (some: Decimal[]) => {
          const sum = DecimalSum.create();
          some.forEach(each => sum.add(each));
          return sum.value;
        };
        const scaled = ({ digits, scale }: Decimal) =>
          digits * 10n ** BigInt(30 - scale);
        const exact = all.reduce((sum, each) => sum + scaled(each), 0n);
        expect(scaled(sumOf(all))).toBe(exact);
        expect(scaled(sumOf([...all].reverse()))).toBe(exact);
      }),
    );
  });
});
