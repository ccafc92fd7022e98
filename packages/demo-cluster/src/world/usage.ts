import { PodLife } from './lives';
import { jitter, mix } from './random';
import { HOUR_SECONDS } from './time';
import { ContainerSpec } from './types';
import { Wishes } from './wishes';

/** What a container uses at one moment, or on average over an hour. */
export interface UsageRate {
  cpuCores: number;
  memoryBytes: number;
  /** Busy devices, at most those it holds; absent when it holds none. */
  gpuBusyDevices?: number;
}

/** Demand one pod of a workload meets in an hour, relative to its mean. */
export function demandPerPod(
  wishes: Wishes,
  life: PodLife,
  hour: number,
): number {
  const demand = wishes.demand(life.spec, hour);
  const schedule = life.spec.schedule;
  return schedule.type === 'elastic'
    ? (demand * schedule.mean) / wishes.replicas(life.spec, hour)
    : demand;
}

/** Share of the way from the start of a leak to the limit, on average over some seconds of life. */
function leaked(leakHours: number, age: number): number {
  const period = leakHours * HOUR_SECONDS;
  return (age % period) / period;
}

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

/**
 * Usage of one container of a pod: its mean, moved by demand, by what is
 * peculiar to the pod, and by noise that belongs to the hour.
 *
 * @param demand - what {@link demandPerPod} says of the hour
 * @param at - the moment, or the middle of the time averaged over, in seconds since the start of the world
 */
export function usageRate(
  life: PodLife,
  container: ContainerSpec,
  index: number,
  demand: number,
  at: number,
): UsageRate {
  const { usage } = container;
  const key = mix(life.hash, index);
  const hour = Math.floor(at / HOUR_SECONDS);
  const follow = (share: number) => 1 - share + share * demand;

  const cpuCores =
    usage.cpuCores *
    follow(usage.cpuFollows) *
    jitter(key, -1, 0.03) *
    jitter(key, hour, 0.05);
  const growing =
    usage.leakHours && container.memoryLimitBytes
      ? (container.memoryLimitBytes - usage.memoryBytes) *
        leaked(usage.leakHours, at - life.from)
      : 0;
  const memoryBytes =
    growing +
    usage.memoryBytes *
      follow(usage.memoryFollows) *
      jitter(key, -2, 0.01) *
      jitter(mix(key, 2), hour, 0.01);

  return {
    cpuCores: Math.min(cpuCores, container.cpuLimitCores ?? Infinity),
    memoryBytes: Math.floor(
      Math.min(memoryBytes, container.memoryLimitBytes ?? Infinity),
    ),
    ...(container.gpuDevices && {
      gpuBusyDevices:
        container.gpuDevices *
        Math.min(
          1,
          (usage.gpuBusy ?? 0) *
            follow(usage.gpuFollows ?? 0) *
            jitter(mix(key, 3), hour, 0.06),
        ),
    }),
  };
}
