import fc from 'fast-check';
import {
  formatMoney,
  formatMoneyChange,
  formatMoneyExact,
  formatMoneyRange,
  formatMoneyTick,
  formatPrice,
} from './money';

const SUFFIXES: Record<string, number> = { '': 1, k: 1e3, M: 1e6, B: 1e9 };

/** Reads `−$12.4k` back, independently of how it was written. */
function readMoney(text: string): number {
  const match = /^(\u2212?)\$([\d,.]+)([kMB]?)$/.exec(text);
  if (!match) {
    throw new Error(`not money: ${text}`);
  }
  const size = Number(match[2].replace(/,/g, '')) * SUFFIXES[match[3]];
  return match[1] ? -size : size;
}

describe('formatMoney', () => {
  it.each([
    [0n, '$0'],
    [1n, '< $0.01'],
    [9_999n, '< $0.01'],
    [10_000n, '$0.01'],
    [3_070_000n, '$3.07'],
    [345_200_000n, '$345.20'],
    [999_990_000n, '$999.99'],
    [999_996_000n, '$1.00k'],
    [12_400_000_000n, '$12.4k'],
    [12_449_999_999n, '$12.4k'],
    [1_234_000_000n, '$1.23k'],
    [999_500_000_000n, '$1.00M'],
    [999_499_000_000n, '$999k'],
    [7_000_000_000_000_000_000n, '$7,000B'],
    [-3_070_000n, '\u2212$3.07'],
    [-1n, '> \u2212$0.01'],
  ])('shows %s micros as %s', (micros, text) => {
    expect(formatMoney(micros, 'USD')).toBe(text);
  });

  it('knows currencies without minor units, and those without a sign', () => {
    expect(formatMoney(500_000n, 'JPY')).toBe('< ¥1');
    expect(formatMoney(123_000_000n, 'JPY')).toBe('¥123');
    expect(formatMoney(3_070_000n, 'CHF')).toBe('CHF\u00a03.07');
    expect(formatMoney(3_070_000n, 'credits')).toBe('credits\u00a03.07');
  });

  it('never reads as nothing for something', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        micros => {
          const text = formatMoney(micros, 'USD');
          expect(/[1-9]/.test(text)).toBe(micros !== 0n);
        },
      ),
    );
  });

  it('is within half a percent of the amount, above a cent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1_000_000n, max: 10n ** 17n }), micros => {
        const shown = readMoney(formatMoney(micros, 'USD'));
        const exact = Number(micros) / 1e6;
        expect(Math.abs(shown - exact) / exact).toBeLessThanOrEqual(0.00501);
      }),
    );
  });

  it('keeps the order of amounts', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10_000n, max: 10n ** 17n }),
        fc.bigInt({ min: 10_000n, max: 10n ** 17n }),
        (a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(readMoney(formatMoney(low, 'USD'))).toBeLessThanOrEqual(
            readMoney(formatMoney(high, 'USD')),
          );
        },
      ),
    );
  });
});

describe('formatMoneyRange', () => {
  it('tells two amounts apart', () => {
    expect(formatMoneyRange(6_826_800_000n, 6_833_100_000n, 'USD')).toEqual({
      low: '$6.827k',
      high: '$6.833k',
    });
    expect(formatMoneyRange(6_000_000_000n, 7_000_000_000n, 'USD')).toEqual({
      low: '$6.00k',
      high: '$7.00k',
    });
    expect(formatMoneyRange(5n, 5n, 'USD').low).toBe('< $0.01');
  });

  it('adds no digits to tell apart what is as good as the same', () => {
    expect(formatMoneyRange(1_900_800_000n, 1_900_803_000n, 'USD')).toEqual({
      low: '$1.90k',
      high: '$1.90k',
    });
  });
});

describe('formatMoneyTick', () => {
  it.each([
    [0, '$0'],
    [800, '$800'],
    [0.5, '$0.5'],
    [1500, '$1.5k'],
    [12_000, '$12k'],
    [100_000, '$100k'],
  ])('shows %s as %s', (height, text) => {
    expect(formatMoneyTick(height, 'USD')).toBe(text);
  });
});

describe('formatMoneyChange', () => {
  it('always has a sign', () => {
    expect(formatMoneyChange(3_070_000n, 'USD')).toBe('+$3.07');
    expect(formatMoneyChange(-3_070_000n, 'USD')).toBe('\u2212$3.07');
    expect(formatMoneyChange(1n, 'USD')).toBe('< +$0.01');
    expect(formatMoneyChange(0n, 'USD')).toBe('$0');
  });
});

describe('formatMoneyExact', () => {
  it('loses no micro', () => {
    fc.assert(
      fc.property(fc.bigInt(), micros => {
        const text = formatMoneyExact(micros, 'USD');
        const [whole, fraction = ''] = text
          .replace(/[$,]/g, '')
          .replace('\u2212', '-')
          .split('.');
        const sign = whole.startsWith('-') ? -1n : 1n;
        expect(
          BigInt(whole) * 1_000_000n + sign * BigInt(fraction.padEnd(6, '0')),
        ).toBe(micros);
      }),
    );
  });

  it('groups thousands and keeps cents', () => {
    expect(formatMoneyExact(12_431_123_456n, 'USD')).toBe('$12,431.123456');
    expect(formatMoneyExact(3_000_000n, 'USD')).toBe('$3.00');
    expect(formatMoneyExact(3_000_000n, 'JPY')).toBe('¥3');
  });
});

describe('formatPrice', () => {
  it.each([
    ['0', '$0'],
    ['0.000000000', '$0'],
    ['0.000012345', '$0.0000123'],
    ['0.277780000', '$0.278'],
    ['0.5', '$0.50'],
    ['2.77', '$2.77'],
    ['1.388890000', '$1.39'],
    ['12', '$12.00'],
    ['12.34', '$12.30'],
    ['999.9', '$1,000'],
    ['1234.5', '$1,235'],
    ['-0.5', '\u2212$0.50'],
    ['not a price', 'not a price'],
  ])('shows %s as %s', (decimal, text) => {
    expect(formatPrice(decimal, 'USD')).toBe(text);
  });

  it('shows more digits where one calculates with it', () => {
    expect(formatPrice('0.932794439', 'USD', 6)).toBe('$0.932794');
    expect(formatPrice('0.5', 'USD', 6)).toBe('$0.50');
  });

  it('never reads as nothing for something', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), nanos => {
        const digits = nanos.toString().padStart(10, '0');
        const decimal = `${digits.slice(0, -9)}.${digits.slice(-9)}`;
        expect(formatPrice(decimal, 'USD')).toMatch(/[1-9]/);
      }),
    );
  });
});
