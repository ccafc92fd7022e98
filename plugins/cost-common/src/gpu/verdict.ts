import { GpuReadingFault } from '../observations/observations';
import type { GpuJudged } from './GpuJudge';
import { ContextMemory, contextMemory } from './contextMemory';
import { findGpuType } from './gpuTypes';
import { NEAR_ZERO } from './isComputing';
import { PowerContradiction, powerLevels } from './PowerEvidence';
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
  unusedHours: number;
  /** Of `unusedHours`: what is left of each run after the waiting rule. */
  reclaimableHours: number;
  /** Held, and memory is known. */
  memoryHours: number;
  memoryPeakBytes?: number;
  memoryMinBytes?: number;
  /** The lowest for each of those who held it at a time. */
  memoryMinOfHolderBytes?: number;
  medianBusyShare?: number;
  meanWatts?: number;
  /** Hours that read idle at a power that an idle board doesn't draw. */
  powerSaysBusy?: PowerContradiction;
  /** Hours that read busy at the power of a board that computes nothing. */
  powerSaysIdle?: PowerContradiction;
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
  | 'power-says-idle'
  | 'memory-unknown'
  | 'computes-nothing'
  | 'computes';

/** Share of expected samples below which nothing is said. @public */
export const GPU_MINIMUM_COVERAGE = 0.9;

/** A device whose mean busy share is below this is busy low. */
const LOW = 0.3;
/** So many times a threshold that is a guess is beyond doubt. */
const NEAR_THRESHOLD = 8;
/** Part of the time in which an idle device may still compute. */
const IDLE_TIME = 0.01;
/** Share of readings set aside for one reason that makes the rest suspect. */
const SUSPECT = 1 - GPU_MINIMUM_COVERAGE;

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/**
 * Answers two independent questions: does it compute (the median of its busy
 * shares while held), and does it hold memory (the lowest over the window)?
 * `unknown` when fewer than 90 % of the expected samples count, nobody's labels
 * say who holds it, or readings contradict each other: profiling counters at 0
 * while the device was in use, always 100 % without so much memory as computing
 * takes, power of an idle board while it reads busy, or of a busy one while it
 * reads idle.
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
  const context = contextOf(device);
  return (
    latched(figures, context) ??
    powerContradicts(figures, device) ??
    (isIdle(figures) ? idle(figures, context) : busy(figures))
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

function contextOf({
  model,
  memoryBytes,
  isInstance,
}: Parameters<typeof judge>[1]): ContextMemory {
  const boardBytes = (findGpuType(model)?.memoryGb ?? 0) * GIB;
  const share =
    isInstance && memoryBytes && boardBytes
      ? Math.min(1, memoryBytes / boardBytes)
      : 1;
  return contextMemory(model, share);
}

/** Always full, and less memory than what computes has to hold. */
function latched(
  { busyHours, knownHours, memoryPeakBytes }: GpuUseFigures,
  context: ContextMemory,
) {
  const full = busyHours > 0.995 * knownHours;
  return full &&
    memoryPeakBytes !== undefined &&
    memoryPeakBytes < context.bytes / 2
    ? said(
        'unknown',
        'latched',
        `It reads 100 % all the time and holds ${
          memoryPeakBytes > 0 ? mib(memoryPeakBytes) : 'no memory'
        }, where a process that computes holds at least ${mib(
          context.bytes,
        )}: the reading stands still`,
      )
    : undefined;
}

function powerContradicts(
  figures: GpuUseFigures,
  { model }: Parameters<typeof judge>[1],
) {
  const { knownHours, powerSaysBusy, powerSaysIdle } = figures;
  const levels = powerLevels(model);
  if (!levels) {
    return undefined;
  }
  const source = levels.measured ? 'measured' : 'a guess for its kind';
  // What reads idle may compute as little as an idle one may, by power too.
  const most = isIdle(figures) ? IDLE_TIME : SUSPECT;
  if (powerSaysBusy && powerSaysBusy.hours > most * knownHours) {
    return said(
      'unknown',
      'power-says-busy',
      `${inPart(powerSaysBusy.hours / knownHours)} reads idle and draws ${watts(
        powerSaysBusy.meanWatts,
      )}; one of its kind that computes nothing stays below ${watts(
        levels.idleBelowWatts,
      )} (${source})`,
    );
  }
  if (powerSaysIdle && powerSaysIdle.hours > SUSPECT * knownHours) {
    return said(
      'unknown',
      'power-says-idle',
      `${inPart(powerSaysIdle.hours / knownHours)} reads ${percent(
        powerSaysIdle.meanBusyShare,
      )} busy and draws ${watts(
        powerSaysIdle.meanWatts,
      )}; one of its kind that waits and computes nothing draws ${watts(
        levels.waitingWatts,
      )} (${source})`,
    );
  }
  return undefined;
}

/** The start of a sentence about a part of the time. */
function inPart(share: number): string {
  return share > 1 - SUSPECT ? 'It' : `In ${percent(share)} of its hours it`;
}

function idle(
  { computingHours, knownHours, ...figures }: GpuUseFigures,
  context: ContextMemory,
) {
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
  const ofHolder = figures.memoryMinOfHolderBytes ?? least;
  return ofHolder > context.loadedBytes
    ? said(
        'idle-memory-held',
        'computes-nothing',
        `${nothing} and never held less than ${gib(
          least,
        )} of memory: something is loaded and waits${guessed(
          ofHolder,
          context,
        )}`,
      )
    : said(
        'idle-memory-free',
        'computes-nothing',
        least < context.bytes / 2
          ? `${nothing} and its memory was free`
          : `${nothing} and at its lowest held ${mib(least)} of memory, as ${
              least > context.loadedBytes
                ? 'contexts do that have'
                : 'a context does that has'
            } loaded nothing${guessed(ofHolder, context)}`,
      );
}

/** Said where the threshold decides and nobody measured it on this kind of board. */
function guessed(bytes: number, { loadedBytes, measured }: ContextMemory) {
  return measured || bytes > NEAR_THRESHOLD * loadedBytes
    ? ''
    : `; that nothing is loaded below ${mib(
        loadedBytes,
      )} is a guess for its kind of board`;
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

function mib(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`;
}

function watts(value: number): string {
  return `${Math.round(value)} W`;
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function round(hours: number): string {
  return hours >= 10 ? String(Math.round(hours)) : hours.toFixed(1);
}
