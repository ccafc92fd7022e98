import { SourceProblem, sumMicros } from '@headroom/common';
import { totalOf } from '@headroom/plugin-cost-common';
import { magnitudeOf } from '../answer/micros';
import { AllocationItem, endsBeforeItBegan } from '../answer/schema';
import { ItemCost } from '../mapping/itemCost';
import { ItemKind } from '../mapping/reserved';
import { amountText, namesText } from './text';

/** Half of the last decimal of an allocation figure, in micros. @internal */
export const ALLOCATION_ROUNDING = 5n;

/** An item with what was made of it. @internal */
export interface ReadItem {
  item: AllocationItem;
  kind: ItemKind;
  cost: ItemCost;
}

/**
 * What items of one hour say that can't be true, or that is not booked. One
 * problem a code, however many items.
 *
 * @internal
 */
export function checkItems(
  items: ReadItem[],
  hour: string,
  currency: string,
  what: string,
): SourceProblem[] {
  const problem = (
    code: string,
    severity: SourceProblem['severity'],
    concerned: ReadItem[],
    describe: (names: string) => string,
  ): SourceProblem[] => {
    const names = namesText(concerned.map(({ item }) => item.name ?? ''));
    return concerned.length === 0
      ? []
      : [{ code, message: describe(names), hour, subject: names, severity }];
  };

  const unknown = items.filter(({ cost }) => cost.unknown.length > 0);
  const negativeIdle = items.filter(
    entry => entry.kind === 'idle' && hasNegative(entry),
  );
  const negative = items.filter(
    entry => entry.kind !== 'idle' && hasNegative(entry),
  );
  const foreign = items.filter(({ cost }) => cost.foreign !== 0n);
  const backwards = items.filter(({ item }) => endsBeforeItBegan(item));
  const unexplained = items.filter(
    ({ cost }) => cost.unknown.length === 0 && !addsUp(cost),
  );

  return [
    ...problem('opencost-cost-unknown', 'error', unknown, names => {
      const resources = new Set(unknown.flatMap(({ cost }) => cost.unknown));
      return `${what} could not compute the ${[...resources].join(
        ', ',
      )} cost of ${
        unknown.length
      } item(s): ${names}. What it could not compute is not in the figures of this hour.`;
    }),
    ...problem(
      'opencost-negative-idle',
      'error',
      negativeIdle,
      () =>
        `${what} says idle is negative: ${amountText(
          sumMicros(negativeIdle.flatMap(({ cost }) => negativeParts(cost))),
          currency,
        )} in all. More was given to workloads than the nodes cost; idle can't be below 0. Kept as it is, so that the sum holds.`,
    ),
    ...problem(
      'opencost-negative-cost',
      'warning',
      negative,
      names =>
        `${what} says ${negative.length} item(s) cost less than nothing after adjustment: ${names}.`,
    ),
    ...problem(
      'opencost-shared-cost',
      'warning',
      foreign,
      names =>
        `${what} put ${amountText(
          sumMicros(foreign.map(({ cost }) => magnitudeOf(cost.foreign))),
          currency,
        )} of shared or external cost into ${
          foreign.length
        } item(s) though nothing was to be shared: ${names}. It is left out, so that it isn't booked twice.`,
    ),
    ...problem(
      'opencost-negative-minutes',
      'warning',
      backwards,
      names =>
        `${what} says ${backwards.length} item(s) ended before they began: ${names}. What they used is not known; what they cost is booked as stated, and nothing where it is nothing.`,
    ),
    ...problem(
      'opencost-parts-mismatch',
      'warning',
      unexplained,
      names =>
        `${what} states totals of ${
          unexplained.length
        } item(s) that its parts don't sum to, ${amountText(
          sumMicros(unexplained.map(({ cost }) => magnitudeOf(gapOf(cost)))),
          currency,
        )} apart in all: ${names}. The parts are booked.`,
    ),
  ];
}

function hasNegative({ cost }: ReadItem): boolean {
  return negativeParts(cost).length > 0;
}

function negativeParts({ cost }: ItemCost): bigint[] {
  return Object.values(cost).filter(amount => amount < 0n);
}

function addsUp(cost: ItemCost): boolean {
  const tolerance = ALLOCATION_ROUNDING * BigInt(cost.figures + 2);
  return magnitudeOf(gapOf(cost)) <= tolerance;
}

/** What the stated total has beyond the parts. */
function gapOf({ statedTotal, cost, foreign }: ItemCost): bigint {
  return statedTotal === undefined ? 0n : statedTotal - totalOf(cost) - foreign;
}
