import { HOUR_MS } from '@headroom/common';
import { SLOTS_PER_HOUR } from '../observations/observations';
import { hourNumber } from './digestBounds';
import { mergeHistograms } from './histogram';
import { MOST_BYTE_SECONDS, MOST_SECONDS } from './hourCodec';
import { mergePools } from './pools';
import { mergeRuns } from './runPeaks';
import { known, largest, sumKnown } from './samples';
import { boundSpecs, specKey } from './specs';
import { mergeStartups } from './startup';
import { SpecSpan, UsageDigest } from './types';

/** A digest and where it is in the span of all. */
interface Placed {
  digest: UsageDigest;
  /** Hours from the start of the span. */
  at: number;
  hours: number;
}

/**
 * Digests of one container as one, from the first hour to the last. Hours that
 * no digest is of are not known. Hours that several are of are taken for hours
 * of different pods: the worst slot counts, sums add up.
 *
 * Exact, and the same in any order and grouping, as long as no bound is met
 * ({@link MAX_RUNS} runs, the last 24 specs, 32 node pools); specs also need
 * theirs said by every hour, or else by consecutive ones grouped first. `span` makes it
 * longer: a whole day, of which some hours may not be known. Throws a RangeError
 * when there is no digest.
 *
 * @public
 */
export function mergeDigests(
  digests: readonly UsageDigest[],
  span?: { start: string; hours: number },
): UsageDigest {
  if (digests.length === 0) {
    throw new RangeError('There are no digests to merge');
  }
  if (digests.length === 1 && !span) {
    return digests[0];
  }
  const { start, hours, placed } = place(digests, span);
  const merged: UsageDigest = {
    start: new Date(start * HOUR_MS).toISOString(),
    slots: hours * SLOTS_PER_HOUR,
    cpu: worstOf(placed, hours, ({ cpu }) => cpu),
    memory: worstOf(placed, hours, ({ memory }) => memory),
    cpuAll: mergeHistograms(digests.map(({ cpuAll }) => cpuAll)),
    memoryAll: mergeHistograms(digests.map(({ memoryAll }) => memoryAll)),
    hours: {
      runSeconds: sumsOf(placed, hours, 'runSeconds', MOST_SECONDS),
      cpuUsageCoreSeconds: sumsOf(
        placed,
        hours,
        'cpuUsageCoreSeconds',
        MOST_SECONDS,
      ),
      memoryUsageByteSeconds: sumsOf(
        placed,
        hours,
        'memoryUsageByteSeconds',
        MOST_BYTE_SECONDS,
      ),
    },
    pools: mergePools(digests.flatMap(({ pools }) => pools)),
    pods: Math.max(...digests.map(({ pods }) => pods)),
    runs: mergeRuns(digests.flatMap(({ runs }) => runs)),
    specs: boundSpecs(specsOf(placed)),
  };
  return Object.assign(merged, eventsOf(digests));
}

/** In time order; those of the same time as they come. */
function place(
  digests: readonly UsageDigest[],
  span: { start: string; hours: number } | undefined,
): { start: number; hours: number; placed: Placed[] } {
  const placed = digests.map(digest => ({
    digest,
    at: hourNumber(digest.start),
    hours: digest.slots / SLOTS_PER_HOUR,
  }));
  placed.sort((a, b) => a.at - b.at);
  let start = placed[0].at;
  let end = placed.reduce(
    (latest, each) => Math.max(latest, each.at + each.hours),
    0,
  );
  if (span) {
    const from = hourNumber(span.start);
    start = Math.min(start, from);
    end = Math.max(end, from + span.hours);
  }
  placed.forEach(each => {
    each.at -= start;
  });
  return { start, hours: end - start, placed };
}

function worstOf(
  placed: readonly Placed[],
  hours: number,
  of: (digest: UsageDigest) => Uint16Array,
): Uint16Array {
  const worst = new Uint16Array(hours * SLOTS_PER_HOUR);
  let filledTo = 0;
  for (const { digest, at } of placed) {
    const codes = of(digest);
    const start = at * SLOTS_PER_HOUR;
    if (start >= filledTo) {
      worst.set(codes, start);
    } else {
      for (let i = 0; i < codes.length; i++) {
        worst[start + i] = Math.max(worst[start + i], codes[i]);
      }
    }
    filledTo = Math.max(filledTo, start + codes.length);
  }
  return worst;
}

function sumsOf(
  placed: readonly Placed[],
  hours: number,
  name: keyof UsageDigest['hours'],
  limit: number,
): Float64Array {
  const sums = new Float64Array(hours);
  for (const { digest, at } of placed) {
    digest.hours[name].forEach((sum, i) => {
      sums[at + i] = Math.min(limit, sums[at + i] + sum);
    });
  }
  return sums;
}

function eventsOf(digests: readonly UsageDigest[]): Partial<UsageDigest> {
  const fold = <T>(
    of: (digest: UsageDigest) => T | undefined,
    join: (a: T | undefined, b: T | undefined) => T | undefined,
  ) =>
    digests.reduce<T | undefined>(
      (sum, each) => join(sum, of(each)),
      undefined,
    );
  return known({
    cpuPeakCores: fold(each => each.cpuPeakCores, largest),
    memoryPeakBytes: fold(each => each.memoryPeakBytes, largest),
    oomKills: fold(each => each.oomKills, sumKnown),
    oomLimitBytes: fold(each => each.oomLimitBytes, largest),
    restarts: fold(each => each.restarts, sumKnown),
    throttledShare: fold(each => each.throttledShare, largest),
    startup: fold(each => each.startup, mergeStartups),
  });
}

function specsOf(placed: readonly Placed[]): SpecSpan[] {
  const apart = placed.every(
    ({ at }, i) => i === 0 || at >= placed[i - 1].at + placed[i - 1].hours,
  );
  return apart ? specsInTurn(placed) : specsByHour(placed);
}

function specsInTurn(placed: readonly Placed[]): SpecSpan[] {
  return placed.flatMap(({ digest, at }) =>
    digest.specs.map(({ fromSlot, spec }) => ({
      fromSlot: fromSlot + at * SLOTS_PER_HOUR,
      spec,
    })),
  );
}

/**
 * Digests of hours in between each other: each speaks for the hours it ran in,
 * and of several for one hour always the same one.
 */
function specsByHour(placed: readonly Placed[]): SpecSpan[] {
  const byHour = new Map<number, { key: string; span: SpecSpan }>();
  for (const { digest, at, hours } of placed) {
    let next = 0;
    for (let hour = 0; hour < hours; hour++) {
      while (digest.specs[next]?.fromSlot <= hour * SLOTS_PER_HOUR) {
        next += 1;
      }
      if (next > 0 && digest.hours.runSeconds[hour] > 0) {
        const { spec } = digest.specs[next - 1];
        const key = specKey(spec);
        if (key > (byHour.get(at + hour)?.key ?? '')) {
          const fromSlot = (at + hour) * SLOTS_PER_HOUR;
          byHour.set(at + hour, { key, span: { fromSlot, spec } });
        }
      }
    }
  }
  return [...byHour.values()]
    .map(({ span }) => span)
    .sort((a, b) => a.fromSlot - b.fromSlot);
}
