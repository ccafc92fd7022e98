import { Worded, Wording } from '@headroom/common';
import { GpuReadingFault } from '../observations/observations';
import type { GpuJudged } from './GpuJudge';
import { ContextMemory, contextMemory } from './contextMemory';
import { findGpuType } from './gpuTypes';
import { NEAR_ZERO } from './isComputing';
import { PowerContradiction, powerLevels } from './PowerEvidence';
import {
  gib,
  mib,
  percent,
  watts,
  wordGpuPart,
  wordGpuVerdict,
} from './messages';
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
  /** Hours that read unused at a power that a board that computes nothing doesn't draw. */
  powerSaysBusy?: PowerContradiction;
  /** Hours that read busy at the power of a board that computes nothing. */
  powerSaysUnused?: PowerContradiction;
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
  | 'power-says-unused'
  | 'memory-unknown'
  | 'computes-nothing'
  | 'computes';

/** Share of expected samples below which nothing is said. @public */
export const GPU_MINIMUM_COVERAGE = 0.9;

/** A device whose mean busy share is below this is busy low. */
const LOW = 0.3;
/** So many times a threshold that is a guess is beyond doubt. */
const NEAR_THRESHOLD = 8;
/** Part of the time in which an unused device may still compute. */
const UNUSED_TIME = 0.01;
/** Share of readings set aside for one reason that makes the rest suspect. */
const SUSPECT = 1 - GPU_MINIMUM_COVERAGE;

const GIB = 2 ** 30;

/**
 * Answers two independent questions: does it compute (the median of its busy
 * shares while held), and does it hold memory (the lowest over the window)?
 * `unknown` when fewer than 90 % of the expected samples count, nobody's labels
 * say who holds it, or readings contradict each other: profiling counters at 0
 * while the device was in use, always 100 % without so much memory as computing
 * takes, power of a board that computes nothing while it reads busy, or of a
 * busy one while it reads unused.
 *
 * Stricter than the median alone: a device that computes in more than 1 % of the
 * time is not unused, or a weekly job would be.
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
  verdictWording: Wording;
} {
  const { hours, ownerUnknownHours, heldHours, knownHours } = figures;
  if (hours > 0 && ownerUnknownHours > SUSPECT * hours) {
    return said(
      'unknown',
      'no-owner-labels',
      wordGpuVerdict('noOwnerLabels', {
        share: percent(ownerUnknownHours / hours),
      }),
    );
  }
  if (heldHours === 0) {
    return said('idle', 'not-held', wordGpuVerdict('notHeld'));
  }
  const fault = suspectReadings(figures);
  if (fault) {
    return fault;
  }
  if (knownHours < GPU_MINIMUM_COVERAGE * heldHours) {
    return said(
      'unknown',
      'too-few-readings',
      wordGpuVerdict('tooFewReadings', {
        share: percent(knownHours / heldHours),
        hours: round(heldHours),
        needed: percent(GPU_MINIMUM_COVERAGE),
      }),
    );
  }
  const context = contextOf(device);
  return (
    latched(figures, context) ??
    powerContradicts(figures, device) ??
    (isUnused(figures) ? unused(figures, context) : busy(figures))
  );
}

function isUnused(figures: GpuUseFigures): boolean {
  return (
    (figures.medianBusyShare ?? 1) <= NEAR_ZERO &&
    figures.computingHours <= UNUSED_TIME * figures.knownHours
  );
}

function suspectReadings({ readings, setAside }: GpuUseFigures) {
  const all = Object.values(setAside).reduce((sum, n) => sum + n, readings);
  const shareOf = (fault: GpuReadingFault) =>
    all > 0 ? (setAside[fault] ?? 0) / all : 0;
  const because = [
    ['profiling-silent', 'profilingSilent'],
    ['latched', 'stoodStill'],
    ['impossible', 'impossible'],
  ] as const;
  for (const [fault, sentence] of because) {
    if (shareOf(fault) > SUSPECT) {
      const share = percent(shareOf(fault));
      return said('unknown', fault, wordGpuVerdict(sentence, { share }));
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
        wordGpuVerdict('latched', {
          held:
            memoryPeakBytes > 0
              ? mib(memoryPeakBytes)
              : wordGpuPart('noMemory'),
          least: mib(context.bytes),
        }),
      )
    : undefined;
}

function powerContradicts(
  figures: GpuUseFigures,
  { model }: Parameters<typeof judge>[1],
) {
  const { knownHours, powerSaysBusy, powerSaysUnused } = figures;
  const levels = powerLevels(model);
  if (!levels) {
    return undefined;
  }
  const source = wordGpuPart(levels.measured ? 'measured' : 'guessed');
  // What reads unused may compute as little as an unused one may, by power too.
  const most = isUnused(figures) ? UNUSED_TIME : SUSPECT;
  if (powerSaysBusy && powerSaysBusy.hours > most * knownHours) {
    const share = powerSaysBusy.hours / knownHours;
    const what = {
      power: watts(powerSaysBusy.meanWatts),
      level: watts(levels.idleBelowWatts),
      source,
    };
    return said(
      'unknown',
      'power-says-busy',
      isNearlyAll(share)
        ? wordGpuVerdict('powerSaysBusy', what)
        : wordGpuVerdict('powerSaysBusyPartly', {
            share: percent(share),
            ...what,
          }),
    );
  }
  if (powerSaysUnused && powerSaysUnused.hours > SUSPECT * knownHours) {
    const share = powerSaysUnused.hours / knownHours;
    const what = {
      busy: percent(powerSaysUnused.meanBusyShare),
      power: watts(powerSaysUnused.meanWatts),
      level: watts(levels.waitingWatts),
      source,
    };
    return said(
      'unknown',
      'power-says-unused',
      isNearlyAll(share)
        ? wordGpuVerdict('powerSaysUnused', what)
        : wordGpuVerdict('powerSaysUnusedPartly', {
            share: percent(share),
            ...what,
          }),
    );
  }
  return undefined;
}

/** A part of the time that is not told from all of it. */
function isNearlyAll(share: number): boolean {
  return share > 1 - SUSPECT;
}

function unused(
  { computingHours, knownHours, ...figures }: GpuUseFigures,
  context: ContextMemory,
) {
  const computed = {
    share: percent(computingHours / knownHours),
    hours: round(knownHours),
  };
  if (figures.memoryHours < GPU_MINIMUM_COVERAGE * figures.heldHours) {
    return said(
      'unknown',
      'memory-unknown',
      wordGpuVerdict('memoryUnknown', computed),
    );
  }
  const least = figures.memoryMinBytes ?? 0;
  const ofHolder = figures.memoryMinOfHolderBytes ?? least;
  if (ofHolder > context.loadedBytes) {
    return said(
      'unused-memory-held',
      'computes-nothing',
      withGuess(
        wordGpuVerdict('loaded', { ...computed, least: gib(least) }),
        ofHolder,
        context,
      ),
    );
  }
  return said(
    'unused-memory-free',
    'computes-nothing',
    least < context.bytes / 2
      ? wordGpuVerdict('memoryFree', computed)
      : withGuess(
          wordGpuVerdict(least > context.loadedBytes ? 'contexts' : 'context', {
            ...computed,
            least: mib(least),
          }),
          ofHolder,
          context,
        ),
  );
}

/** Said where the threshold decides and nobody measured it on this kind of board. */
function withGuess(
  verdict: Worded,
  bytes: number,
  { loadedBytes, measured }: ContextMemory,
): Worded {
  return measured || bytes > NEAR_THRESHOLD * loadedBytes
    ? verdict
    : wordGpuVerdict('thresholdGuessed', {
        verdict,
        threshold: mib(loadedBytes),
      });
}

function busy({ busyHours, knownHours, computingHours }: GpuUseFigures) {
  const mean = busyHours / knownHours;
  return said(
    mean < LOW ? 'busy-low' : 'busy',
    'computes',
    wordGpuVerdict('computes', {
      busy: percent(mean),
      share: percent(computingHours / knownHours),
      hours: round(knownHours),
    }),
  );
}

function said(
  verdict: GpuVerdict,
  verdictCode: GpuVerdictCode,
  { message, wording }: Worded,
) {
  return {
    verdict,
    verdictCode,
    verdictReason: message,
    verdictWording: wording,
  };
}

function round(hours: number): string {
  return hours >= 10 ? String(Math.round(hours)) : hours.toFixed(1);
}
