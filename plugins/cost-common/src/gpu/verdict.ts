import { GpuReadingFault } from '../observations/observations';
import type { GpuJudged } from './GpuJudge';
import { powerOfWork } from './gpuTypes';
import { NEAR_ZERO } from './isComputing';
import { GpuVerdict } from './types';

/** What a device did over a window; hours are device-hours. @public */
export interface GpuUseFigures {
  /** It existed and was reported. */
  hours: number;
  /** Nobody could say whether it was held. */
  ownerUnknownHours: number;
  heldHours: number;
  /** Held, and its use is known. */
  knownHours: number;
  /** Σ busy share over `knownHours`. */
  busyHours: number;
  /** Of `knownHours`: with a busy share above nearly 0. */
  computingHours: number;
  /** Of `knownHours`: the others. */
  idleHours: number;
  /** Of `idleHours`: what is left of each run after the waiting rule. */
  reclaimableHours: number;
  /** Held, and memory is known. */
  memoryHours: number;
  memoryPeakBytes?: number;
  memoryMinBytes?: number;
  medianBusyShare?: number;
  meanWatts?: number;
  readings: number;
  setAside: Partial<Record<GpuReadingFault, number>>;
}

/** Why a verdict is what it is. @public */
export type GpuVerdictCode =
  | 'not-held'
  | 'no-owner-labels'
  | 'too-few-readings'
  | 'profiling-silent'
  | 'latched'
  | 'impossible'
  | 'power-says-busy'
  | 'memory-unknown'
  | 'computes-nothing'
  | 'computes';

/** Share of expected samples below which nothing is said. @public */
export const GPU_MINIMUM_COVERAGE = 0.9;

/** A driver's own use of memory, and a context without a model, stay below it. */
const HELD_BYTES = 600 * 2 ** 20;
/** A device whose mean busy share is below this is busy low. */
const LOW = 0.3;
/** Part of the time in which an idle device may still compute. */
const IDLE_TIME = 0.01;
/** Share of readings set aside for one reason that makes the rest suspect. */
const SUSPECT = 1 - GPU_MINIMUM_COVERAGE;

const GIB = 2 ** 30;

/**
 * Answers two independent questions: does it compute (the median of its busy
 * shares while held), and does it hold memory (the lowest over the window)?
 * `unknown` when fewer than 90 % of the expected samples count, nobody's labels
 * say who holds it, or readings contradict each other: profiling counters at 0
 * while the device was in use, always 100 % at idle power, power well above idle
 * on a device that reads idle.
 *
 * Stricter than the median alone: a device that computes in more than 1 % of the
 * time is not idle, or a weekly job would be.
 *
 * @public
 */
export function judge(
  figures: GpuUseFigures,
  device: Pick<GpuJudged, 'model' | 'memoryBytes' | 'isInstance'>,
): {
  verdict: GpuVerdict;
  verdictCode: GpuVerdictCode;
  verdictReason: string;
} {
  const { hours, ownerUnknownHours, heldHours, knownHours } = figures;
  if (hours > 0 && ownerUnknownHours > SUSPECT * hours) {
    return said(
      'unknown',
      'no-owner-labels',
      `In ${percent(
        ownerUnknownHours / hours,
      )} of its hours no label says who held it`,
    );
  }
  if (heldHours === 0) {
    return said('unallocated', 'not-held', 'Nobody held it in this window');
  }
  const fault = suspectReadings(figures);
  if (fault) {
    return fault;
  }
  if (knownHours < GPU_MINIMUM_COVERAGE * heldHours) {
    return said(
      'unknown',
      'too-few-readings',
      `Its use is known in ${percent(knownHours / heldHours)} of the ${round(
        heldHours,
      )} hours it was held; ${percent(GPU_MINIMUM_COVERAGE)} are needed`,
    );
  }
  return (
    latched(figures, device) ??
    (isIdle(figures) ? idle(figures, device) : busy(figures))
  );
}

function isIdle(figures: GpuUseFigures): boolean {
  return (
    (figures.medianBusyShare ?? 1) <= NEAR_ZERO &&
    figures.computingHours <= IDLE_TIME * figures.knownHours
  );
}

function suspectReadings({ readings, setAside }: GpuUseFigures) {
  const all = Object.values(setAside).reduce((sum, n) => sum + n, readings);
  const shareOf = (fault: GpuReadingFault) =>
    all > 0 ? (setAside[fault] ?? 0) / all : 0;
  const because: Array<[GpuReadingFault & GpuVerdictCode, string]> = [
    [
      'profiling-silent',
      'profiling counters read 0 while utilisation or power said it was in use',
    ],
    [
      'latched',
      'the reading stood still at 100 % while power was that of an idle board',
    ],
    ['impossible', 'readings were out of range'],
  ];
  for (const [fault, what] of because) {
    if (shareOf(fault) > SUSPECT) {
      return said(
        'unknown',
        fault,
        `In ${percent(shareOf(fault))} of its readings ${what}`,
      );
    }
  }
  return undefined;
}

/** Always full, nothing in memory, and no more power than idle. */
function latched(
  { busyHours, knownHours, memoryPeakBytes, meanWatts }: GpuUseFigures,
  { model, isInstance }: Parameters<typeof judge>[1],
) {
  const limit = powerOfWork(model);
  const full = busyHours > 0.995 * knownHours;
  const empty = memoryPeakBytes !== undefined && memoryPeakBytes < HELD_BYTES;
  const resting =
    isInstance || !limit || meanWatts === undefined || meanWatts < limit;
  return full && empty && resting
    ? said(
        'unknown',
        'latched',
        'It reads 100 % all the time and holds no memory: the reading stands still',
      )
    : undefined;
}

function idle(
  { computingHours, knownHours, meanWatts, ...figures }: GpuUseFigures,
  { model, isInstance }: Parameters<typeof judge>[1],
) {
  const limit = isInstance ? undefined : powerOfWork(model);
  if (limit !== undefined && meanWatts !== undefined && meanWatts > limit) {
    return said(
      'unknown',
      'power-says-busy',
      `It reads idle and draws ${Math.round(
        meanWatts,
      )} W; an idle one of its kind stays below ${Math.round(limit)} W`,
    );
  }
  const nothing = `It computed in ${percent(
    computingHours / knownHours,
  )} of the ${round(knownHours)} hours it was held`;
  if (figures.memoryHours < GPU_MINIMUM_COVERAGE * figures.heldHours) {
    return said(
      'unknown',
      'memory-unknown',
      `${nothing}; whether it holds memory is not known`,
    );
  }
  const least = figures.memoryMinBytes ?? 0;
  return least > HELD_BYTES
    ? said(
        'idle-memory-held',
        'computes-nothing',
        `${nothing} and never held less than ${gib(
          least,
        )} of memory: something is loaded and waits`,
      )
    : said(
        'idle-memory-free',
        'computes-nothing',
        `${nothing} and its memory was free`,
      );
}

function busy({ busyHours, knownHours, computingHours }: GpuUseFigures) {
  const mean = busyHours / knownHours;
  return said(
    mean < LOW ? 'busy-low' : 'busy',
    'computes',
    `It was ${percent(mean)} busy on average and computed in ${percent(
      computingHours / knownHours,
    )} of the ${round(knownHours)} hours it was held`,
  );
}

function said(
  verdict: GpuVerdict,
  verdictCode: GpuVerdictCode,
  verdictReason: string,
) {
  return { verdict, verdictCode, verdictReason };
}

/** A share that isn't 0 is never shown as 0 %. */
function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 1 ? 'less than 1 %' : `${Math.round(value)} %`;
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function round(hours: number): string {
  return hours >= 10 ? String(Math.round(hours)) : hours.toFixed(1);
}
