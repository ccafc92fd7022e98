import { HeldLevels } from './types';

/** Usage holds its highest sample while none falls below this part of it; else its lowest. */
const HOLDS = 0.8;
/**
 * What lasts for half an hour fills at least 25 minutes of whole samples of five
 * minutes, whenever it begins.
 */
const HELD_SECONDS = 1500;
const HOUR_SECONDS = 3600;

/**
 * What a day's usage held for half an hour, hour by hour: what a daily quantile
 * can't see of a peak that takes an hour of one day. What lies across midnight
 * counts by its longer part.
 *
 * @param start - of the day, milliseconds since 1970
 * @param samples - in the order of time, in cores; NaN = not known
 * @param stepSeconds - between samples
 * @public
 */
export function heldLevels(
  start: number,
  samples: ArrayLike<number>,
  stepSeconds: number,
): HeldLevels {
  const width = Math.max(1, Math.ceil(HELD_SECONDS / stepSeconds));
  const perHour = HOUR_SECONDS / stepSeconds;
  const byHour = new Array<number>(Math.ceil(samples.length / perHour)).fill(0);
  for (let from = 0; from + width <= samples.length; ) {
    const hour = Math.floor(from / perHour);
    const best = byHour[hour];
    let at = from;
    let least = Infinity;
    let most = 0;
    for (; at < from + width; at++) {
      const value = samples[at];
      if (!(value >= HOLDS * best)) {
        break; // What goes through it holds no more.
      }
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (at < from + width) {
      from = at + 1;
    } else {
      byHour[hour] = Math.max(best, least >= HOLDS * most ? most : least);
      from += 1;
    }
  }
  return { start, byHour };
}
