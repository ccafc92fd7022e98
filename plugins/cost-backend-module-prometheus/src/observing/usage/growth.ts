import { SLOT_SECONDS } from '@headroom/plugin-cost-common';

/** A counter that falls to more than this share of itself stepped back; one that falls below began anew. */
const STEP_BACK_SHARE = 0.5;
/** Slots a reading that can't be true may be bridged over. */
const BRIDGED_SLOTS = 2;

/** A counter of core-seconds as it was last read by the end of each slot. */
export interface CounterReadings {
  /** One entry more than slots: the first is from before the window. NaN = none. */
  last: Float64Array;
  /** The first reading in a slot, where the slot before has none. */
  first: Float64Array;
  /** Readings by slot, the first from before the window. */
  seen: Float64Array;
}

/** Core-seconds by slot, and how many readings were set aside. */
export interface Growth {
  /** NaN = not known. */
  coreSeconds: Float64Array;
  /** Readings by slot that can't be true. */
  setAside: Uint8Array;
}

/**
 * What a counter grew by in each slot, as the difference of what it read at the
 * slot's ends: exact whatever the pace of scrapes, and over slots in a row
 * nothing is counted twice or lost.
 *
 * - Growth above what the machine can do in the time: the reading is set aside,
 *   and its slot is given the mean of what the next reading tells.
 * - A small step back is what merging two scrapers leaves: the higher reading
 *   stays. A fall to less than half is a counter that began anew: how much was
 *   lost isn't known, so the slot's growth isn't.
 * - The first slot of a run has what it grew by between its own readings, for
 *   all the seconds it was seen; everything it reads when it started in that slot
 *   and its first reading can be of so short a life.
 *
 * @param seconds - seconds of each slot it was seen
 * @param mostCores - cores of the machine
 * @param startedIn - whether the container is known to have started in a slot
 */
export function growthOf(
  readings: CounterReadings,
  seconds: Float64Array,
  mostCores: number,
  startedIn: (slot: number) => boolean,
): Growth {
  const { last, first, seen } = readings;
  const coreSeconds = new Float64Array(seconds.length).fill(NaN);
  const setAside = new Uint8Array(seconds.length);
  const most = (slots: number) => slots * SLOT_SECONDS * mostCores;
  let known: { value: number; boundary: number } | undefined;
  if (!Number.isNaN(last[0])) {
    known = { value: last[0], boundary: 0 };
  }
  for (let slot = 0; slot < seconds.length; slot++) {
    const boundary = slot + 1;
    const value = last[boundary];
    if (!Number.isNaN(value)) {
      const slots = known ? boundary - known.boundary : Infinity;
      const bridged = slots - 1 <= (setAside[slot - 1] ? BRIDGED_SLOTS : 0);
      if (!known || !bridged) {
        const start = inFirstSlot(
          { value, first: first[boundary], seen: seen[boundary] },
          startedIn(slot) ? (mostCores * seconds[slot]) / seen[boundary] : 0,
        );
        coreSeconds[slot] = start <= most(1) ? start : NaN;
        setAside[slot] = start > most(1) ? 1 : 0;
        known = { value, boundary };
      } else if (value - known.value > most(slots)) {
        setAside[slot] = 1;
      } else if (value >= known.value * STEP_BACK_SHARE) {
        const grown = Math.max(0, value - known.value) / slots;
        coreSeconds.fill(grown, boundary - slots, boundary);
        known = { value: Math.max(value, known.value), boundary };
      } else {
        known = { value, boundary };
      }
    }
  }
  return { coreSeconds, setAside };
}

/** @param beforeFirst - what it can have used between its start and its first reading */
function inFirstSlot(
  { value, first, seen }: { value: number; first: number; seen: number },
  beforeFirst: number,
): number {
  if (Math.min(first, value) < beforeFirst) {
    return value;
  }
  // Readings are as far apart as the slot is seen by: n of them have n − 1 gaps.
  return seen > 1 && first <= value
    ? ((value - first) * seen) / (seen - 1)
    : NaN;
}
