import { microsToDecimal } from '@headroom/common';

/** A share for a message: `16.7 %`, `0.008 %`. @internal */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toPrecision(percent < 1 ? 1 : 3))} %`;
}

/** An amount for a message: `0.007903 USD`. @internal */
export function amountText(micros: bigint, currency: string): string {
  return `${microsToDecimal(micros)} ${currency}`;
}

/** The same in a half-sentence; nothing where it is nothing. @internal */
export function aboutText(micros: bigint, currency: string): string {
  return micros > 0n ? `, about ${amountText(micros, currency)}` : '';
}

/** Minutes for a message, to a hundredth. @internal */
export function minutesText(minutes: number): string {
  return String(Math.round(minutes * 100) / 100);
}

/** The first three names, and how many more. @internal */
export function namesText(names: string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
