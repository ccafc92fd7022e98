/** Hours, counts and other plain numbers. */

const LOCALE = 'en-US';

/** Three significant digits below a thousand, whole and grouped above: `0.123`, `45.6`, `12,345`. @public */
export function formatQuantity(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) {
    return value < 0 ? '> \u22120.001' : '< 0.001';
  }
  return Math.abs(value) >= 1000
    ? value.toLocaleString(LOCALE, { maximumFractionDigits: 0 })
    : value.toLocaleString(LOCALE, { maximumSignificantDigits: 3 });
}

/** A count that may be large: `12.3k`, `12.3M`. @public */
export function formatCount(value: number): string {
  return new Intl.NumberFormat(LOCALE, {
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
    .format(value)
    .replace('K', 'k'); // as money has it
}
