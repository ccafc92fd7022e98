import { Micros, splitExactly } from '@headroom/common';
import { GpuEnergy } from '@headroom/plugin-cost-common';

/** Energy while it is added up. Hours are device-hours of whole boards. */
export interface EnergySum {
  hours: number;
  /** Of `hours`: those whose power is known; `wattHours` is of these. */
  knownHours: number;
  wattHours: number;
  /** At the day's price, not rounded; 0 without a price. */
  micros: number;
}

/** Nothing; a new object each time. */
export function noEnergy(): EnergySum {
  return { hours: 0, knownHours: 0, wattHours: 0, micros: 0 };
}

/** Power of a board in one hour, and what its energy costs then. */
export interface BoardPower {
  watts: number | null;
  /** Part of the hour in which power was read. */
  poweredPart: number;
  /** Micros a kilowatt-hour; absent = no price is configured. */
  price?: number;
}

/**
 * Adds a share of a board's energy in one hour: watts × hours, of the part of the
 * hour in which power is known.
 *
 * @param boards - share of the board × part of the hour, 0 to 1
 */
export function addEnergy(
  sum: EnergySum,
  boards: number,
  { watts, poweredPart, price = 0 }: BoardPower,
): void {
  const known = watts === null ? 0 : boards * poweredPart;
  const wattHours = known * (watts ?? 0);
  sum.hours += boards;
  sum.knownHours += known;
  sum.wattHours += wattHours;
  sum.micros += (wattHours / 1000) * price;
}

export function addEnergies(sum: EnergySum, more: EnergySum): void {
  sum.hours += more.hours;
  sum.knownHours += more.knownHours;
  sum.wattHours += more.wattHours;
  sum.micros += more.micros;
}

/** Whole micros of parts, which sum to those of all of them together. */
export function energyMicros(parts: readonly EnergySum[]): bigint[] {
  const weights = parts.map(({ micros }) => micros);
  const total = BigInt(
    Math.round(weights.reduce((sum, weight) => sum + weight, 0)),
  );
  return total > 0n ? splitExactly(total, weights) : weights.map(() => 0n);
}

/** On the wire; without `micros` no price is configured. */
export function toGpuEnergy(
  { wattHours, hours, knownHours }: EnergySum,
  micros: bigint | undefined,
): GpuEnergy {
  return {
    kilowattHours: wattHours / 1000,
    deviceHours: hours,
    knownHours,
    ...(micros !== undefined && { micros: micros.toString() as Micros }),
  };
}
