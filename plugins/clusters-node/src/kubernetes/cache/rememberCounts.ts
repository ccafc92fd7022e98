import { ClusterKind, InventoryCounts } from './ClusterSnapshot';

/** The most there was of each kind in stretches of time, the oldest first. @public */
export type CountMemory = ReadonlyArray<{
  /** Milliseconds, of the clock that the caller goes by. */
  from: number;
  most: InventoryCounts;
}>;

/** How many stretches what is remembered is divided into. */
const STRETCHES = 12;

/**
 * Remembers how many objects there are now, and forgets what is older.
 *
 * @param counts - of the kinds that are known now
 * @param rememberMs - milliseconds for which it is remembered, and a twelfth more at most
 * @public
 */
export function rememberCounts(
  memory: CountMemory,
  counts: InventoryCounts,
  at: number,
  rememberMs: number,
): CountMemory {
  const stretch = rememberMs / STRETCHES;
  const kept = memory.filter(({ from }) => from > at - rememberMs - stretch);
  const last = kept.at(-1);
  return last && at - last.from < stretch
    ? [
        ...kept.slice(0, -1),
        { from: last.from, most: mostOfTwo(last.most, counts) },
      ]
    : [...kept, { from: at, most: counts }];
}

/** The most there was of each kind, as far as it is remembered. @public */
export function mostOf(memory: CountMemory): InventoryCounts {
  return memory.reduce<InventoryCounts>(
    (most, each) => mostOfTwo(most, each.most),
    {},
  );
}

function mostOfTwo(
  some: InventoryCounts,
  others: InventoryCounts,
): InventoryCounts {
  const most: Partial<Record<ClusterKind, number>> = { ...some };
  for (const [kind, count] of Object.entries(others)) {
    const key = kind as ClusterKind;
    most[key] = Math.max(most[key] ?? 0, count);
  }
  return most;
}
