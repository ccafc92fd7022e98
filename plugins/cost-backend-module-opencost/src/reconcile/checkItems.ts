import { SourceProblem, Worded, sumMicros } from '@headroom/common';
import { totalOf, wordOpenCost } from '@headroom/plugin-cost-common';
import { magnitudeOf } from '../answer/micros';
import { AllocationItem, endsBeforeItBegan } from '../answer/schema';
import { ItemCost } from '../mapping/itemCost';
import { ItemKind } from '../mapping/reserved';
import { amountText, namesOf, textOf } from './text';

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
  what: string | Worded,
): SourceProblem[] {
  const problem = (
    code: string,
    severity: SourceProblem['severity'],
    concerned: ReadItem[],
    describe: (items: string | Worded) => Worded,
  ): SourceProblem[] => {
    const names = namesOf(concerned.map(({ item }) => item.name ?? ''));
    return concerned.length === 0
      ? []
      : [
          {
            code,
            ...describe(names),
            hour,
            subject: textOf(names),
            severity,
          },
        ];
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
    ...problem('opencost-cost-unknown', 'error', unknown, named =>
      wordOpenCost('costUnknown', {
        what,
        count: unknown.length,
        resources: [
          ...new Set(unknown.flatMap(({ cost }) => cost.unknown)),
        ].join(', '),
        items: named,
      }),
    ),
    ...problem('opencost-negative-idle', 'error', negativeIdle, () =>
      wordOpenCost('negativeIdle', {
        what,
        amount: amountText(
          sumMicros(negativeIdle.flatMap(({ cost }) => negativeParts(cost))),
          currency,
        ),
      }),
    ),
    ...problem('opencost-negative-cost', 'warning', negative, named =>
      wordOpenCost('negativeCost', {
        what,
        count: negative.length,
        items: named,
      }),
    ),
    ...problem('opencost-shared-cost', 'warning', foreign, named =>
      wordOpenCost('sharedCost', {
        what,
        count: foreign.length,
        amount: amountText(
          sumMicros(foreign.map(({ cost }) => magnitudeOf(cost.foreign))),
          currency,
        ),
        items: named,
      }),
    ),
    ...problem('opencost-negative-minutes', 'warning', backwards, named =>
      wordOpenCost('negativeMinutes', {
        what,
        count: backwards.length,
        items: named,
      }),
    ),
    ...problem('opencost-parts-mismatch', 'warning', unexplained, named =>
      wordOpenCost('partsMismatch', {
        what,
        count: unexplained.length,
        amount: amountText(
          sumMicros(unexplained.map(({ cost }) => magnitudeOf(gapOf(cost)))),
          currency,
        ),
        items: named,
      }),
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
