import { divideHalfEven } from '@headroom/common';
import { ReviewAmount } from '../review/reviewFacts';
import { CompletionRowFacts } from './completion';

/**
 * A row whose baseline is stated for another number of hours: money, quantities and units
 * grow in proportion, each rounded half to even. What costs the same an hour comes out
 * the same.
 *
 * @param hours - of the baseline, and those it is stated for
 */
export function scaleBefore(
  row: CompletionRowFacts,
  hours: { from: number; to: number },
): CompletionRowFacts {
  const from = BigInt(hours.from);
  const to = BigInt(hours.to);
  const scaled = (value: bigint) => divideHalfEven(value * to, from);
  const amount = ({ micros, quantity, used }: ReviewAmount): ReviewAmount => ({
    micros: scaled(micros),
    quantity: scaled(quantity),
    ...(used !== undefined && { used: scaled(used) }),
  });
  return {
    ...row,
    resources: Object.fromEntries(
      Object.entries(row.resources).map(([resource, { before, after }]) => [
        resource,
        { before: amount(before), after },
      ]),
    ),
    oneOff: { ...row.oneOff, before: scaled(row.oneOff.before) },
    units: row.units.map(({ before, ...unit }) => ({
      ...unit,
      ...(before !== undefined && {
        before: (before * hours.to) / hours.from,
      }),
    })),
  };
}
