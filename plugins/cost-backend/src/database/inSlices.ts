import { setImmediate } from 'node:timers/promises';

/** How long work may hold the event loop before requests get their turn. */
const SLICE_MS = 4;

/** Runs a computation to its end, letting requests in every few milliseconds. */
export async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    if (performance.now() - since > SLICE_MS) {
      await setImmediate();
      since = performance.now();
    }
  }
}
