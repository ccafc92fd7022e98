import { Said } from '@headroom/common';
import {
  ESTIMATED_RESOURCES,
  EstimatedResource,
} from '../estimates/costEstimate';
import {
  addRanges,
  differenceOf,
  GuardCosts,
  GuardRow,
  GuardSide,
  MicrosRange,
  NOTHING,
} from './GuardCosts';
import { GuardedPart } from './GuardedPart';
import { wordGuard } from './guardSentences';
import { priceAfter } from './priceAfter';
import {
  GuardPrices,
  nameOfPart,
  PricedPart,
  priceGuardedPart,
} from './priceGuardedPart';

/**
 * What a change of manifests costs a month: every part priced before and after it,
 * at the same prices, and after it with the volumes that it leaves behind. A part that
 * was not changed has a difference of 0, also where its cost isn't known.
 *
 * @param input - without `before` nothing is known of it, and there is no difference
 * @public
 */
export function compareManifestCosts(input: {
  before?: readonly GuardedPart[];
  after: readonly GuardedPart[];
  prices: GuardPrices;
}): GuardCosts {
  const { before, after, prices } = input;
  const assumed = new Set<EstimatedResource>();
  const sideOf = (part: PricedPart | undefined): GuardSide | undefined => {
    if (!part) {
      return undefined;
    }
    const { assumed: guessed, ...side } = part;
    guessed.forEach(resource => assumed.add(resource));
    return side;
  };
  const rows = pairUp(before ?? [], after).map(([name, was, is]): GuardRow => {
    const sides = {
      before: sideOf(was && priceGuardedPart(was, prices)),
      after: sideOf(priceAfter(was, is, prices)),
    };
    return {
      name,
      status: before ? statusOf(was, is) : 'added',
      ...(sides.before && { before: sides.before }),
      ...(sides.after && { after: sides.after }),
      ...(before && {
        difference: differenceOf(
          sides.before?.monthly ?? NOTHING,
          sides.after?.monthly ?? NOTHING,
        ),
      }),
    };
  });
  const remarks: Said[] = [wordGuard('leavesOut')];
  if (assumed.size > 0) {
    const resources = ESTIMATED_RESOURCES.filter(each => assumed.has(each));
    remarks.push(wordGuard('assumed', { resources: resources.join(', ') }));
  }
  return sumRows(rows, {
    currency: prices.prices.currency,
    hasBefore: before !== undefined,
    remarks,
  });
}

function sumRows(
  rows: GuardRow[],
  of: { currency: string; hasBefore: boolean; remarks: Said[] },
): GuardCosts {
  const sum = (side: (row: GuardRow) => MicrosRange | undefined) =>
    rows.reduce((all, row) => addRanges(all, side(row) ?? NOTHING), NOTHING);
  const isOpen = (among: readonly GuardRow[], key: 'before' | 'after') =>
    among.some(row => (row[key]?.unknown.length ?? 0) > 0);
  const changed = rows.filter(({ status }) => status !== 'same');
  const unknown = rows.flatMap(({ name, ...row }) =>
    (['before', 'after'] as const).flatMap(side =>
      (row[side]?.unknown ?? []).map(said => ({ name, side, said })),
    ),
  );
  return {
    source: 'manifests',
    currency: of.currency,
    rows,
    after: sum(row => row.after?.monthly),
    ...(of.hasBefore && {
      before: sum(row => row.before?.monthly),
      // Each workload has a load of its own.
      difference: sum(row => row.difference),
    }),
    unknown,
    unknownCount: new Set(unknown.map(({ name }) => name)).size,
    differenceOpen: {
      above: isOpen(changed, 'after'),
      below: isOpen(changed, 'before'),
    },
    beforeOpen: isOpen(rows, 'before'),
    afterOpen: isOpen(rows, 'after'),
    remarks: of.remarks,
  };
}

function statusOf(
  before: GuardedPart | undefined,
  after: GuardedPart | undefined,
): GuardRow['status'] {
  if (!before) {
    return 'added';
  }
  if (!after) {
    return 'removed';
  }
  return JSON.stringify(before) === JSON.stringify(after) ? 'same' : 'changed';
}

type Pair = [
  name: string,
  before: GuardedPart | undefined,
  after: GuardedPart | undefined,
];

/** By name; of several of one name the first with the first. */
function pairUp(
  before: readonly GuardedPart[],
  after: readonly GuardedPart[],
): Pair[] {
  const were = byName(before);
  const are = byName(after);
  return [...new Set([...were.keys(), ...are.keys()])].sort().flatMap(name => {
    const [was, is] = [were.get(name) ?? [], are.get(name) ?? []];
    return Array.from(
      { length: Math.max(was.length, is.length) },
      (_, index): Pair => [name, was[index], is[index]],
    );
  });
}

function byName(parts: readonly GuardedPart[]): Map<string, GuardedPart[]> {
  const named = new Map<string, GuardedPart[]>();
  for (const part of parts) {
    const name = nameOfPart(part);
    const same = named.get(name);
    if (same) {
      same.push(part);
    } else {
      named.set(name, [part]);
    }
  }
  return named;
}
