import { heldLevels, cpuDayOfSamples } from '@headroom/plugin-cost-common';

/** Usage of one workload over time. */
export interface Series {
  name: string;
  /** Seconds, ascending. */
  ts: Float64Array;
  /** Cores, the same length. */
  cores: Float64Array;
}

/** Samples of one day, in the order they were taken, and their distribution. */
export interface SeriesDay {
  ts: Float64Array;
  cores: Float64Array;
  usage: ReturnType<typeof cpuDayOfSamples>;
}

const DAY_SECONDS = 86_400;

/**
 * The whole days of a series, 24 h each from its first sample; `undefined` = a
 * day without samples. A day is over when a later sample has been seen a day
 * after it began, so the last day of a series that stops at midnight is not.
 */
export function wholeDays(
  series: Series,
  stepSeconds: number,
): Array<SeriesDay | undefined> {
  const { ts, cores } = series;
  const count = Math.floor((ts[ts.length - 1] - ts[0]) / DAY_SECONDS);
  const days: Array<SeriesDay | undefined> = [];
  let from = 0;
  let before: Float64Array | undefined;
  for (let day = 0; day < count; day++) {
    const end = ts[0] + (day + 1) * DAY_SECONDS;
    let to = from;
    while (to < ts.length && ts[to] < end) {
      to++;
    }
    const samples =
      to > from
        ? inTime(series, { from, to }, end - DAY_SECONDS, stepSeconds)
        : undefined;
    days.push(
      samples
        ? {
            ts: ts.subarray(from, to),
            cores: cores.subarray(from, to),
            usage: {
              ...cpuDayOfSamples(cores.subarray(from, to)),
              held: heldLevels(
                (end - DAY_SECONDS) * 1000,
                samples,
                stepSeconds,
                before,
              ),
            },
          }
        : undefined,
    );
    before = samples;
    from = to;
  }
  return days;
}

/** Samples of a day by the step they are in; a step without is not known. */
function inTime(
  { ts, cores }: Series,
  { from, to }: { from: number; to: number },
  start: number,
  stepSeconds: number,
): Float64Array {
  const samples = new Float64Array(DAY_SECONDS / stepSeconds).fill(NaN);
  for (let at = from; at < to; at++) {
    samples[Math.floor((ts[at] - start) / stepSeconds)] = cores[at];
  }
  return samples;
}

/**
 * Means over steps counted from the first sample, placed at the step's start;
 * a step without samples stays absent. Series with wider steps stay as they
 * are.
 */
export function inSteps(series: Series, stepSeconds: number): Series {
  const ts: number[] = [];
  const cores: number[] = [];
  const first = series.ts[0];
  for (let from = 0; from < series.ts.length; ) {
    const step = Math.floor((series.ts[from] - first) / stepSeconds);
    const end = first + (step + 1) * stepSeconds;
    let to = from;
    let sum = 0;
    while (to < series.ts.length && series.ts[to] < end) {
      sum += series.cores[to++];
    }
    ts.push(first + step * stepSeconds);
    cores.push(sum / (to - from));
    from = to;
  }
  return {
    name: series.name,
    ts: Float64Array.from(ts),
    cores: Float64Array.from(cores),
  };
}

/** Mean over all samples of a series, cores. */
export function meanCores({ cores }: Series): number {
  return cores.reduce((sum, value) => sum + value, 0) / cores.length;
}
