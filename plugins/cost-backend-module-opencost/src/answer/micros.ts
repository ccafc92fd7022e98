import { decimalToMicros } from '@headroom/common';

/**
 * Micros of an amount that came as a JSON number.
 *
 * Goes through the number's shortest decimal string, which is what the server
 * printed (allocations are rounded to 5 decimals, assets to 6), so that no
 * binary fraction gets into the money.
 *
 * @internal
 */
export function microsOf(amount: number): bigint {
  return decimalToMicros(String(amount));
}

/** Size of an amount without its sign. @internal */
export function magnitudeOf(micros: bigint): bigint {
  return micros < 0n ? -micros : micros;
}
