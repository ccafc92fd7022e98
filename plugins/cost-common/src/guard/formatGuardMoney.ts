import { microsToDecimal } from '@headroom/common';

const CENT = 10_000n;

/**
 * `USD 1,234.50`; to the hundredth, and what is less than that is not called nothing:
 * `< USD 0.01`, and `> −USD 0.01` below zero.
 */
export function formatGuardMoney(micros: bigint, currency: string): string {
  return formatWith('', micros, currency);
}

/** With a sign also where it is more: `+USD 3.00`, `< +USD 0.01`. */
export function formatGuardChange(micros: bigint, currency: string): string {
  return formatWith(micros > 0n ? '+' : '', micros, currency);
}

/** A limit that somebody wrote, exact where it is less than a hundredth: `USD 0.004000`. */
export function formatGuardLimit(micros: bigint, currency: string): string {
  return isTiny(micros)
    ? `${currency} ${microsToDecimal(micros)}`
    : formatGuardMoney(micros, currency);
}

function formatWith(plus: string, micros: bigint, currency: string): string {
  const sign = micros < 0n ? '−' : plus;
  if (isTiny(micros)) {
    return `${micros < 0n ? '>' : '<'} ${sign}${currency} 0.01`;
  }
  const cents = (sizeOf(micros) + CENT / 2n) / CENT;
  const [whole, fraction] = microsToDecimal(cents * CENT)
    .slice(0, -4)
    .split('.');
  return `${sign}${currency} ${whole.replace(
    /\B(?=(\d{3})+$)/g,
    ',',
  )}.${fraction}`;
}

function isTiny(micros: bigint): boolean {
  return micros !== 0n && sizeOf(micros) < CENT;
}

function sizeOf(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}
