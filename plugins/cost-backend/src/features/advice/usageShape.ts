import {
  AdviceDetail,
  Histogram,
  mergeHistograms,
  SLOT_SECONDS,
  UNKNOWN_CODE,
  UsageDigest,
  valueOf,
} from '@headroom/plugin-cost-common';

const MAX_POINTS = 2000;
const MAX_BARS = 60;

/**
 * The history of a window at no more points than a chart can show. A point is
 * the highest of its time, so that no peak is lost; time without a known sample
 * is null.
 */
export function historyOf(
  digests: readonly UsageDigest[],
  window: { start: string; end: string },
): AdviceDetail['history'] {
  const start = Date.parse(window.start);
  const slots = (Date.parse(window.end) - start) / (SLOT_SECONDS * 1000);
  const slotsAPoint = Math.max(1, Math.ceil(slots / MAX_POINTS));
  const points = Math.ceil(slots / slotsAPoint);
  const cpu = new Uint16Array(points);
  const memory = new Uint16Array(points);
  for (const digest of digests) {
    const first = (Date.parse(digest.start) - start) / (SLOT_SECONDS * 1000);
    for (let slot = 0; slot < digest.slots; slot++) {
      const point = Math.floor((first + slot) / slotsAPoint);
      // Codes rise with values; that of the unknown is the lowest.
      cpu[point] = Math.max(cpu[point], digest.cpu[slot]);
      memory[point] = Math.max(memory[point], digest.memory[slot]);
    }
  }
  return {
    start: window.start,
    stepSeconds: slotsAPoint * SLOT_SECONDS,
    cpuCores: valuesOf(cpu),
    memoryBytes: valuesOf(memory),
  };
}

function valuesOf(codes: Uint16Array): Array<number | null> {
  return Array.from(codes, code =>
    code === UNKNOWN_CODE ? null : valueOf(code),
  );
}

/** How usage is spread over all samples of all pods. */
export function distributionOf(
  digests: readonly UsageDigest[],
): AdviceDetail['distribution'] {
  return {
    cpu: barsOf(mergeHistograms(digests.map(({ cpuAll }) => cpuAll))),
    memory: barsOf(mergeHistograms(digests.map(({ memoryAll }) => memoryAll))),
  };
}

/** Bars of as many buckets as leave no more than a chart can show; widths grow with values, as buckets do. */
function barsOf({ codes, counts, total }: Histogram) {
  const bars: AdviceDetail['distribution']['cpu'] = [];
  if (total === 0) {
    return bars;
  }
  const lowest = codes[0];
  const width = Math.ceil((codes[codes.length - 1] - lowest + 1) / MAX_BARS);
  let at = 0;
  while (at < codes.length) {
    const bar = Math.floor((codes[at] - lowest) / width);
    const first = lowest + bar * width;
    let count = 0;
    for (; at < codes.length && codes[at] < first + width; at++) {
      count += counts[at];
    }
    bars.push({
      from: lowerEnd(first),
      upTo: lowerEnd(first + width),
      share: count / total,
    });
  }
  return bars;
}

/** Where a bucket begins: between the values it and the one before stand for. */
function lowerEnd(code: number): number {
  const value = valueOf(code);
  const before = valueOf(code - 1);
  return before > 0 ? Math.sqrt(before * value) : 0;
}
