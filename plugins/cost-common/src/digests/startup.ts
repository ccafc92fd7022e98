import { HOUR_MS } from '@headroom/common';
import { ContainerHour, SLOT_SECONDS } from '../observations/observations';
import { eachSample } from './samples';
import { StartupPeak } from './types';

/** How long a start takes: class loading, warm-up, filling of caches. */
const STARTUP_MS = 600_000;

/**
 * Starts of an hour, and the highest samples of slots that overlap the first
 * ten minutes after one, also after one of the hour before. Undefined when
 * nothing started. A peak of 0 says that no sample was taken.
 */
export function startupOfHour(
  hourMs: number,
  containers: readonly ContainerHour[],
): StartupPeak | undefined {
  const startup = { starts: 0, cpuCores: 0, memoryBytes: 0 };
  let any = false;
  for (const { startedAt, samples } of containers) {
    const started = startedAt === undefined ? NaN : Date.parse(startedAt);
    if (started < hourMs + HOUR_MS && started + STARTUP_MS > hourMs) {
      any = true;
      startup.starts += started >= hourMs ? 1 : 0;
      const overlaps = (slot: number) => {
        const start = hourMs + slot * SLOT_SECONDS * 1000;
        return (
          start < started + STARTUP_MS && start + SLOT_SECONDS * 1000 > started
        );
      };
      eachSample(samples?.cpuCores, (value, slot) => {
        if (overlaps(slot)) {
          startup.cpuCores = Math.max(startup.cpuCores, value);
        }
      });
      eachSample(samples?.memoryBytes, (value, slot) => {
        if (overlaps(slot)) {
          startup.memoryBytes = Math.max(startup.memoryBytes, value);
        }
      });
    }
  }
  return any ? startup : undefined;
}

/** Starts add up, peaks don't. */
export function mergeStartups(
  a: StartupPeak | undefined,
  b: StartupPeak | undefined,
): StartupPeak | undefined {
  if (!a || !b) {
    return a ?? b;
  }
  return {
    starts: a.starts + b.starts,
    cpuCores: Math.max(a.cpuCores, b.cpuCores),
    memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
  };
}
