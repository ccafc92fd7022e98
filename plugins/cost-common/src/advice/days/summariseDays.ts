import { mergeHistograms, quantile, RunPeak } from '../../digests';
import { AdvisedResource, ResourceAdvice } from '../types';
import { ContainerDay } from './containerDay';
import { limitAtKill } from './limitAtKill';

/** What the used days say, all together. */
export interface DaysSummary {
  /** Worst pod; undefined without samples. */
  usage: Partial<Record<AdvisedResource, NonNullable<ResourceAdvice['usage']>>>;
  samples: number;
  /** Known samples of those wanted, of the resource that is known less. */
  coverage: number;
  pods: number;
  /** Of the whole window: a change of limits does not undo a kill. */
  oomKills?: number;
  /** Highest memory limit in force at a kill; 0 = it is not known, or there was none. */
  killedAtBytes: number;
  throttledShare?: number;
  startup?: { starts: number; cpuCores: number; memoryBytes: number };
  /** Peaks of Job runs, merged over the days a run went through; no `slots` = no sample was taken. */
  runs: Map<string, Omit<RunPeak, 'run'>>;
}

/** @param all - days of the window, those before a change of the spec too */
export function summariseDays(
  days: readonly ContainerDay[],
  all: readonly ContainerDay[] = days,
): DaysSummary {
  const digests = days.map(({ digest }) => digest);
  const ever = all.map(({ digest }) => digest);
  const oomKills = sumKnown(ever.map(digest => digest.oomKills));
  const throttledShare = largestKnown(digests.map(d => d.throttledShare));
  const startup = startupOf(days);
  return {
    usage: { ...usageOf(days, 'cpu'), ...usageOf(days, 'memory') },
    samples: Math.max(samplesOf(days, 'cpu'), samplesOf(days, 'memory')),
    coverage: coverageOf(days),
    pods: Math.max(0, ...digests.map(({ pods }) => pods)),
    ...(oomKills !== undefined && { oomKills }),
    killedAtBytes: Math.max(0, ...ever.map(limitAtKill)),
    ...(throttledShare !== undefined && { throttledShare }),
    ...(startup && { startup }),
    runs: runsOf(days),
  };
}

function usageOf(
  days: readonly ContainerDay[],
  resource: AdvisedResource,
): DaysSummary['usage'] {
  const known = days.flatMap(day => day[resource] ?? []);
  if (known.length === 0) {
    return {};
  }
  const all = mergeHistograms(known.map(({ histogram }) => histogram));
  const at = (q: number) => quantile(all, q) ?? 0;
  const peak = Math.max(...known.map(series => series.peak));
  return { [resource]: { p50: at(0.5), p95: at(0.95), p99: at(0.99), peak } };
}

function samplesOf(
  days: readonly ContainerDay[],
  resource: AdvisedResource,
): number {
  return days.reduce((n, day) => n + (day[resource]?.histogram.total ?? 0), 0);
}

function coverageOf(days: readonly ContainerDay[]): number {
  let known = 0;
  let wanted = 0;
  for (const day of days) {
    const slots = day.wanted || day.digest.slots;
    wanted += slots;
    known +=
      slots * Math.min(day.cpu?.coverage ?? 0, day.memory?.coverage ?? 0);
  }
  return wanted > 0 ? known / wanted : 0;
}

function startupOf(days: readonly ContainerDay[]): DaysSummary['startup'] {
  let all: DaysSummary['startup'];
  for (const { digest } of days) {
    const { startup } = digest;
    if (startup) {
      all = {
        starts: (all?.starts ?? 0) + startup.starts,
        cpuCores: Math.max(all?.cpuCores ?? 0, startup.cpuCores),
        memoryBytes: Math.max(all?.memoryBytes ?? 0, startup.memoryBytes),
      };
    }
  }
  return all;
}

function runsOf(days: readonly ContainerDay[]): DaysSummary['runs'] {
  const runs: DaysSummary['runs'] = new Map();
  for (const { digest } of days) {
    for (const { run, cpuCores, memoryBytes, slots } of digest.runs) {
      const known = runs.get(run);
      runs.set(run, {
        cpuCores: Math.max(known?.cpuCores ?? 0, cpuCores),
        memoryBytes: Math.max(known?.memoryBytes ?? 0, memoryBytes),
        slots: (known?.slots ?? 0) + slots,
      });
    }
  }
  return runs;
}

function sumKnown(values: Array<number | undefined>): number | undefined {
  return values.reduce(
    (sum, value) => (value === undefined ? sum : (sum ?? 0) + value),
    undefined,
  );
}

function largestKnown(values: Array<number | undefined>): number | undefined {
  return values.reduce(
    (max, value) => (value === undefined ? max : Math.max(max ?? 0, value)),
    undefined,
  );
}
