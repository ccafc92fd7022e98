import { wordGpuAdvice } from '../messages';
import { GpuAdvice } from '../types';
import { GPU_MINIMUM_COVERAGE } from '../verdict';
import { MINIMUM_DAYS, MINIMUM_SAVED_SHARE } from './limits';
import { proposeMove } from './move';
import { proposeRemove } from './remove';
import { proposeSchedule } from './schedule';
import { proposeShare } from './share';
import { proposeShrink } from './shrink';
import { Candidate, GpuOffer, GpuWorkloadUse } from './types';

const HOURS_A_MONTH = 730;
const FULL_CONFIDENCE_DAYS = 28;
const PARTS = 1_000_000;

/**
 * What could be done about the GPUs of one workload, the best first: what can be
 * acted on before what is withheld, then by money. The proposals exclude each
 * other, so their savings never add up; a page shows the first.
 *
 * Nothing is proposed when less than 90 % of the readings count.
 *
 * @param offers - GPU types that can be had, with prices in the currency of `costMicros`
 * @public
 */
export function gpuAdviceOptions(
  use: GpuWorkloadUse,
  offers: readonly GpuOffer[] = [],
): GpuAdvice[] {
  const enough =
    use.deviceHours > 0 &&
    use.knownHours >= GPU_MINIMUM_COVERAGE * use.deviceHours;
  if (!enough) {
    return [];
  }
  const candidates = [
    ...proposeRemove(use),
    ...proposeShrink(use),
    ...proposeShare(use),
    ...proposeMove(use, offers),
    ...proposeSchedule(use),
  ];
  return candidates
    .filter(({ savedShare }) => savedShare >= MINIMUM_SAVED_SHARE)
    .map(candidate => toAdvice(candidate, use))
    .sort(bestFirst);
}

/** The best of {@link gpuAdviceOptions}; undefined when there is none. @public */
export function adviseGpu(
  use: GpuWorkloadUse,
  offers: readonly GpuOffer[] = [],
): GpuAdvice | undefined {
  return gpuAdviceOptions(use, offers)[0];
}

function toAdvice(
  {
    savedShare,
    evidence,
    summary,
    tradeOff,
    withheld,
    ...candidate
  }: Candidate,
  use: GpuWorkloadUse,
): GpuAdvice {
  const reason =
    use.days < MINIMUM_DAYS
      ? wordGpuAdvice('fewDays', { days: use.days, needed: MINIMUM_DAYS })
      : withheld;
  return {
    workload: use.workload,
    ...candidate,
    summary: summary.message,
    ...(tradeOff && { tradeOff: tradeOff.message }),
    evidence: {
      days: use.days,
      deviceHours: use.deviceHours,
      knownHours: use.knownHours,
      computingHours: use.computingHours,
      costMicros: use.costMicros.toString(),
      observedHours: use.observedHours,
      savedShare,
      ...evidence,
    },
    savingMicros: savingOf(use, savedShare).toString(),
    confidence: confidenceOf(use),
    ...(reason && { withheld: reason.message }),
    wording: {
      summary: summary.wording,
      ...(tradeOff && { tradeOff: tradeOff.wording }),
      ...(reason && { withheld: reason.wording }),
    },
  };
}

/** cost / observed hours × 730 × the share saved, in whole micros. */
function savingOf(use: GpuWorkloadUse, savedShare: number): bigint {
  const seconds = BigInt(Math.round(use.observedHours * 3600));
  return seconds > 0n
    ? (use.costMicros *
        BigInt(HOURS_A_MONTH * 3600) *
        BigInt(Math.round(savedShare * PARTS))) /
        (seconds * BigInt(PARTS))
    : 0n;
}

/** Grows with history to four weeks, falls with readings that are missing. */
function confidenceOf({ days, knownHours, deviceHours }: GpuWorkloadUse) {
  return (
    Math.min(1, days / FULL_CONFIDENCE_DAYS) *
    Math.min(1, knownHours / deviceHours)
  );
}

function bestFirst(a: GpuAdvice, b: GpuAdvice): number {
  if (Boolean(a.withheld) !== Boolean(b.withheld)) {
    return a.withheld ? 1 : -1;
  }
  const difference = BigInt(b.savingMicros) - BigInt(a.savingMicros);
  if (difference === 0n) {
    return 0;
  }
  return difference > 0n ? 1 : -1;
}
