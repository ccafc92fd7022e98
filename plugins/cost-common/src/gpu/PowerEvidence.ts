import { isComputing } from './isComputing';
import { findGpuType, GpuType } from './gpuTypes';

/** What power may say against a busy share: part of the way from waiting to full power. */
interface Margins {
  /** A device that computes nothing stays below it. */
  idle: number;
  /** Busy all the time it draws at least this much more, whatever it computes. */
  busy: number;
  /** What computes nothing may draw so much more than what waits: less says nothing. */
  noise: number;
}

/**
 * One block that spins drew 0.2 % of the way, 5 % of each second at full speed 7 %.
 * The noise is an H100 that launches empty kernels in a loop: up to 124.3 W, of
 * 120 W to 700 W. An H200 drew 1.1 W more at most; as one board of each was
 * measured, and boards differ, the larger stands for both.
 */
const MEASURED: Margins = { idle: 0.03, busy: 0.1, noise: 4.3 / 580 };
/** Idle and waiting watts are guesses, and so is the noise: only what is far off counts. */
const GUESSED: Margins = { idle: 0.08, busy: 0.05, noise: 0.01 };

/** Hours in which power and busy share can't both be right. @public */
export interface PowerContradiction {
  hours: number;
  meanWatts: number;
  meanBusyShare: number;
}

/** What a board that computes nothing draws. */
export interface PowerLevels {
  /** With a context. */
  waitingWatts: number;
  /** With a context or without, it stays below it. */
  idleBelowWatts: number;
  /** Measured on this kind of board; else they are guesses. */
  measured: boolean;
}

/** Undefined for models that aren't known: their power says nothing. */
export function powerLevels(
  model: string | undefined,
): PowerLevels | undefined {
  const type = findGpuType(model);
  return type && levelsOf(type);
}

function levelsOf(type: GpuType): PowerLevels {
  const { waitingWatts, maxWatts, measured } = type;
  const { idle } = marginsOf(type);
  return {
    waitingWatts,
    idleBelowWatts: waitingWatts + idle * (maxWatts - waitingWatts),
    measured,
  };
}

function marginsOf({ measured }: GpuType): Margins {
  return measured ? MEASURED : GUESSED;
}

/** Whether the power of a board fits its busy shares, hour by hour. */
export class PowerEvidence {
  readonly #type: GpuType;
  readonly #margins: Margins;
  readonly #levels: PowerLevels;
  readonly #saysBusy = { hours: 0, wattHours: 0, busyHours: 0 };
  readonly #saysUnused = { hours: 0, wattHours: 0, busyHours: 0 };

  /** Undefined for models that aren't known: their power says nothing. */
  static of(model: string | undefined): PowerEvidence | undefined {
    const type = findGpuType(model);
    return type && new PowerEvidence(type);
  }

  private constructor(type: GpuType) {
    this.#type = type;
    this.#margins = marginsOf(type);
    this.#levels = levelsOf(type);
  }

  /** @param busy - known busy shares of the hour's slots */
  add(hours: number, watts: number, busy: readonly number[]): void {
    const computing = busy.filter(isComputing);
    const mean = sum(busy) / busy.length;
    const contradicted =
      computing.length === 0
        ? watts > this.#levels.idleBelowWatts && this.#saysBusy
        : watts < this.#leastWatts(computing, busy.length) && this.#saysUnused;
    if (contradicted) {
      contradicted.hours += hours;
      contradicted.wattHours += hours * watts;
      contradicted.busyHours += hours * mean;
    }
  }

  /** Read as unused, and drawing more than a board that computes nothing does. */
  get saysBusy(): PowerContradiction | undefined {
    return toContradiction(this.#saysBusy);
  }

  /** Read as busy, and drawing no more than one that waits. */
  get saysUnused(): PowerContradiction | undefined {
    return toContradiction(this.#saysUnused);
  }

  /**
   * What slots take at least of which some compute so much: a context in those,
   * idle power in the others, and a little for what is computed.
   */
  #leastWatts(computing: readonly number[], slots: number): number {
    const { idleWatts, waitingWatts, maxWatts } = this.#type;
    const part = computing.length / slots;
    const busy = sum(computing) / computing.length;
    return busy * this.#margins.busy < this.#margins.noise
      ? 0
      : idleWatts +
          part * (waitingWatts - idleWatts) +
          part * busy * this.#margins.busy * (maxWatts - waitingWatts);
  }
}

function toContradiction({
  hours,
  wattHours,
  busyHours,
}: {
  hours: number;
  wattHours: number;
  busyHours: number;
}): PowerContradiction | undefined {
  return hours > 0
    ? {
        hours,
        meanWatts: wattHours / hours,
        meanBusyShare: busyHours / hours,
      }
    : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
