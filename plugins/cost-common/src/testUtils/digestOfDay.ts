import { ContainerSpec } from '@headroom/common';
import { bucketOf, histogramOfCodes, UsageDigest, valueOf } from '../digests';

const HOURS = 24;
const SLOTS = 12 * HOURS;
const SLOT_SECONDS = 300;

/** What one pod of a container used in each five minutes of a day. */
export interface DayOfUsage {
  /** Start of the day, ISO 8601 UTC. */
  start: string;
  /** Cores and bytes by slot. */
  cpuCores: (slot: number) => number;
  memoryBytes: (slot: number) => number;
  spec: ContainerSpec;
  pods?: number;
  nodePool?: string;
}

/** The digest of a whole day on which all pods did the same. */
export function digestOfDay(day: DayOfUsage): UsageDigest {
  const { spec, pods = 1, nodePool = 'general' } = day;
  const cpu = codesOf(day.cpuCores);
  const memory = codesOf(day.memoryBytes);
  const perPod = (codes: Uint16Array) =>
    histogramOfCodes(Array.from({ length: pods }, () => [...codes]).flat());
  return {
    start: day.start,
    slots: SLOTS,
    cpu,
    memory,
    cpuAll: perPod(cpu),
    memoryAll: perPod(memory),
    cpuPeakCores: peakOf(cpu),
    memoryPeakBytes: peakOf(memory),
    hours: {
      runSeconds: new Float64Array(HOURS).fill(3600 * pods),
      cpuUsageCoreSeconds: hourSums(cpu, pods),
      memoryUsageByteSeconds: hourSums(memory, pods),
    },
    pools: [{ nodePool, runSeconds: HOURS * 3600 * pods }],
    pods,
    oomKills: 0,
    restarts: 0,
    throttledShare: 0,
    runs: [],
    specs: [{ fromSlot: 0, spec }],
  };
}

function codesOf(value: (slot: number) => number): Uint16Array {
  return Uint16Array.from({ length: SLOTS }, (_, slot) =>
    bucketOf(value(slot)),
  );
}

function peakOf(codes: Uint16Array): number {
  return valueOf(codes.reduce((a, b) => Math.max(a, b)));
}

/** Whole seconds, or the stored form would round them. */
function hourSums(codes: Uint16Array, pods: number): Float64Array {
  const sums = new Float64Array(HOURS);
  codes.forEach((code, slot) => {
    sums[Math.floor(slot / 12)] += valueOf(code) * SLOT_SECONDS * pods;
  });
  return sums.map(Math.round);
}
