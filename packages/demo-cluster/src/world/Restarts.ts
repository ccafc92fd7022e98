import { containersAt, PodLife } from './lives';
import { Loads } from './loads';
import { mix, uniform } from './random';
import { HOUR_SECONDS, SLOT_SECONDS, SLOTS_PER_HOUR } from './time';
import { ContainerSpec } from './types';
import { hourBytes, slotBytes } from './workingSet';

/** From the binding of a pod until its containers run, or an init container does. */
const CONTAINER_START_SECONDS = 5;
/** How long an init container takes. */
const INIT_SECONDS = 40;
/** A start that can't succeed is first killed after 20 to 50 seconds: so long the memory takes to fill. */
const FIRST_KILL_SECONDS = { least: 20, spread: 30 };
/** Container-hours whose kills are remembered. */
const MOST_REMEMBERED = 20_000;

/** How long a container needs the memory that it needs to start. */
export const STARTUP_MEMORY_SECONDS = 1200;

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
 * Whether a container doesn't get through its start at a moment: it needs more
 * than its limit, is killed and starts again. What ran when the world began has
 * started long before.
 */
function startsInVain(life: PodLife, index: number, at: number): boolean {
  const { startupBytes } = life.containers[index].usage;
  if (startupBytes === undefined || life.from === 0) {
    return false;
  }
  let inVain = false;
  for (const from of [
    life.from,
    ...(life.resizes ?? []).map(each => each.at),
  ]) {
    if (from <= at) {
      const { memoryLimitBytes = Infinity } = containersAt(life, from)[index];
      const starting: boolean =
        inVain || from < life.from + STARTUP_MEMORY_SECONDS;
      inVain = memoryLimitBytes < startupBytes && starting;
    }
  }
  return inVain;
}

/** When a container of a pod whose first start is in vain is killed. */
function firstKillOf({ from, hash }: PodLife, index: number): number {
  const { least, spread } = FIRST_KILL_SECONDS;
  const late = uniform(mix(hash, 13 + index), -1);
  return from + CONTAINER_START_SECONDS + least + Math.floor(late * spread);
}

/**
 * When containers are killed for memory, and begin again: those that leak, and
 * those that want more than a limit that was set from outside, or that demand
 * from outside fell on, be it only to start. These are killed once in five minutes, which is as often
 * as a kubelet starts them again; a start that can't succeed is killed in its first minute as well.
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
      (memoryLimitBytes !== undefined || life.resizes !== undefined) &&
      role !== 'init' &&
      this.#touchedSince(life) <= at
    );
  }

  #touchedSince(life: PodLife): number {
    const resized = life.resizes?.[0]?.at ?? Infinity;
    return Math.min(resized, this.#loads.touchedSince(life));
  }

  #excessKills(life: PodLife, index: number, at: number): Kills {
    const kills: Kills = { count: 0 };
    if (!this.#mayExceed(life, index, at)) {
      return kills;
    }
    const from = Math.max(
      this.#touchedSince(life),
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
    const loads = this.#loads.of(life, hour);
    const moments: number[] = [];
    for (let offset = 0; offset < SLOTS_PER_HOUR; offset++) {
      const slot = hour * SLOTS_PER_HOUR + offset;
      const into = uniform(mix(life.hash, 13 + index), slot);
      const moment = slot * SLOT_SECONDS + Math.floor(into * SLOT_SECONDS);
      const load = loads.filter(({ from }) => from <= moment).at(-1)!;
      const bytes = hourBytes(life, index, load.demand, hour);
      const { memoryLimitBytes = Infinity } = containersAt(life, moment)[index];
      if (
        slotBytes(life, index, bytes, slot).peak > memoryLimitBytes ||
        startsInVain(life, index, moment)
      ) {
        moments.push(moment);
      }
    }
    const first = firstKillOf(life, index);
    if (
      Math.floor(first / HOUR_SECONDS) === hour &&
      startsInVain(life, index, first)
    ) {
      moments.push(first);
      moments.sort((a, b) => a - b);
    }
    return moments;
  }
}
