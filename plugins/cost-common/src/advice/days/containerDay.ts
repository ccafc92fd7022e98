import {
  bucketOf,
  Histogram,
  histogramOfCodes,
  quantile,
  shareAbove,
  UsageDigest,
  valueOf,
  withPossibleCores,
} from '../../digests';
import { SLOT_SECONDS, SLOTS_PER_HOUR } from '../../observations/observations';
import { HeldLevels, heldLevels, CpuDay } from '../request';

/** One resource of the worst pod over one digest. */
export interface DaySeries {
  histogram: Histogram;
  /** Highest value; exact where the digest has it. */
  peak: number;
  /** Known samples of those the container ran through, 0 to 1. */
  coverage: number;
}

/** What a digest says, in the form the rules ask for it; what can't be is not known. */
export interface ContainerDay {
  digest: UsageDigest;
  /** Slots the container ran through. */
  wanted: number;
  /** Undefined = no sample is known. */
  cpu?: DaySeries;
  memory?: DaySeries;
}

/**
 * @param mostCores - what no CPU sample can be above: digests made before the
 * node's cores were looked at may have such a reading
 */
export function containerDayOf(
  all: UsageDigest,
  mostCores = Infinity,
): ContainerDay {
  const digest = withPossibleCores(all, mostCores);
  const wanted = slotsRun(digest);
  return {
    digest,
    wanted,
    cpu: seriesOf(digest.cpu, digest.cpuPeakCores, wanted),
    memory: seriesOf(digest.memory, digest.memoryPeakBytes, wanted),
  };
}

/**
 * CPU of the pod that used most, as the request rule wants its days; undefined =
 * not known. What is held across midnight is seen where the day before is there.
 */
export function cpuDaysOf(
  days: readonly ContainerDay[],
): Array<CpuDay | undefined> {
  let before: { end: number; cores: Float64Array } | undefined;
  return days.map(day => {
    const { digest, cpu } = day;
    const start = Date.parse(digest.start);
    const cores = coresOf(day);
    const held =
      cpu &&
      heldLevels(
        start,
        cores,
        SLOT_SECONDS,
        before?.end === start ? before.cores : [],
      );
    before = { end: start + digest.slots * SLOT_SECONDS * 1000, cores };
    return cpu && cpuDayOfHistogram(cpu.histogram, cpu.peak, held);
  });
}

/** A histogram as the request rule wants its days. */
export function cpuDayOfHistogram(
  histogram: Histogram,
  peak?: number,
  held?: HeldLevels,
): CpuDay {
  const { codes, counts, total } = histogram;
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    sum += valueOf(codes[i]) * counts[i];
  }
  return {
    count: total,
    max: peak ?? quantile(histogram, 1) ?? 0,
    mean: total > 0 ? sum / total : 0,
    quantile: q => quantile(histogram, q) ?? 0,
    shareAbove: value => shareAbove(histogram, value),
    ...(held && { held }),
  };
}

/** A bucket's value may be 1 % above the highest that is in it. */
function coresOf({ digest, cpu }: ContainerDay): Float64Array {
  const peak = cpu?.peak ?? 0;
  const codes = digest.cpu;
  // A loop: `Float64Array.from` takes ten times as long.
  const cores = new Float64Array(codes.length);
  for (let slot = 0; slot < codes.length; slot++) {
    cores[slot] = Math.min(peak, valueOf(codes[slot]));
  }
  return cores;
}

function seriesOf(
  codes: Uint16Array,
  exactPeak: number | undefined,
  wanted: number,
): DaySeries | undefined {
  const histogram = histogramOfCodes(codes);
  if (histogram.total === 0) {
    return undefined;
  }
  return {
    histogram,
    peak: peakOf(histogram, exactPeak),
    coverage: Math.min(1, histogram.total / (wanted || codes.length)),
  };
}

/** A bucket's value may be 1 % below what is in it, a peak may not. */
function peakOf(histogram: Histogram, exact: number | undefined): number {
  const top = histogram.codes[histogram.codes.length - 1];
  return exact !== undefined && bucketOf(exact) >= top
    ? exact
    : valueOf(top) * 1.01;
}

/** An hour with a pod in it wants a sample for every five minutes of it. */
function slotsRun({ hours }: UsageDigest): number {
  let slots = 0;
  for (const seconds of hours.runSeconds) {
    if (seconds > 0) {
      const run = Math.floor(seconds / SLOT_SECONDS);
      slots += Math.min(SLOTS_PER_HOUR, Math.max(1, run));
    }
  }
  return slots;
}
