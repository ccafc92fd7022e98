import { heldShares, SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { GpuDeviceDay, GpuTenantDay } from '../../database/GpuStore';

// A binding of this file: read in the innermost loops.
const SLOTS = SLOTS_PER_HOUR;

/** One hour of a device, as it concerns those whose report it is. */
export interface DeviceHour {
  /** Start, milliseconds since 1970. */
  at: number;
  /** Part of the hour they held it, 0 to 1; null = nobody knows who held it. */
  present: number | null;
  /** Share of the device they held, averaged over the hour, 0 to 1. */
  share: number;
  /** What nobody held, 0 to 1; 0 when it isn't known who held it. */
  free: number;
  /** Twelve each. */
  busy: Array<number | null>;
  memory: Array<number | null>;
  /** Mean power of the whole board; null = not known. */
  watts: number | null;
  /** Part of the hour in which power was read. */
  poweredPart: number;
  /** Part of the slots whose use is known, and the mean busy share summed over those: 0 to 1 of the hour. */
  knownPart: number;
  busyPart: number;
  /** Those of theirs who held it. */
  tenants: TenantHour[];
  /** All who held it, theirs or not. */
  everyone: TenantHour[];
  /** How many containers held it at a time, as a rule; at least 1. */
  holders: number;
}

/** A tenant within one hour. */
export interface TenantHour {
  tenant: GpuTenantDay;
  /** Share × time, 0 to 1. */
  share: number;
  /** Part of the hour it held it. */
  held: number;
}

/**
 * The hours of a device's day in which it was reported, and, when the report is
 * of some containers only, in which one of them held it.
 *
 * @param mine - whether a container is one of those the report is of; undefined = everything
 */
export function readDeviceHours(
  day: GpuDeviceDay,
  mine: ((containerId: number) => boolean) | undefined,
): DeviceHour[] {
  const start = Date.parse(day.start);
  const hours: DeviceHour[] = [];
  for (let hour = 0; hour < day.hours; hour += 1) {
    if (day.seenByHour[hour]) {
      const read = readHour(day, hour, start + hour * HOUR_MS, mine);
      if (!mine || read.tenants.length > 0) {
        hours.push(read);
      }
    }
  }
  return hours;
}

function readHour(
  day: GpuDeviceDay,
  hour: number,
  at: number,
  mine: ((containerId: number) => boolean) | undefined,
): DeviceHour {
  const from = hour * SLOTS;
  let known = 0;
  let busySum = 0;
  for (let slot = from; slot < from + SLOTS; slot += 1) {
    const busy = day.busy[slot];
    if (busy !== null) {
      known += 1;
      busySum += busy;
    }
  }
  const all = tenantsOf(day, hour);
  const tenants = mine
    ? all.filter(({ tenant }) => mine(tenant.containerId))
    : all;
  const present = mine
    ? Math.min(1, sum(tenants.map(({ held }) => held)))
    : partHeld(day.heldSecondsByHour[hour]);
  const taken = sum(all.map(({ share }) => share));
  return {
    at,
    present,
    // Held by somebody who is no container we know: all of it is.
    share: !mine && taken === 0 ? present ?? 0 : sum(tenants.map(t => t.share)),
    free: present === null ? 0 : Math.max(0, 1 - (taken > 0 ? taken : present)),
    busy: day.busy.slice(from, from + SLOTS),
    memory: day.memoryUsed.slice(from, from + SLOTS),
    ...powerOf(day, hour),
    knownPart: known / SLOTS,
    busyPart: busySum / SLOTS,
    tenants,
    everyone: all,
    holders: holdersOf(day, hour),
  };
}

/** Power of the board in an hour of the day, by its index. */
export function powerOf(
  { wattsByHour, poweredSecondsByHour }: GpuDeviceDay,
  hour: number,
): Pick<DeviceHour, 'watts' | 'poweredPart'> {
  const watts = wattsByHour[hour] ?? null;
  return {
    watts,
    poweredPart: watts === null ? 0 : partHeld(poweredSecondsByHour[hour]) ?? 0,
  };
}

function partHeld(seconds: number | null): number | null {
  return seconds === null ? null : Math.min(1, seconds / 3600);
}

/** Who held it in the hour; shares of all are scaled to one device when they are more. */
function tenantsOf(day: GpuDeviceDay, hour: number): TenantHour[] {
  const present = day.tenants.filter(
    ({ heldSecondsByHour }) => (heldSecondsByHour[hour] ?? 0) > 0,
  );
  const shares = heldShares({
    replicas: day.device.replicas,
    tenants: present.map(({ heldSecondsByHour, share }) => ({
      heldSeconds: heldSecondsByHour[hour],
      share,
    })),
  });
  return present.map((tenant, i) => ({
    tenant,
    share: shares[i],
    held: Math.min(1, tenant.heldSecondsByHour[hour] / 3600),
  }));
}

/** Pods of one container hold it each: pod-seconds over the time it was held. */
function holdersOf(day: GpuDeviceDay, hour: number): number {
  const seconds = day.heldSecondsByHour[hour] ?? 0;
  const ofPods = sum(
    day.tenants.map(({ heldSecondsByHour }) => heldSecondsByHour[hour] ?? 0),
  );
  return seconds > 0 ? Math.max(1, Math.round(ofPods / seconds)) : 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
