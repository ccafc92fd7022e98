import { HeldLevels } from './types';

/** Usage holds its highest sample while none falls below this part of it; else its lowest. */
const HOLDS = 0.8;
/**
 * What lasts for half an hour fills at least 25 minutes of whole samples of five
 * minutes, whenever it begins.
 */
const HELD_SECONDS = 1500;
const HOUR_SECONDS = 3600;

/** Samples of so many seconds that half an hour fills whenever it begins. */
function widthOf(stepSeconds: number): number {
  return Math.max(1, Math.ceil(HELD_SECONDS / stepSeconds));
}

/**
 * What a day's usage held for half an hour, hour by hour: what a daily quantile
 * can't see of a peak that takes an hour of one day. What lies across midnight
 * is of the first hour of the day it ends in.
 *
 * @param start - of the day, milliseconds since 1970
 * @param samples - in the order of time, in cores; NaN = not known
 * @param stepSeconds - between samples
 * @param before - samples up to the start of the day, of which the last half-hour is looked at
 * @public
 */
export function heldLevels(
  start: number,
  samples: ArrayLike<number>,
  stepSeconds: number,
  before: ArrayLike<number> = [],
): HeldLevels {
  const width = widthOf(stepSeconds);
  const perHour = HOUR_SECONDS / stepSeconds;
  const byHour = new Array<number>(Math.ceil(samples.length / perHour)).fill(0);
  for (let from = 0; from + width <= samples.length; ) {
    const hour = Math.floor(from / perHour);
    const { held, next } = heldFrom(samples, from, width, byHour[hour]);
    byHour[hour] = held;
    from = next;
  }
  if (samples.length > 0) {
    byHour[0] = acrossMidnight(before, samples, width, byHour[0]);
  }
  return { start, byHour };
}

function acrossMidnight(
  before: ArrayLike<number>,
  samples: ArrayLike<number>,
  width: number,
  known: number,
): number {
  const late = Math.min(before.length, width - 1);
  const around: number[] = [];
  for (let i = before.length - late; i < before.length; i++) {
    around.push(before[i]);
  }
  for (let i = 0; i < Math.min(samples.length, width - 1); i++) {
    around.push(samples[i]);
  }
  let best = known;
  for (let from = 0; from < late && from + width <= around.length; ) {
    const { held, next } = heldFrom(around, from, width, best);
    best = held;
    from = next;
  }
  return best;
}

/** What is held from a sample on where that is more than `best`, and the next sample to ask. */
function heldFrom(
  samples: ArrayLike<number>,
  from: number,
  width: number,
  best: number,
): { held: number; next: number } {
  let least = Infinity;
  let most = 0;
  for (let at = from; at < from + width; at++) {
    const value = samples[at];
    if (!(value >= HOLDS * best)) {
      return { held: best, next: at + 1 }; // What goes through it holds no more.
    }
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return {
    held: Math.max(best, least >= HOLDS * most ? most : least),
    next: from + 1,
  };
}
