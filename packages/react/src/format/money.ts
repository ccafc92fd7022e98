/** Money as a page shows it. Files hold exact decimals instead. */

const MICROS_PER_UNIT = 1_000_000n;

const SCALES = [
  { suffix: 'k', units: 1_000n },
  { suffix: 'M', units: 1_000_000n },
  { suffix: 'B', units: 1_000_000_000n },
] as const;

const NUMBER_LOCALE = 'en-US';

const SIGNIFICANT_DIGITS = 3;
const MOST_SIGNIFICANT_DIGITS = 4;

interface CurrencyShape {
  symbol: string;
  /** Digits behind the point that people use: 2 for USD, 0 for JPY. */
  digits: number;
}

const shapes = new Map<string, CurrencyShape>();

function shapeOf(currency: string): CurrencyShape {
  const known = shapes.get(currency);
  if (known) {
    return known;
  }
  let shape: CurrencyShape;
  try {
    const format = new Intl.NumberFormat(NUMBER_LOCALE, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    const symbol =
      format.formatToParts(0).find(part => part.type === 'currency')?.value ??
      currency;
    shape = {
      // A code reads as a word, so it stands apart from the number.
      symbol: /^[A-Z]+$/.test(symbol) ? `${symbol}\u00a0` : symbol,
      digits: format.resolvedOptions().maximumFractionDigits ?? 2,
    };
  } catch {
    // Not a currency Intl knows, e.g. credits.
    shape = { symbol: `${currency}\u00a0`, digits: 2 };
  }
  shapes.set(currency, shape);
  return shape;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** `value / divisor`, half away from zero; both are positive. */
function divideRounded(value: bigint, divisor: bigint): bigint {
  return (value * 2n + divisor) / (divisor * 2n);
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A number of `10^-digits` as decimal text: `(12345n, 2)` is `123.45`. */
function decimalText(value: bigint, digits: number): string {
  const text = value.toString().padStart(digits + 1, '0');
  const whole = grouped(text.slice(0, text.length - digits));
  return digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
}

/** An amount of a thousand and more in so many significant digits, three or more, with a suffix: `12.4k`. */
function shortened(micros: bigint, significant: number): string {
  const limit = 10n ** BigInt(significant);
  for (const { suffix, units } of SCALES) {
    for (let digits = significant - 1; digits >= significant - 3; digits--) {
      const rounded = divideRounded(
        micros * 10n ** BigInt(digits),
        units * MICROS_PER_UNIT,
      );
      if (rounded < limit) {
        return `${decimalText(rounded, digits)}${suffix}`;
      }
    }
  }
  const { suffix, units } = SCALES[SCALES.length - 1];
  const whole = divideRounded(micros, units * MICROS_PER_UNIT);
  return `${grouped(whole.toString())}${suffix}`;
}

/**
 * Micros on the wire as a bigint.
 *
 * @throws SyntaxError when the text isn't an integer
 *
 * @public
 */
export function toMicros(wire: string): bigint {
  return BigInt(wire);
}

/**
 * Money to the precision that matters: `$12.4k`, `$3.07`, `< $0.01`, `$0`.
 * Something that cost something never reads as zero.
 *
 * @param significant - digits of an amount of a thousand and more
 *
 * @public
 */
export function formatMoney(
  micros: bigint,
  currency: string,
  significant: number = SIGNIFICANT_DIGITS,
): string {
  const { symbol, digits } = shapeOf(currency);
  if (micros === 0n) {
    return `${symbol}0`;
  }
  const sign = micros < 0n ? '\u2212' : '';
  const size = abs(micros);
  const smallest = MICROS_PER_UNIT / 10n ** BigInt(digits);
  if (size < smallest) {
    return micros < 0n
      ? `> \u2212${symbol}${decimalText(1n, digits)}`
      : `< ${symbol}${decimalText(1n, digits)}`;
  }
  const rounded = divideRounded(size, smallest);
  if (rounded < 1000n * 10n ** BigInt(digits)) {
    return `${sign}${symbol}${decimalText(rounded, digits)}`;
  }
  return `${sign}${symbol}${shortened(size, significant)}`;
}

/**
 * Two amounts in as few digits as tell them apart: `$6.827k`, `$6.833k` rather
 * than twice `$6.83k`. Those that four digits don't tell apart are the same, in three.
 *
 * @public
 */
export function formatMoneyRange(
  low: bigint,
  high: bigint,
  currency: string,
): { low: string; high: string } {
  const rangeIn = (significant: number) => ({
    low: formatMoney(low, currency, significant),
    high: formatMoney(high, currency, significant),
  });
  for (
    let significant = SIGNIFICANT_DIGITS;
    significant <= MOST_SIGNIFICANT_DIGITS;
    significant++
  ) {
    const range = rangeIn(significant);
    if (range.low !== range.high) {
      return range;
    }
  }
  return rangeIn(SIGNIFICANT_DIGITS);
}

/** Money with its sign: `+$3.07`, `−$12.4k`. @public */
export function formatMoneyChange(micros: bigint, currency: string): string {
  const text = formatMoney(micros, currency);
  return micros > 0n ? `+${text}`.replace('+< ', '< +') : text;
}

/** The exact amount, to the micro: `$12,431.123456`, `$3.07`. @public */
export function formatMoneyExact(micros: bigint, currency: string): string {
  const { symbol, digits } = shapeOf(currency);
  const sign = micros < 0n ? '\u2212' : '';
  const size = abs(micros);
  const whole = grouped((size / MICROS_PER_UNIT).toString());
  const fraction = (size % MICROS_PER_UNIT).toString().padStart(6, '0');
  const kept = fraction.replace(/0+$/, '').padEnd(digits, '0');
  return `${sign}${symbol}${whole}${kept ? `.${kept}` : ''}`;
}

/**
 * A price given as decimal text, such as a unit cost, to three significant
 * digits or more: `$0.0000123`, `$2.77`, `$1,234`. Text that is no decimal comes
 * back as it is.
 *
 * @public
 */
export function formatPrice(
  decimal: string,
  currency: string,
  significant: number = SIGNIFICANT_DIGITS,
): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) {
    return decimal;
  }
  const { symbol } = shapeOf(currency);
  const [, minus, whole, fraction = ''] = match;
  const value = BigInt(whole + fraction);
  if (value === 0n) {
    return `${symbol}0`;
  }
  const magnitude = value.toString().length - fraction.length;
  const digits = Math.max(0, significant - magnitude);
  const surplus = fraction.length - digits;
  const rounded =
    surplus > 0
      ? divideRounded(value, 10n ** BigInt(surplus))
      : value * 10n ** BigInt(-surplus);
  const text = decimalText(rounded, digits);
  // Prices of a cent and more keep two digits, smaller ones shed zeros.
  const trimmed =
    digits > 2 ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  const padded = /\.\d$/.test(trimmed) ? `${trimmed}0` : trimmed;
  return `${minus ? '\u2212' : ''}${symbol}${padded}`;
}

/** A tick of an axis: round, so without zeros behind the point: `$800`, `$1.5k`. @public */
export function formatMoneyTick(height: number, currency: string): string {
  return formatMoney(BigInt(Math.round(height * 1e6)), currency).replace(
    /(\.\d*?)0+(?=[kMB]?$)/,
    (_, digits) => (digits === '.' ? '' : digits),
  );
}

/**
 * Height in a chart, in whole units of the currency. For drawing only: nothing
 * is added up from it.
 *
 * @public
 */
export function microsToHeight(micros: bigint): number {
  return Number(micros) / 1e6;
}
