/** A threshold that a series can't be meant to be compared with, by its unit. */
export interface UnitSlip {
  metric: string;
  unit: string;
  /** As it is written. */
  threshold: string;
}

/** Metrics whose unit their name or their exporter says. */
const UNITS: ReadonlyArray<{
  metric: RegExp;
  unit: string;
  isSlip: (threshold: number) => boolean;
}> = [
  // Prometheus' naming has base units: a histogram of durations is in seconds.
  {
    metric: /\bhistogram_quantile\b.*?\b(\w+_seconds)(?:_bucket)?\b/,
    unit: 'seconds',
    isSlip: threshold => threshold >= 100,
  },
  {
    metric: /\b(\w+_ratio)\b/,
    unit: 'a part of 1',
    isSlip: threshold => threshold > 2 && threshold <= 100,
  },
  // DCGM's profiling fields are parts of 1, its utilisation is percent.
  {
    metric: /\b(DCGM_FI_PROF_\w+_ACTIVE)\b/,
    unit: 'a part of 1',
    isSlip: threshold => threshold > 1,
  },
  {
    metric: /\b(DCGM_FI_DEV_\w+_UTIL)\b/,
    unit: 'percent',
    isSlip: threshold => threshold > 0 && threshold < 1,
  },
  {
    metric: /\b(DCGM_FI_DEV_FB_\w+)\b/,
    unit: 'MiB',
    isSlip: threshold => threshold >= 10_000_000,
  },
  {
    metric: /\b(container_memory_\w+_bytes)\b/,
    unit: 'bytes',
    isSlip: threshold => threshold > 0 && threshold < 100_000,
  },
];

/**
 * What is compared with a number of another unit than its own. Only comparisons of one
 * metric that nothing multiplies or divides are judged: anything else may change units.
 */
export function unitSlip(expression: string): UnitSlip | undefined {
  for (const part of expression.split(/\b(?:and|or|unless)\b/i)) {
    const [, left, threshold] =
      /^(.*[^=!<>])(?:>=|<=|==|!=|>|<)\s*(?:bool\s+)?(\d[\d.]*(?:e[+-]?\d+)?)\s*\)*\s*$/is.exec(
        part,
      ) ?? [];
    if (left === undefined || /[*/%^]/.test(left.replace(/\{[^{}]*\}/g, ''))) {
      continue;
    }
    for (const { metric, unit, isSlip } of UNITS) {
      const name = metric.exec(left)?.[1];
      if (name !== undefined && isSlip(Number(threshold))) {
        return { metric: name, unit, threshold };
      }
    }
  }
  return undefined;
}
