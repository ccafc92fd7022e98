import { powerOfTen } from '@headroom/common';

const DECIMAL = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** An exact decimal number: `digits` × 10^-`scale`. @public */
export interface Decimal {
  digits: bigint;
  scale: number;
}

const ZERO: Decimal = { digits: 0n, scale: 0 };

/**
 * The exact value of a decimal as FOCUS and AWS write it: `12.5`, `-.000004`,
 * `1.7e-12`. `undefined` when the text is no such number: FOCUS knows neither
 * thousands separators nor a plus sign.
 *
 * @public
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (!match) {
    return undefined;
  }
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const magnitude = whole + fraction;
  if (magnitude === '') {
    return undefined;
  }
  const digits = BigInt(magnitude);
  if (digits === 0n) {
    return ZERO;
  }
  const scale = fraction.length - Number(exponent);
  const signed = sign === '-' ? -digits : digits;
  return scale >= 0
    ? { digits: signed, scale }
    : { digits: signed * powerOfTen(-scale), scale: 0 };
}

/** A sum of decimals that loses nothing, however fine they are. @public */
export class DecimalSum {
  #digits = 0n;
  #scale = 0;

  static create() {
    return new DecimalSum();
  }

  private constructor() {}

  add({ digits, scale }: Decimal): void {
    if (digits === 0n) {
      return;
    }
    if (scale > this.#scale) {
      this.#digits *= powerOfTen(scale - this.#scale);
      this.#scale = scale;
    }
    this.#digits +=
      scale === this.#scale ? digits : digits * powerOfTen(this.#scale - scale);
  }

  get value(): Decimal {
    return { digits: this.#digits, scale: this.#scale };
  }
}

/** As plain text without an exponent: `-0.0000004`. @public */
export function decimalText({ digits, scale }: Decimal): string {
  const magnitude = (digits < 0n ? -digits : digits)
    .toString()
    .padStart(scale + 1, '0');
  const point = magnitude.length - scale;
  const fraction = scale > 0 ? `.${magnitude.slice(point)}` : '';
  return `${digits < 0n ? '-' : ''}${magnitude.slice(0, point)}${fraction}`;
}
