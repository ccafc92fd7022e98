import { splitExactly } from '../money';
import { boardShares } from './migProfiles';

/** A board, or an instance of one, over a span of time that is priced. @public */
export interface DeviceToPrice {
  /** Share of the board, 0 to 1: 1 unless it is an instance. */
  boardShare: number;
  /** What each tenant holds of the device: share × part of the time, 0 to 1. */
  held: readonly number[];
}

/** Price of one device, split. The parts sum to `micros`. @public */
export interface DevicePrice {
  micros: bigint;
  /** In the order of `held`. */
  tenants: bigint[];
  /** Held by nobody: idle cost of the node, not of the tenants present. */
  unallocated: bigint;
}

/**
 * Splits the price of one physical board over its devices: tenants +
 * unallocated + stranded = the board, to the micro. Devices that claim more than
 * a board, and tenants that claim more than a device, are scaled to it.
 *
 * @param devices - the board itself, or all of its instances
 * @public
 */
export function priceDevices(
  boardMicros: bigint,
  devices: readonly DeviceToPrice[],
): { devices: DevicePrice[]; stranded: bigint } {
  const { shares, stranded } = boardShares(
    devices.map(({ boardShare }) => boardShare),
  );
  const [rest, ...prices] = splitWeights(boardMicros, [stranded, ...shares]);
  return {
    stranded: rest,
    devices: devices.map(({ held }, i) => priceDevice(prices[i], held)),
  };
}

/**
 * Splits the price of one device over its tenants; the rest is unallocated. A
 * device that pods share is one device: they split its price.
 *
 * @public
 */
export function priceDevice(
  micros: bigint,
  held: readonly number[],
): DevicePrice {
  const sum = held.reduce((total, share) => total + share, 0);
  const free = sum < 1 - 2 ** -40 ? 1 - sum : 0;
  const [unallocated, ...tenants] = splitWeights(micros, [free, ...held]);
  return { micros, tenants, unallocated };
}

/**
 * What each tenant of a device held of it over an hour: share × time, 0 to 1.
 * The share is its own, else one of the replicas the device is offered to, else
 * all of it: tenants one after the other each have the whole device. Seconds are
 * pod-seconds: two pods hold their share twice. The sum is at most 1; when it
 * would be more (several clients of a whole device, labels that repeat it a pod)
 * the shares are scaled.
 *
 * @public
 */
export function heldShares(
  device: {
    replicas?: number;
    tenants: ReadonlyArray<{ heldSeconds: number; share?: number }>;
  },
  hourSeconds = 3600,
): number[] {
  const usual = 1 / Math.max(1, device.replicas ?? 1);
  let sum = 0;
  const held = device.tenants.map(({ share, heldSeconds }) => {
    const time = Math.max(0, heldSeconds) / hourSeconds;
    const part = Math.min(1, Math.min(1, Math.max(0, share ?? usual)) * time);
    sum += part;
    return part;
  });
  return sum > 1 ? held.map(each => each / sum) : held;
}

/**
 * Splits what a tenant pays for a device into used, idle and unknown: of the
 * time it held the device (hours of equal unit), how much of the use is known,
 * and how much of that it was busy.
 *
 * @public
 */
export function splitUse(
  micros: bigint,
  hours: { held: number; known: number; busy: number },
): { used: bigint; idle: bigint; unknown: bigint } {
  const known = Math.min(Math.max(0, hours.known), hours.held);
  const busy = Math.min(Math.max(0, hours.busy), known);
  const [unknown, used, idle] = splitWeights(micros, [
    hours.held - known,
    busy,
    known - busy,
  ]);
  return { used, idle, unknown };
}

/** As `splitExactly`; when nobody has a weight, the first takes it all. */
function splitWeights(total: bigint, weights: number[]): bigint[] {
  return weights.some(weight => weight > 0)
    ? splitExactly(total, weights)
    : weights.map((_, i) => (i === 0 ? total : 0n));
}
