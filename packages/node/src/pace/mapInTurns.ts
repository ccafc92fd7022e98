import { setImmediate } from 'node:timers/promises';

/** A request takes some twenty turns of the event loop, and waits for a piece of work in each. */
const TURN_MS = 1;

/**
 * Maps a list in its order, and lets other work of the process run whenever a millisecond
 * is over: what is made of one item should take less than that.
 *
 * @public
 */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let since = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(map(item, index));
    if (performance.now() - since >= TURN_MS) {
      await setImmediate();
      since = performance.now();
    }
  }
  return results;
}
