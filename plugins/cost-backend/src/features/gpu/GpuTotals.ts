import { GpuMoney } from '@headroom/plugin-cost-common';

/** {@link GpuMoney} while it is added up. */
export type GpuMicros = Record<Exclude<keyof GpuMoney, 'cost'>, bigint>;

/** Nothing; a new object each time. */
export function noMicros(): GpuMicros {
  return { used: 0n, unused: 0n, unknown: 0n, idle: 0n, stranded: 0n };
}

/** Adds `more` to `sum` in place. */
export function addMicros(sum: GpuMicros, more: Partial<GpuMicros>): void {
  for (const [part, micros] of Object.entries(more)) {
    sum[part as keyof GpuMicros] += micros;
  }
}

export function costOf(micros: GpuMicros): bigint {
  return Object.values(micros).reduce((sum, part) => sum + part, 0n);
}

/** On the wire; `cost` is the sum of the parts. */
export function toGpuMoney(micros: GpuMicros): GpuMoney {
  return {
    cost: costOf(micros).toString(),
    used: micros.used.toString(),
    unused: micros.unused.toString(),
    unknown: micros.unknown.toString(),
    idle: micros.idle.toString(),
    stranded: micros.stranded.toString(),
  };
}

/** Device-hours of a day, a device or a window: of boards, and of one's own share of them. */
export interface GpuHours {
  held: number;
  /** Of `held`: those of known use, and their busy part. */
  known: number;
  busy: number;
}

/** Hours a tenant held a device, or everybody did. */
export function noHours(): GpuHours {
  return { held: 0, known: 0, busy: 0 };
}

/** Adds `more` to `sum` in place. */
export function addHours(sum: GpuHours, more: GpuHours): void {
  sum.held += more.held;
  sum.known += more.known;
  sum.busy += more.busy;
}
