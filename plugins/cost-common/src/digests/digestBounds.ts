import { HOUR_MS } from '@headroom/common';

/** Start of a stored digest: "HD". */
export const MAGIC = [0x48, 0x44] as const;

/** Specs a digest keeps: the last ones, one an hour of a day. @public */
export const MAX_SPECS = 24;

/** Node pools a digest tells apart: those it ran in longest; the rest is one, ''. @public */
export const MAX_POOLS = 32;

/** Longest span of a digest: a year. */
export const MAX_HOURS = 366 * 24;

/** Bits of what a digest may know. */
export const KNOWN = {
  cpuPeakCores: 1,
  memoryPeakBytes: 2,
  oomKills: 4,
  oomLimitBytes: 8,
  restarts: 16,
  throttledShare: 32,
  startup: 64,
} as const;

/** The hour an ISO 8601 instant is, in hours since 1970. */
export function hourNumber(start: string): number {
  const hour = Date.parse(start) / HOUR_MS;
  if (!(Number.isInteger(hour) && hour >= 0)) {
    throw new RangeError(
      `"${start}" is not the start of a UTC hour (ISO 8601)`,
    );
  }
  return hour;
}
