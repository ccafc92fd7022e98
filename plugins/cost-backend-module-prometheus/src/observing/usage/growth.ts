import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { sum } from '../../reading/collections';

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

/** What a counter read at a boundary of slots. */
interface Reading {
  value: number;
  boundary: number;
}

/** Core-seconds by slot, and how many readings were set aside. */
export interface Growth {
  /** NaN = not known. */
  coreSeconds: Float64Array;
  /** Readings by slot that can't be true. */
  setAside: Uint8Array;
  /** How many of these were lower than a counter can fall: 0, or less for one slot. */
  tooLow: number;
}

/**
 * What a counter grew by in each slot, as the difference of what it read at the
 * slot's ends: exact whatever the pace of scrapes, and over slots in a row
 * nothing is counted twice or lost.
 *
 * - Growth above what the machine can do in the time, or 0 between larger
 *   readings: the reading is set aside. Its slot, and one that was seen without a
 *   reading, is given the mean of what the next reading tells.
 * - A small step back is what merging two scrapers leaves: the higher reading
 *   stays. A fall to less than half is a counter that began anew: how much was
 *   lost isn't known, so the slot's growth isn't; unless the next reading goes on
 *   as if it had not fallen.
 * - The first slot of a run has what it grew by between its own readings and, at
 *   that pace, since it began; everything it reads when it started in that slot and
 *   its first reading can be of so short a life. The slot it was last seen growing in
 *   has as much more as it may have run on.
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
  const { first, seen } = readings;
  const coreSeconds = new Float64Array(seconds.length).fill(NaN);
  const most = (slots: number) => slots * SLOT_SECONDS * mostCores;
  const { last, setAside } = withoutFalseZeros(readings.last, most);
  let tooLow = sum(setAside);
  const spread = (from: Reading, to: Reading) => {
    const slots = to.boundary - from.boundary;
    const grown = Math.max(0, to.value - from.value) / slots;
    coreSeconds.fill(grown, from.boundary, to.boundary);
  };
  let known: Reading | undefined;
  /** Readings since then that were set aside for being too high. */
  let tooHigh = 0;
  /** What was known before the counter fell, in case it did not. */
  let fallen: Reading | undefined;
  if (!Number.isNaN(last[0])) {
    known = { value: last[0], boundary: 0 };
  }
  for (let slot = 0; slot < seconds.length; slot++) {
    const boundary = slot + 1;
    const reading = { value: last[boundary], boundary };
    if (!Number.isNaN(reading.value)) {
      const slots = known ? boundary - known.boundary : Infinity;
      const bridged =
        tooHigh <= BRIDGED_SLOTS && isSeen(seen, known?.boundary, boundary);
      if (!known || !bridged) {
        const grown = inFirstSlot(
          { ...reading, first: first[boundary], seen: seen[boundary] },
          startedIn(slot) ? (mostCores * seconds[slot]) / seen[boundary] : 0,
        );
        coreSeconds[slot] = grown <= most(1) ? grown : NaN;
        setAside[slot] = grown > most(1) ? 1 : 0;
        known = reading;
        tooHigh = 0;
        fallen = undefined;
      } else if (reading.value - known.value > most(slots)) {
        if (fallen && isGrowth(fallen, reading, most)) {
          setAside[known.boundary - 1] += 1;
          tooLow += 1;
          spread(fallen, reading);
          known = reading;
          tooHigh = 0;
          fallen = undefined;
        } else {
          setAside[slot] = 1;
          tooHigh += 1;
        }
      } else if (reading.value >= known.value * STEP_BACK_SHARE) {
        spread(known, reading);
        known = { value: Math.max(reading.value, known.value), boundary };
        tooHigh = 0;
        fallen = undefined;
      } else {
        fallen = known;
        known = reading;
        tooHigh = 0;
      }
    }
  }
  addTail(coreSeconds, seen, seconds);
  return { coreSeconds, setAside, tooLow };
}

/** Whether something was read in every slot between two readings. */
function isSeen(
  seen: Float64Array,
  from: number | undefined,
  to: number,
): boolean {
  return (
    from !== undefined &&
    seen.subarray(from + 1, to).every(readings => readings > 0)
  );
}

/**
 * Readings without those of 0 that a counter can't have had: after a larger one,
 * or before ones that are all more than the machine can have made since.
 */
function withoutFalseZeros(
  readings: Float64Array,
  most: (slots: number) => number,
): { last: Float64Array; setAside: Uint8Array } {
  const last = readings.slice();
  const setAside = new Uint8Array(readings.length - 1);
  const isFalse = (zero: number) => {
    const later = readings.subarray(zero + 1);
    return (
      readings.subarray(0, zero).some(value => value > 0) ||
      (later.some(value => value > 0) &&
        later.every((value, index) => !(value <= most(index + 1))))
    );
  };
  readings.forEach((value, boundary) => {
    if (value === 0 && isFalse(boundary)) {
      last[boundary] = NaN;
      if (boundary > 0) {
        setAside[boundary - 1] = 1;
      }
    }
  });
  return { last, setAside };
}

/** Whether a counter can have grown from one reading to another. */
function isGrowth(
  from: Reading,
  to: Reading,
  most: (slots: number) => number,
): boolean {
  const slots = to.boundary - from.boundary;
  return (
    slots - 1 <= BRIDGED_SLOTS &&
    to.value >= from.value &&
    to.value - from.value <= most(slots)
  );
}

/** @param beforeFirst - what it can have used between its start and its first reading */
function inFirstSlot(
  { value, first, seen }: { value: number; first: number; seen: number },
  beforeFirst: number,
): number {
  if (Math.min(first, value) < beforeFirst) {
    return value;
  }
  // n readings have n − 1 gaps between them, and on average half of one before the first.
  return seen > 1 && first <= value
    ? ((value - first) * (seen - 0.5)) / (seen - 1)
    : NaN;
}

/**
 * After its last reading a container runs on for half a gap between readings, on
 * average. One that is still listed after it ended has stopped growing before.
 */
function addTail(
  coreSeconds: Float64Array,
  seen: Float64Array,
  seconds: Float64Array,
): void {
  const end = seconds.findLastIndex(each => each > 0);
  const goesOn = end === seconds.length - 1 && seconds[end] === SLOT_SECONDS;
  const last = coreSeconds.findLastIndex(grown => grown > 0);
  if (last >= 0 && !goesOn) {
    const whole = coreSeconds[last - 1] > 0 ? last - 1 : last;
    coreSeconds[last] += (0.5 * coreSeconds[whole]) / seen[whole + 1];
  }
}
