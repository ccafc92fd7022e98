import { setImmediate } from 'node:timers/promises';

/** A request takes some twenty turns of the event loop, and waits for a piece of work in each. */
const TURN_MS = 1;

/**
 * Runs a computation to its end, and lets other work of the process run whenever a
 * millisecond is over: a step should take less than that.
 *
 * @public
 */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    if (performance.now() - since >= TURN_MS) {
      await setImmediate();
      since = performance.now();
    }
  }
}

/** Maps a list in its order, as {@link inTurns}. @public */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): Promise<Result[]> {
  return inTurns(stepwise(items, map));
}

function* stepwise<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
): Generator<void, Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    results.push(map(item, index));
    yield;
  }
  return results;
}
