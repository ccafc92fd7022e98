import { LoadResult } from '../openLoop';
import { log } from './log';

/** Latencies of a load in which every request was answered. */
export function mustAnswer(result: LoadResult): LoadResult {
  if (result.failed > 0) {
    throw new Error(`${result.failed} of ${result.sent} requests failed`);
  }
  return result;
}

/** Largest rate, in steps of a quarter, at which p95 stays under 500 ms and nothing fails. */
export async function saturation(load: (rps: number) => Promise<LoadResult>) {
  let held = 0;
  for (let rps = 40; rps <= 2000; rps = Math.ceil(rps * 1.25)) {
    const { p95Ms, failed } = await load(rps);
    log(`${rps}/s: p95 ${p95Ms} ms, ${failed} failed`);
    if (failed > 0 || p95Ms > 500) break;
    held = rps;
  }
  return held;
}
