import { createWorld } from '@headroom/demo-cluster';
import {
  ContainerHour,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { Series } from './Series';

const DAYS = 16;
const START = new Date('2026-03-02T00:00:00Z');
/** One beyond the last day, which shows that the day is over. */
const LAST_SLOT = DAYS * 24 * SLOTS_PER_HOUR;

/**
 * Usage of the simulated clusters' containers that ran from beginning to end
 * of 16 days: in each slot that of the pod that used most.
 */
export function demoSeries(): Series[] {
  return createWorld({ seed: 1, start: START }).clusters.flatMap(cluster => {
    const slots = new Map<string, Map<number, number>>();
    for (let hour = 0; hour <= DAYS * 24; hour++) {
      const from = new Date(START.getTime() + hour * HOUR_MS);
      const to = new Date(from.getTime() + HOUR_MS);
      for (const container of cluster.observe(from, to).containers) {
        const name = [
          cluster.name,
          container.namespace,
          container.workload,
          container.container,
        ].join('/');
        const known = slots.get(name) ?? new Map<number, number>();
        slots.set(name, known);
        addHour(container, hour * SLOTS_PER_HOUR, known);
      }
    }
    return [...slots]
      .filter(([, known]) => known.has(0) && known.has(LAST_SLOT))
      .map(([name, known]) => toSeries(name, known));
  });
}

/** Where there are no samples within the hour, its mean holds for all of it. */
function addHour(
  { samples, cpuUsageCoreSeconds, runSeconds }: ContainerHour,
  firstSlot: number,
  into: Map<number, number>,
): void {
  const mean =
    cpuUsageCoreSeconds !== undefined && runSeconds > 0
      ? cpuUsageCoreSeconds / runSeconds
      : undefined;
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
    const cores = samples?.cpuCores ? samples.cpuCores[slot] : mean;
    if (cores !== undefined && cores !== null) {
      const at = firstSlot + slot;
      into.set(at, Math.max(cores, into.get(at) ?? 0));
    }
  }
}

function toSeries(name: string, slots: Map<number, number>): Series {
  const sorted = [...slots].sort(([a], [b]) => a - b);
  return {
    name,
    ts: Float64Array.from(
      sorted,
      ([slot]) => START.getTime() / 1000 + slot * SLOT_SECONDS,
    ),
    cores: Float64Array.from(sorted, ([, cores]) => cores),
  };
}
