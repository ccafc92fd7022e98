import { wordAll, Worded } from '@headroom/common';
import { Wish, sameWish } from '../policies/Wish';
import { sayWindow, wordWish } from '../sentences/windowSentences';
import { WindowConflict, WindowSource } from './types';

/** What one window wants. @internal */
export interface Contribution {
  wish: Wish;
  source: WindowSource;
}

/** @internal */
export interface Combined {
  wish: Wish;
  conflicts: WindowConflict[];
}

/**
 * What windows want that hold at once (S7): a fixed number wins over bounds, up over
 * down, of bounds the highest floor and the lowest ceiling, and of those that exclude
 * each other the floor.
 *
 * @internal
 */
export function combineWishes(
  contributions: readonly Contribution[],
): Combined | undefined {
  if (contributions.length < 2) {
    return contributions.length === 0
      ? undefined
      : { wish: contributions[0].wish, conflicts: [] };
  }
  const up = contributions.filter(({ wish }) => wish.type !== 'zero');
  if (up.length === 0) {
    return { wish: { type: 'zero' }, conflicts: [] };
  }
  const { wish, conflicts } = fixedOf(up) ?? boundsOf(up);
  if (up.length < contributions.length) {
    conflicts.push(
      conflict(contributions, windows =>
        sayWindow('conflictZero', { windows, wish: wordWish(wish) }),
      ),
    );
  }
  return { wish, conflicts };
}

function fixedOf(up: readonly Contribution[]): Combined | undefined {
  const counts = up.flatMap(({ wish }) =>
    wish.type === 'fixed' ? [wish.replicas] : [],
  );
  if (counts.length === 0) {
    return undefined;
  }
  const replicas = Math.max(...counts);
  const wish: Wish = { type: 'fixed', replicas };
  const conflicts: WindowConflict[] = [];
  if (counts.some(count => count !== replicas)) {
    conflicts.push(
      conflict(
        up.filter(each => each.wish.type === 'fixed'),
        windows =>
          sayWindow('conflictFixed', { windows, wish: wordWish(wish) }),
      ),
    );
  }
  const beyond = up.filter(
    each =>
      each.wish.type === 'bounds' &&
      (replicas < (each.wish.floor ?? 0) ||
        replicas > (each.wish.ceiling ?? Infinity)),
  );
  if (beyond.length > 0) {
    conflicts.push(
      conflict(
        up.filter(each => beyond.includes(each) || sameWish(each.wish, wish)),
        windows =>
          sayWindow('conflictFixedBounds', { windows, wish: wordWish(wish) }),
      ),
    );
  }
  return { wish, conflicts };
}

function boundsOf(up: readonly Contribution[]): Combined {
  const bounds = up.flatMap(({ wish }) =>
    wish.type === 'bounds' ? [wish] : [],
  );
  if (bounds.length === 0) {
    return { wish: { type: 'untouched' }, conflicts: [] };
  }
  const floors = bounds.flatMap(({ floor }) => floor ?? []);
  const ceilings = bounds.flatMap(({ ceiling }) => ceiling ?? []);
  const floor = floors.length > 0 ? Math.max(...floors) : undefined;
  const ceiling = ceilings.length > 0 ? Math.min(...ceilings) : undefined;
  if (floor !== undefined && ceiling !== undefined && floor > ceiling) {
    return {
      wish: { type: 'bounds', floor, ceiling: floor },
      conflicts: [
        conflict(up, windows =>
          sayWindow('conflictBounds', { windows, floor, ceiling }),
        ),
      ],
    };
  }
  return {
    wish: {
      type: 'bounds',
      ...(floor !== undefined && { floor }),
      ...(ceiling !== undefined && { ceiling }),
    },
    conflicts: [],
  };
}

function conflict(
  among: readonly Contribution[],
  say: (windows: string | Worded) => Worded,
): WindowConflict {
  return {
    sources: among.map(({ source }) => source),
    text: say(wordAll(among.map(({ source }) => source.title))),
  };
}

/**
 * What is wanted where one thing holds and another, that gives capacity, is about to
 * hold or is asked for by a person: never less than either.
 *
 * @internal
 */
export function raiseWish(base: Wish, up: Wish): Wish {
  if (base.type === 'zero' || up.type === 'zero') {
    return base.type === 'zero' ? up : base;
  }
  const floor = floorOf(base);
  const wanted = floorOf(up);
  if (up.type === 'untouched') {
    // Nobody knows here how much its owner has: a floor stays, a ceiling doesn't.
    return floor === undefined ? up : { type: 'bounds', floor, raises: true };
  }
  if (wanted === undefined || wanted <= (floor ?? -1)) {
    return base;
  }
  if (base.type === 'fixed' && up.type === 'fixed') {
    return up;
  }
  const ceiling = raisedCeiling(base, up, wanted);
  return {
    type: 'bounds',
    floor: wanted,
    ...(ceiling !== undefined && { ceiling }),
    // Without a floor of its own it is at what its owner has, which may be more.
    ...((floor === undefined || raises(base)) && { raises: true }),
  };
}

function raises(wish: Wish): boolean {
  return wish.type === 'bounds' && wish.raises === true;
}

/**
 * What is wanted where a person asks for no more than a number of replicas, absent =
 * none: never more than either.
 *
 * @internal
 */
export function lowerWish(base: Wish, most: number | undefined): Wish {
  if (!most || base.type === 'zero') {
    return { type: 'zero' };
  }
  if (base.type === 'fixed') {
    return { type: 'fixed', replicas: Math.min(base.replicas, most) };
  }
  const { floor, ceiling = Infinity }: { floor?: number; ceiling?: number } =
    base.type === 'bounds' ? base : {};
  return {
    type: 'bounds',
    ...(floor !== undefined && { floor: Math.min(floor, most) }),
    ceiling: Math.min(ceiling, most),
  };
}

function floorOf(wish: Wish): number | undefined {
  if (wish.type === 'fixed') {
    return wish.replicas;
  }
  return wish.type === 'bounds' ? wish.floor : undefined;
}

/** What the higher of both ceilings is; none where either has none. */
function raisedCeiling(
  base: Wish,
  up: Wish,
  floor: number,
): number | undefined {
  const ceilings = [base, up].map(wish => {
    if (wish.type === 'fixed') {
      return wish.replicas;
    }
    return wish.type === 'bounds' ? wish.ceiling : undefined;
  });
  return ceilings.includes(undefined)
    ? undefined
    : Math.max(floor, ...(ceilings as number[]));
}
