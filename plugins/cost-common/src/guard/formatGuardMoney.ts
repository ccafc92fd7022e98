import { microsToDecimal } from '@headroom/common';

const CENT = 10_000n;

/** `USD 1,234.50`; to the hundredth, and what is less than that is not called nothing. */
export function formatGuardMoney(micros: bigint, currency: string): string {
  const magnitude = micros < 0n ? -micros : micros;
  const sign = micros < 0n ? '−' : '';
  if (magnitude > 0n && magnitude < CENT) {
    return `${sign}${currency} ${microsToDecimal(magnitude)}`;
  }
  const cents = (magnitude + CENT / 2n) / CENT;
  const [whole, fraction] = microsToDecimal(cents * CENT)
    .slice(0, -4)
    .split('.');
  return `${sign}${currency} ${whole.replace(
    /\B(?=(\d{3})+$)/g,
    ',',
  )}.${fraction}`;
}

/** With a sign also where it is more: `+USD 3.00`. */
export function formatGuardChange(micros: bigint, currency: string): string {
  return `${micros > 0n ? '+' : ''}${formatGuardMoney(micros, currency)}`;
}
