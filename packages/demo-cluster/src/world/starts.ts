import { PodLife } from './lives';
import { HOUR_SECONDS } from './time';
import { ContainerSpec } from './types';

/** From the binding of a pod until its containers run, or an init container does. */
const CONTAINER_START_SECONDS = 5;
/** How long an init container takes. */
const INIT_SECONDS = 40;

/** How often the kernel has killed a container that leaks, and when last (seconds since the start of the world). */
export function oomKills(
  life: PodLife,
  container: ContainerSpec,
  at: number,
): { count: number; last?: number } {
  const { leakHours } = container.usage;
  if (!leakHours) {
    return { count: 0 };
  }
  const period = leakHours * HOUR_SECONDS;
  const count = Math.max(0, Math.floor((at - life.from) / period));
  return { count, last: count ? life.from + count * period : undefined };
}

/** How often it was killed from one moment up to, not including, another. */
export function killsBetween(
  life: PodLife,
  container: ContainerSpec,
  from: number,
  to: number,
): number {
  return container.usage.leakHours
    ? oomKills(life, container, to - 1).count -
        oomKills(life, container, from - 1).count
    : 0;
}

/** When a container that runs at a moment last started. */
export function startOf(
  life: PodLife,
  container: ContainerSpec,
  at: number,
): number {
  return (
    oomKills(life, container, at).last ?? life.from + CONTAINER_START_SECONDS
  );
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
