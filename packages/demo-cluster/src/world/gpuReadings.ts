import type { GpuReadingFault } from '@headroom/plugin-cost-common';
import { NodeLife } from './lives';
import { mix, uniform } from './random';

/** A reading every half minute. */
export const READINGS_PER_HOUR = 120;

/** Hours in which no series of a node's GPUs say whose they are, one in so many. */
const UNLABELLED_ONE_IN = 400;
/** Hours in which some readings of a device are garbage, one in so many. */
const IMPOSSIBLE_ONE_IN = 40;
/** Days of the history on which a device nobody holds says 100 % and means nothing by it. */
const LATCHED_DAYS = { from: 38, until: 41 };

/** What is wrong with the readings of a device in an hour. */
export interface ReadingFaults {
  setAside: Partial<Record<GpuReadingFault, number>>;
  /** No reading of the hour says how busy it was. */
  blind: boolean;
  /** Labels were there: who holds a device is known. */
  labelled: boolean;
}

/** Whether a node's exporter lost its labels in an hour. */
export function isUnlabelled(node: NodeLife, hour: number): boolean {
  return uniform(mix(node.hash, 31), hour) < 1 / UNLABELLED_ONE_IN;
}

/** What is wrong with the readings of a device in an hour in which it was up for a share of the time. */
export function readingFaults(options: {
  node: NodeLife;
  device: number;
  hour: number;
  held: boolean;
  /** Readings there should be. */
  expected: number;
}): ReadingFaults {
  const { node, device, hour, held, expected } = options;
  if (isUnlabelled(node, hour)) {
    const setAside = { unlabelled: expected };
    return { setAside, blind: true, labelled: false };
  }
  const day = hour / 24;
  const mayLatch = !held && !node.pool.gpuOffer;
  if (mayLatch && day >= LATCHED_DAYS.from && day < LATCHED_DAYS.until) {
    return { setAside: { latched: expected }, blind: true, labelled: true };
  }
  const key = mix(node.hash, 37 + device);
  const impossible =
    uniform(key, hour) < 1 / IMPOSSIBLE_ONE_IN
      ? 1 + Math.floor(3 * uniform(key, -hour))
      : 0;
  const setAside = {
    ...(impossible > 0 && { impossible }),
    ...(node.pool.profilingSilent && { 'profiling-silent': expected }),
  };
  return { setAside, blind: false, labelled: true };
}
