import { HOUR_MS } from '@headroom/common';
import { offsetMs } from './zones';

/** Farther than any zone is from UTC. */
const FARTHEST_MS = 15 * HOUR_MS;

/** An instant that a local time stands for. @public */
export interface ResolvedLocal {
  atMs: number;
  /** `gap` = the clocks jump over it; `ambiguous` = they show it twice. */
  how: 'exact' | 'gap' | 'ambiguous';
}

/**
 * The instant of a local time (S5), the only place where one is worked out: a time
 * that the clocks jump over is the first instant after the gap; of a time that they
 * show twice it is the occurrence that was asked for.
 *
 * @param localMs - the local time as if it were UTC, in milliseconds since 1970
 * @public
 */
export function resolveLocal(
  zone: string,
  localMs: number,
  occurrence: 'first' | 'last',
): ResolvedLocal {
  const before = offsetMs(zone, localMs - FARTHEST_MS);
  const after = offsetMs(zone, localMs + FARTHEST_MS);
  if (before === after && offsetMs(zone, localMs - before) === before) {
    return { atMs: localMs - before, how: 'exact' };
  }
  const instants = [localMs - before, localMs - after].filter(
    atMs => atMs + offsetMs(zone, atMs) === localMs,
  );
  if (instants.length === 0) {
    return { atMs: endOfGap(zone, localMs, before, after), how: 'gap' };
  }
  const first = Math.min(...instants);
  const last = Math.max(...instants);
  return {
    atMs: occurrence === 'first' ? first : last,
    how: first === last ? 'exact' : 'ambiguous',
  };
}

/** The clocks change between the instants that the time would be by either offset. */
function endOfGap(
  zone: string,
  localMs: number,
  before: number,
  after: number,
): number {
  let early = localMs - Math.max(before, after);
  let late = localMs - Math.min(before, after);
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (middle + offsetMs(zone, middle) > localMs) {
      late = middle;
    } else {
      early = middle;
    }
  }
  return late;
}
