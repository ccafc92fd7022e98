import { microsToDecimal } from '@headroom/common';

/** Amounts in sentences: to the cent, and what is less as less than one. */
export function amountOf(currency: string): (micros: bigint) => string {
  return micros => {
    const cents = (micros + (micros < 0n ? -5_000n : 5_000n)) / 10_000n;
    if (cents === 0n && micros !== 0n) {
      return `less than 0.01 ${currency}`;
    }
    return `${microsToDecimal(cents * 10_000n).replace(
      /0{4}$/,
      '',
    )} ${currency}`;
  };
}
