import { bucketOf, UNKNOWN_CODE } from '../../digests';
import { SLOT_SECONDS } from '../../observations/observations';
import { ContainerDay } from '../days/containerDay';
import { limitAtKill } from '../days/limitAtKill';
import { CurrentSetting, requestOf } from '../rules/draft';
import { AdvicePrices, BacktestOutcome } from '../types';
import { chargedMicros } from './charged';

const SLOT_MINUTES = SLOT_SECONDS / 60;

/** A setting of both resources; absent requests and limits are none. */
export interface BothSettings {
  cpu: CurrentSetting;
  memory: CurrentSetting;
}

/** The days a setting is held against. */
export interface BothDays {
  /** What was charged is of all of them. */
  all: readonly ContainerDay[];
  /** Throttling and kills are of those an advice stands on, where it follows a load that falls. */
  cpu: readonly ContainerDay[];
  memory: readonly ContainerDay[];
}

/**
 * What would have happened had a setting been in force in the days.
 *
 * Samples in the bucket of the bound don't count as above it, so that a bound
 * at the peak is not exceeded by the width of a bucket.
 */
export function outcomeOf(
  days: BothDays,
  { cpu, memory }: BothSettings,
  prices: AdvicePrices,
): BacktestOutcome {
  const slots = slotsAbove(days.cpu, cpu.limit ?? cpu.request ?? 0);
  const costMicros =
    chargedMicros(days.all, 'cpu', requestOf(cpu), prices) +
    chargedMicros(days.all, 'memory', requestOf(memory), prices);
  return {
    throttledMinutes: slots.above * SLOT_MINUTES,
    throttledShare: slots.known > 0 ? slots.above / slots.known : 0,
    oomKills: killsUnder(days.memory, memory.limit ?? memory.request),
    costMicros: costMicros.toString(),
  };
}

function slotsAbove(days: readonly ContainerDay[], cores: number) {
  const bound = bucketOf(cores);
  let known = 0;
  let above = 0;
  for (const { cpu } of days) {
    if (cpu) {
      const { codes, counts, total } = cpu.histogram;
      known += total;
      for (let i = codes.length - 1; i >= 0 && codes[i] > bound; i--) {
        above += counts[i];
      }
    }
  }
  return { known, above };
}

/**
 * Rises of memory above a limit. Memory that was killed at a limit never shows
 * above it: a kill that was seen counts again under any limit up to that one.
 */
function killsUnder(
  days: readonly ContainerDay[],
  limit: number | undefined,
): number {
  if (limit === undefined) {
    return 0;
  }
  const bound = bucketOf(limit);
  let above = false;
  let kills = 0;
  for (const { digest, memory } of days) {
    let rises = 0;
    // Most days stay below: their highest bucket says so.
    const top = memory?.histogram.codes.at(-1) ?? UNKNOWN_CODE;
    if (top <= bound) {
      above &&= top === UNKNOWN_CODE;
    } else {
      for (const code of digest.memory) {
        if (code !== UNKNOWN_CODE) {
          rises += code > bound && !above ? 1 : 0;
          above = code > bound;
        }
      }
    }
    const seen = digest.oomKills ?? 0;
    kills += limit <= limitAtKill(digest) ? Math.max(rises, seen) : rises;
  }
  return kills;
}
