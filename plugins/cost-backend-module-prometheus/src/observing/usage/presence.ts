import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { median } from '../../reading/collections';

/** A slot between others with less than this share of their readings was seen in part. */
const WHOLE_SHARE = 0.6;
/** The same at the end of what is known, where the next slot can't tell. */
const WHOLE_SHARE_AT_END = 0.75;
/** Slots on either side that tell how many readings a whole slot has. */
const NEIGHBOURS = 3;

/**
 * Seconds of each slot in which a container was seen, from how many readings
 * each slot has. What counts as all of a slot is told from the slots around it,
 * because exporters take and pass on readings at a pace of their own, which may
 * change: a slot between two others is whole unless it has far fewer readings
 * than those before it and those after it.
 *
 * @param seen - readings by slot, 0 or NaN = none; the first entry is the slot
 * before the hour
 * @param usual - readings of a whole slot, where the slots around tell nothing
 * @returns seconds by slot of the hour, one entry less than `seen`
 */
export function secondsSeen(seen: Float64Array, usual?: number): Float64Array {
  const seconds = new Float64Array(seen.length - 1);
  for (let slot = 0; slot < seconds.length; slot++) {
    const count = seen[slot + 1];
    if (count > 0) {
      seconds[slot] =
        SLOT_SECONDS * Math.min(1, shareSeen(seen, slot + 1, usual));
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
  return median(inside);
}

function shareSeen(
  seen: Float64Array,
  index: number,
  usual: number | undefined,
): number {
  const count = seen[index];
  const before = around(seen, index, -1);
  const after = around(seen, index, 1);
  const isLast = index === seen.length - 1;
  if (before !== undefined && (after !== undefined || isLast)) {
    const whole = Math.min(before, after ?? before);
    const share = isLast ? WHOLE_SHARE_AT_END : WHOLE_SHARE;
    return count >= Math.min(share * whole, whole - 1) ? 1 : count / whole;
  }
  return count / (before ?? after ?? usual ?? count);
}

/** Readings of the slots next to one on one side; undefined when the next has none. */
function around(
  seen: Float64Array,
  index: number,
  step: 1 | -1,
): number | undefined {
  const counts: number[] = [];
  for (
    let at = index + step;
    seen[at] > 0 && counts.length < NEIGHBOURS;
    at += step
  ) {
    counts.push(seen[at]);
  }
  return median(counts);
}
