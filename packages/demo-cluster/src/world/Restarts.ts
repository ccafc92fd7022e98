import { PodLife } from './lives';
import { Loads } from './loads';
import { mix, uniform } from './random';
import { HOUR_SECONDS, SLOT_SECONDS, SLOTS_PER_HOUR } from './time';
import { ContainerSpec } from './types';
import { hourBytes, slotBytes } from './workingSet';

/** From the binding of a pod until its containers run, or an init container does. */
const CONTAINER_START_SECONDS = 5;
/** How long an init container takes. */
const INIT_SECONDS = 40;
/** Container-hours whose kills are remembered. */
const MOST_REMEMBERED = 20_000;

/** How often the kernel has killed a container, and when last (seconds since the start of the world). */
export interface Kills {
  count: number;
  last?: number;
}

/** From when until when a container of a pod runs, and holds what it asks for. */
export function spanOf(
  life: PodLife,
  container: ContainerSpec,
): { from: number; until: number } {
  return container.role === 'init'
    ? { from: life.from, until: Math.min(life.until, life.from + INIT_SECONDS) }
    : life;
}

/** Kills of a container that leaks: whenever the leak has filled what there is. */
function leakKills(life: PodLife, { usage }: ContainerSpec, at: number): Kills {
  if (!usage.leakHours) {
    return { count: 0 };
  }
  const period = usage.leakHours * HOUR_SECONDS;
  const count = Math.max(0, Math.floor((at - life.from) / period));
  return { count, last: count ? life.from + count * period : undefined };
}

/**
 * When containers are killed for memory, and begin again: those that leak, and
 * those that want more than a limit that was set from outside, or that demand
 * from outside fell on. These are killed once in five minutes, which is as often
 * as a kubelet starts them again.
 */
export class Restarts {
  readonly #loads: Loads;
  readonly #moments = new Map<string, number[]>();

  constructor(loads: Loads) {
    this.#loads = loads;
  }

  /** Something was done; what was computed is void. */
  forget(): void {
    this.#moments.clear();
  }

  /** Kills of a container of a pod up to a moment. */
  until(life: PodLife, index: number, at: number): Kills {
    const leak = leakKills(life, life.containers[index], at);
    const excess = this.#excessKills(life, index, at);
    if (excess.last === undefined) {
      return leak;
    }
    return {
      count: leak.count + excess.count,
      last: Math.max(leak.last ?? 0, excess.last),
    };
  }

  /** How often it was killed from one moment up to, not including, another. */
  between(life: PodLife, index: number, from: number, to: number): number {
    const container = life.containers[index];
    return container.usage.leakHours || this.#mayExceed(life, index, to)
      ? this.until(life, index, to - 1).count -
          this.until(life, index, from - 1).count
      : 0;
  }

  /** When a container that runs at a moment last started. */
  startOf(life: PodLife, index: number, at: number): number {
    return (
      this.until(life, index, at).last ?? life.from + CONTAINER_START_SECONDS
    );
  }

  #mayExceed(life: PodLife, index: number, at: number): boolean {
    const { memoryLimitBytes, role } = life.containers[index];
    return (
      memoryLimitBytes !== undefined &&
      role !== 'init' &&
      this.#loads.touchedSince(life) <= at
    );
  }

  #excessKills(life: PodLife, index: number, at: number): Kills {
    const kills: Kills = { count: 0 };
    if (!this.#mayExceed(life, index, at)) {
      return kills;
    }
    const from = Math.max(
      this.#loads.touchedSince(life),
      life.from + CONTAINER_START_SECONDS,
    );
    const last = Math.min(at, life.until);
    const lastHour = Math.floor(last / HOUR_SECONDS);
    for (let hour = Math.floor(from / HOUR_SECONDS); hour <= lastHour; hour++) {
      for (const moment of this.#momentsIn(life, index, hour)) {
        if (moment > from && moment <= last) {
          kills.count += 1;
          kills.last = moment;
        }
      }
    }
    return kills;
  }

  /** Moments of an hour at which a container wants more memory than its limit, one in five minutes. */
  #momentsIn(life: PodLife, index: number, hour: number): number[] {
    const id = `${life.id}#${index}@${hour}`;
    let moments = this.#moments.get(id);
    if (!moments) {
      moments = this.#computeMoments(life, index, hour);
      if (this.#moments.size >= MOST_REMEMBERED) {
        this.#moments.clear();
      }
      this.#moments.set(id, moments);
    }
    return moments;
  }

  #computeMoments(life: PodLife, index: number, hour: number): number[] {
    const limit = life.containers[index].memoryLimitBytes ?? Infinity;
    const loads = this.#loads.of(life, hour);
    const moments: number[] = [];
    for (let offset = 0; offset < SLOTS_PER_HOUR; offset++) {
      const slot = hour * SLOTS_PER_HOUR + offset;
      const into = uniform(mix(life.hash, 13 + index), slot);
      const moment = slot * SLOT_SECONDS + Math.floor(into * SLOT_SECONDS);
      const load = loads.filter(({ from }) => from <= moment).at(-1)!;
      const bytes = hourBytes(life, index, load.demand, hour);
      if (slotBytes(life, index, bytes, slot).peak > limit) {
        moments.push(moment);
      }
    }
    return moments;
  }
}
