import { Decimal, parseDecimal } from '@headroom/plugin-cost-common';

/** An amount as PostgreSQL writes `numeric`. */
export function storedDecimal(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (!decimal) {
    throw new RangeError(
      `The database holds "${text}" where an amount should be`,
    );
  }
  return decimal;
}
