import { Cron } from 'croner';

/** Expressions that are kept read. */
const MOST_EXPRESSIONS = 2_000;

const read = new Map<string, Cron>();

/**
 * Reads a cron expression of five fields. As it has an offset of 0, it counts times
 * on a clock that never changes; what they are in a zone is resolved by
 * `resolveLocal`, so that S5 holds.
 *
 * Throws what croner throws if it is none.
 */
export function readCron(expression: string): Cron {
  let cron = read.get(expression);
  if (!cron) {
    if (!/^\S+(\s+\S+){4}$/.test(expression.trim())) {
      throw new RangeError('it has five fields');
    }
    cron = new Cron(expression.trim(), { utcOffset: 0, mode: '5-part' });
    if (read.size >= MOST_EXPRESSIONS) {
      read.clear();
    }
    read.set(expression, cron);
  }
  return cron;
}

/**
 * The local times (as if they were UTC, in milliseconds) in `[fromMs, toMs)` that an
 * expression names, in order.
 */
export function* cronTimes(
  expression: string,
  fromMs: number,
  toMs: number,
): Generator<number> {
  const cron = readCron(expression);
  let at = cron.nextRun(new Date(fromMs - 1));
  while (at && at.getTime() < toMs) {
    yield at.getTime();
    at = cron.nextRun(at);
  }
}
