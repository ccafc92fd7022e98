import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { getOrCreate } from '../reading/collections';
import { PodStay } from './podStays';
import { Requests, slotsOf } from './requests';

/** What was requested of each resource in the slots of an hour: units times seconds. */
export type RequestSlots = Map<string, number[]>;

/**
 * What was requested on one node in an hour, for as long as it was held there;
 * undefined when nothing was.
 */
export function requestsOn(
  requests: Requests | undefined,
  hour: number,
  stay: PodStay,
): RequestSlots | undefined {
  const result: RequestSlots = new Map();
  for (const node of new Set([stay.node, ''])) {
    const listed = node === '' ? stay.listedAnywhere : stay.listed;
    for (const [resource, values] of requests?.get(node) ?? []) {
      const slots = heldOn(slotsOf(values, hour), listed, stay);
      if (slots.some(each => each > 0)) {
        const sums = getOrCreate(result, resource, () => slots.map(() => 0));
        slots.forEach((each, slot) => (sums[slot] += each));
      }
    }
  }
  return result.size > 0 ? result : undefined;
}

/**
 * What of something that was seen while a pod was listed falls to the time it held
 * its place on a node. Where it was not listed, or what was said is no number, it is
 * taken to be the lower of what it was before and after.
 *
 * @param listed - seconds of each slot in which it was listed
 */
export function heldOn(
  amounts: readonly number[],
  listed: readonly number[],
  stay: PodStay,
): number[] {
  const rates = amounts.map((each, slot) => {
    if (Number.isNaN(each)) {
      return undefined;
    }
    if (listed[slot] > 0) {
      return each / listed[slot];
    }
    return each > 0 ? each / SLOT_SECONDS : undefined;
  });
  return stay.held.map((seconds, slot) => {
    if (seconds === 0) {
      return 0;
    }
    return (rates[slot] ?? rateBetween(rates, slot)) * seconds;
  });
}

function rateBetween(rates: Array<number | undefined>, slot: number): number {
  const before = rates.findLast((each, at) => at < slot && each !== undefined);
  const after = rates.find((each, at) => at > slot && each !== undefined);
  return Math.min(before ?? after ?? 0, after ?? before ?? 0);
}
