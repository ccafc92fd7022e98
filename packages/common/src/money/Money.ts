/**
 * An exact amount of money.
 *
 * `micros` are millionths of one unit of `currency` (1 USD = 1 000 000 micros).
 * Money is never a float: sums are bigint additions, and a split gives every
 * micro to exactly one part (see {@link splitExactly}).
 *
 * @public
 */
export interface Money {
  /** ISO 4217 code, e.g. `USD`. */
  currency: string;
  micros: bigint;
}

/**
 * Money on the wire: micros as a decimal string, because JSON numbers are
 * floats. The currency is stated once, on the answer that carries the amount.
 *
 * @public
 */
export type Micros = string;
