import { CapacityType } from '../resources/resources';
import { GpuPriceEntry } from './types';

/**
 * The entry for one device of a model: all words of the entry occur in the
 * reported model. More words win, then an entry of the capacity type over one
 * for any, then the earlier entry. `undefined` when no entry matches.
 *
 * @internal
 */
export function findGpuPrice(
  entries: readonly GpuPriceEntry[],
  model: string | undefined,
  capacityType: CapacityType,
): GpuPriceEntry | undefined {
  if (!model) {
    return undefined;
  }
  const reported = new Set(wordsOf(model));
  let best: { entry: GpuPriceEntry; rank: number } | undefined;
  for (const entry of entries) {
    const words = wordsOf(entry.model);
    const matches =
      words.length > 0 &&
      words.every(word => reported.has(word)) &&
      (entry.capacityType ?? capacityType) === capacityType;
    const rank = words.length * 2 + (entry.capacityType ? 1 : 0);
    if (matches && (!best || rank > best.rank)) {
      best = { entry, rank };
    }
  }
  return best?.entry;
}

function wordsOf(model: string): string[] {
  return model.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
