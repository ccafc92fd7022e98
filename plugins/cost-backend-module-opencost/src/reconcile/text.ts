import { Worded, microsToDecimal, wordNames } from '@headroom/common';

/** A share for a message: `16.7 %`, `0.008 %`. @internal */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toPrecision(percent < 1 ? 1 : 3))} %`;
}

/** An amount for a message: `0.007903 USD`. @internal */
export function amountText(micros: bigint, currency: string): string {
  return `${microsToDecimal(micros)} ${currency}`;
}

/** Minutes for a message, to a hundredth. @internal */
export function minutesText(minutes: number): string {
  return String(Math.round(minutes * 100) / 100);
}

/** The first three names, and how many more. @internal */
export function namesOf(names: string[]): string | Worded {
  return wordNames(names, 3);
}

/** What is said, in English. @internal */
export function textOf(said: string | Worded): string {
  return typeof said === 'string' ? said : said.message;
}
