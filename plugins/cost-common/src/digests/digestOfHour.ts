import { HOUR_MS } from '@headroom/common';
import {
  ContainerHour,
  ContainerSamples,
  SLOTS_PER_HOUR,
} from '../observations/observations';
import { bucketOf } from './buckets';
import { hourNumber } from './digestBounds';
import { histogramOfCodes } from './histogram';
import { roundByteSeconds, roundSeconds } from './hourCodec';
import { mergePools } from './pools';
import { mergeRuns } from './runPeaks';
import { mostCores } from './mostCores';
import { runOfPod } from './runOfPod';
import { known, largest, sumKnown, usableSample } from './samples';
import { specOfHour } from './specs';
import { startupOfHour } from './startup';
import { Histogram, RunPeak, UsageDigest } from './types';

/** One container of one workload in one hour, in all its pods. @public */
export interface DigestOfHourInput {
  /** Start of the hour, ISO 8601 UTC. */
  hour: string;
  /** One a pod, in any order. */
  containers: readonly ContainerHour[];
  /** Pool of a node; '' or undefined = not known. */
  nodePoolOf: (node: string) => string | undefined;
  /** Cores a node has; CPU samples of pods on it can't be more. Undefined = not known. */
  coresOf?: (node: string) => number | undefined;
}

/**
 * The digest of one hour. Samples that can't be (negative, not finite, above
 * 10¹⁴, more cores than the node has, a series that is not twelve long) count as
 * not known. Sums are rounded here, to 1/1024 s and 1024 byte-seconds, and
 * nowhere after.
 *
 * @public
 */
export function digestOfHour(input: DigestOfHourInput): UsageDigest {
  const { hour, nodePoolOf } = input;
  const start = hourNumber(hour) * HOUR_MS;
  const containers = inOrder(input.containers).map(each =>
    withPossibleCores(each, input.coresOf),
  );
  const cpu = seriesOf(containers, 'cpuCores');
  const memory = seriesOf(containers, 'memoryBytes');
  const spec = specOfHour(containers);
  const digest: UsageDigest = {
    start: new Date(start).toISOString(),
    slots: SLOTS_PER_HOUR,
    cpu: cpu.worst,
    memory: memory.worst,
    cpuAll: cpu.all,
    memoryAll: memory.all,
    hours: {
      runSeconds: sumOf(containers, each => each.runSeconds, roundSeconds),
      cpuUsageCoreSeconds: sumOf(
        containers,
        each => each.cpuUsageCoreSeconds,
        roundSeconds,
      ),
      memoryUsageByteSeconds: sumOf(
        containers,
        each => each.memoryUsageByteSeconds,
        roundByteSeconds,
      ),
    },
    pools: mergePools(
      containers
        .filter(({ runSeconds }) => runSeconds > 0)
        .map(({ node, runSeconds }) => ({
          nodePool: (node !== undefined && nodePoolOf(node)) || '',
          runSeconds: roundSeconds(runSeconds),
        })),
    ),
    pods: new Set(containers.map(({ pod }) => pod)).size,
    runs: runsOf(containers),
    specs: spec ? [{ fromSlot: 0, spec }] : [],
  };
  return withEvents(digest, start, containers, cpu.peak, memory.peak);
}

/** What may not be known is absent rather than undefined. */
function withEvents(
  digest: UsageDigest,
  start: number,
  containers: readonly ContainerHour[],
  cpuPeakCores: number | undefined,
  memoryPeakBytes: number | undefined,
): UsageDigest {
  const fold = (
    of: (container: ContainerHour) => number | undefined,
    join: typeof largest,
  ) =>
    containers.reduce<number | undefined>(
      (sum, each) => join(sum, usable(of(each))),
      undefined,
    );
  return Object.assign(
    digest,
    known({
      cpuPeakCores,
      memoryPeakBytes,
      oomKills: fold(({ oomKills }) => oomKills, sumKnown),
      oomLimitBytes: fold(
        each => (each.oomKills ? each.memoryLimitBytes : undefined),
        largest,
      ),
      restarts: fold(({ restarts }) => restarts, sumKnown),
      throttledShare: fold(({ throttledShare }) => throttledShare, largest),
      startup: startupOfHour(start, containers),
    }),
  );
}

/** Doubles add up differently in another order. */
function inOrder(containers: readonly ContainerHour[]): ContainerHour[] {
  return containers.length < 2
    ? [...containers]
    : [...containers].sort((a, b) => {
        if (a.pod === b.pod) {
          return a.runSeconds - b.runSeconds;
        }
        return a.pod < b.pod ? -1 : 1;
      });
}

interface PodSeries {
  /** Of the pod that has most, slot by slot. */
  worst: Uint16Array;
  /** Samples of all pods. */
  all: Histogram;
  peak?: number;
}

// One for all, for as long as one call of seriesOf.
let codes = new Uint16Array(64 * SLOTS_PER_HOUR);

function seriesOf(
  pods: readonly ContainerHour[],
  name: keyof ContainerSamples,
): PodSeries {
  if (codes.length < pods.length * SLOTS_PER_HOUR) {
    codes = new Uint16Array(pods.length * SLOTS_PER_HOUR);
  }
  const worst = new Uint16Array(SLOTS_PER_HOUR);
  let peak = -1;
  let count = 0;
  for (const { samples } of pods) {
    const series = samples?.[name];
    if (series?.length === SLOTS_PER_HOUR) {
      for (let slot = 0; slot < SLOTS_PER_HOUR; slot++) {
        const value = series[slot];
        if (usableSample(value)) {
          const code = bucketOf(value);
          codes[count++] = code;
          worst[slot] = Math.max(worst[slot], code);
          peak = Math.max(peak, value);
        }
      }
    }
  }
  return {
    worst,
    all: histogramOfCodes(codes.subarray(0, count)),
    ...(peak >= 0 && { peak }),
  };
}

function sumOf(
  containers: readonly ContainerHour[],
  of: (container: ContainerHour) => number | undefined,
  round: (sum: number) => number,
): Float64Array {
  return Float64Array.of(
    round(containers.reduce((sum, each) => sum + (usable(of(each)) ?? 0), 0)),
  );
}

function usable(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value < Infinity
    ? value
    : undefined;
}

/**
 * Runs by name. One that lived between two looks has no sample, and is a run all
 * the same; a pod that is only still listed ran in another hour.
 */
function runsOf(containers: readonly ContainerHour[]): RunPeak[] {
  const byRun = new Map<string, ContainerHour[]>();
  for (const each of containers) {
    const run = runOfPod(each);
    if (run !== undefined) {
      byRun.set(run, [...(byRun.get(run) ?? []), each]);
    }
  }
  const runs = [...byRun].map(([run, pods]) => {
    const cpu = seriesOf(pods, 'cpuCores');
    const memory = seriesOf(pods, 'memoryBytes');
    const ran = pods.some(
      ({ runSeconds, oomKills = 0 }) => runSeconds > 0 || oomKills > 0,
    );
    const slots = cpu.worst.reduce(
      (count, code, slot) => count + (code || memory.worst[slot] ? 1 : 0),
      0,
    );
    return {
      ran: ran || slots > 0,
      peak: {
        run,
        cpuCores: cpu.peak ?? 0,
        memoryBytes: memory.peak ?? 0,
        slots,
      },
    };
  });
  return mergeRuns(runs.flatMap(({ ran, peak }) => (ran ? [peak] : [])));
}

function withPossibleCores(
  container: ContainerHour,
  coresOf: DigestOfHourInput['coresOf'],
): ContainerHour {
  const { node, samples } = container;
  const most = mostCores(node === undefined ? undefined : coresOf?.(node));
  return samples?.cpuCores?.some(value => value !== null && value > most)
    ? {
        ...container,
        samples: {
          ...samples,
          cpuCores: samples.cpuCores.map(value =>
            value !== null && value > most ? null : value,
          ),
        },
      }
    : container;
}
