import { SLOT_SECONDS } from '@headroom/plugin-cost-common';

/** A slot with less than this share of the usual readings was seen in part. */
const WHOLE_SHARE = 0.6;
/** The same at the end of what is known, where the next slot can't tell. */
const WHOLE_SHARE_AT_END = 0.75;

/**
 * Seconds of each slot in which a container was seen, from how many readings
 * each slot has. What counts as all of a slot is told from the container's own
 * rhythm, because exporters take and pass on readings at a pace of their own: a
 * slot between two others is whole unless it has far fewer readings than usual.
 *
 * @param seen - readings by slot, 0 or NaN = none; the first entry is the slot
 * before the window
 * @param usual - readings of a whole slot, when these tell too little
 * @returns seconds by slot of the window, one entry less than `seen`
 */
export function secondsSeen(seen: Float64Array, usual?: number): Float64Array {
  const whole = wholeSlot(seen) ?? usual ?? highestOf(seen);
  const seconds = new Float64Array(seen.length - 1);
  for (let slot = 0; slot < seconds.length; slot++) {
    const [before, count] = [seen[slot], seen[slot + 1]];
    if (count > 0) {
      const last = slot === seconds.length - 1;
      const after = last ? NaN : seen[slot + 2];
      seconds[slot] =
        before > 0 && (after > 0 || last)
          ? within(count, whole, last ? WHOLE_SHARE_AT_END : WHOLE_SHARE)
          : within(count, whole, 1);
    }
  }
  return seconds;
}

/** Readings of a slot in the middle of others; undefined when there is none. */
export function wholeSlot(seen: Float64Array): number | undefined {
  const inside: number[] = [];
  for (let slot = 1; slot < seen.length - 1; slot++) {
    if (seen[slot - 1] > 0 && seen[slot] > 0 && seen[slot + 1] > 0) {
      inside.push(seen[slot]);
    }
  }
  inside.sort((left, right) => left - right);
  return inside[Math.floor(inside.length / 2)];
}

function within(count: number, whole: number, wholeShare: number): number {
  return count >= wholeShare * whole
    ? SLOT_SECONDS
    : (SLOT_SECONDS * count) / whole;
}

function highestOf(seen: Float64Array): number {
  return seen.reduce((most, count) => (count > most ? count : most), 1);
}
