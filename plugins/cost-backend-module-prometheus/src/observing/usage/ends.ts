import { SLOT_SECONDS } from '@headroom/plugin-cost-common';

/** Slots whose pace tells that of a container's first or last moments. */
const SLOTS_AROUND = 6;

/** What is known of a counter's growth when its ends are still missing. */
export interface OpenGrowth {
  /** By slot; NaN = not known. */
  coreSeconds: Float64Array;
  /** Gaps between readings that each slot's growth stands for. */
  gaps: Float64Array;
  /** Slots whose growth begins with their first reading. */
  begins: readonly number[];
  /** Seconds of each slot the container was seen. */
  seconds: Float64Array;
}

/**
 * Adds what a container used before its first reading and after its last one:
 * half a gap between readings each, on average, at the pace of the half hour
 * beside it. A container that is still listed after it ended has stopped growing
 * before.
 */
export function addEnds(growth: OpenGrowth): void {
  const { coreSeconds, begins, seconds } = growth;
  const end = seconds.findLastIndex(each => each > 0);
  const goesOn = end === seconds.length - 1 && seconds[end] === SLOT_SECONDS;
  const last = goesOn ? -1 : coreSeconds.findLastIndex(grown => grown > 0);
  const ends = begins.map(slot => ({
    slot,
    pace: paceOf(growth, slot, 1, last),
  }));
  if (last >= 0) {
    ends.push({ slot: last, pace: paceOf(growth, last, -1, last) });
  }
  for (const { slot, pace } of ends) {
    coreSeconds[slot] += pace / 2;
  }
}

/**
 * Core-seconds a gap, over the slots from one on, forwards or backwards. The slot
 * it ended in counts only where it is all there is: some of its readings may be of
 * the time after.
 */
function paceOf(
  { coreSeconds, gaps }: OpenGrowth,
  from: number,
  step: 1 | -1,
  last: number,
): number {
  let grown = 0;
  let count = 0;
  for (let index = 0; index < SLOTS_AROUND; index++) {
    const slot = from + index * step;
    if (slot !== last && coreSeconds[slot] >= 0 && gaps[slot] > 0) {
      grown += coreSeconds[slot];
      count += gaps[slot];
    }
  }
  return count > 0 ? grown / count : coreSeconds[from] / gaps[from];
}
