import { SLOT_SECONDS } from '@headroom/plugin-cost-common';

/** Rates that make an hour more than so many times its growth, or less, are not believed. */
const BELIEVED = 1.5;

/**
 * The growth of an hour, divided over its whole slots as their rates say. The
 * reading at a slot's end is from a moment before it, so growth puts the edge of a
 * burst into the slot next to it; a rate has only readings of its own slot, but
 * leaves out what was used between them and the next. Together they have both: the
 * hour's sum and its shape.
 *
 * @param coreSeconds - growth of each slot; NaN = not known
 * @param seconds - seconds of each slot it was seen
 * @param rates - mean cores of each slot; NaN = not known
 * @param mostCores - cores of the machine: a rate above is no rate
 */
export function shapedByRates(
  coreSeconds: Float64Array,
  seconds: Float64Array,
  rates: Float64Array,
  mostCores: number,
): Float64Array {
  const shaped = coreSeconds.slice();
  const slots: number[] = [];
  let grown = 0;
  let rated = 0;
  coreSeconds.forEach((growth, slot) => {
    if (
      seconds[slot] === SLOT_SECONDS &&
      !Number.isNaN(growth) &&
      rates[slot] <= mostCores
    ) {
      slots.push(slot);
      grown += growth;
      rated += rates[slot] * SLOT_SECONDS;
    }
  });
  const factor = grown / rated;
  if (factor > 1 / BELIEVED && factor < BELIEVED) {
    for (const slot of slots) {
      shaped[slot] = rates[slot] * SLOT_SECONDS * factor;
    }
  }
  return shaped;
}
