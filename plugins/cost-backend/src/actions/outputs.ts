import { Micros, microsToDecimal } from '@headroom/common';
import { Zod } from './inputs';
import { Asked } from '../core/CostScopes';

const MOST_NOTES = 20;

/** An amount, as a decimal and its currency. */
export function moneyOutput(zod: Zod) {
  return zod.object({ amount: zod.string(), currency: zod.string() });
}

/** Sentences beside the figures. */
export function notesOutput(zod: Zod) {
  return zod
    .array(zod.string())
    .describe(
      'What to know beside the figures: what is not known and why, and what is only part of the truth.',
    );
}

/** Prints micros of one currency. */
export function moneyIn(currency: string) {
  return (micros: Micros | bigint) => ({
    amount: microsToDecimal(BigInt(micros)),
    currency,
  });
}

/** The same, of what may not be known. */
export function moneyIfKnown(currency: string) {
  const money = moneyIn(currency);
  return (micros: Micros | undefined) =>
    micros === undefined ? undefined : money(micros);
}

/** Each sentence once, and not a hundred of them. */
export function notesOf(
  notes: ReadonlyArray<string | false | undefined>,
): string[] {
  const said = [...new Set(notes.filter(note => typeof note === 'string'))];
  return said.length > MOST_NOTES
    ? [
        ...said.slice(0, MOST_NOTES),
        `There are ${
          said.length - MOST_NOTES
        } more remarks, which the portal shows.`,
      ]
    : said;
}

/** Percent of a ratio, to a tenth. */
export function percentOf(ratio: number | undefined): number | undefined {
  return ratio === undefined ? undefined : Math.round(ratio * 1000) / 10;
}

/** What an answer is about, in words. */
export function subjectOf(asked: Asked): string {
  if (asked === 'fleet') {
    return 'everything that you may see';
  }
  return 'service' in asked ? asked.service : asked.team;
}

export const SIMULATED = 'Some of it comes from a simulation.';
export const RESTRICTED =
  'You may see only part of it; the amounts are of that part.';
