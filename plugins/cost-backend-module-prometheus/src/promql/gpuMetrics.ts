/**
 * DCGM's utilisation metrics, the most telling first (SM active, else graphics
 * engine active, else "some kernel ran"), with the names DCGM 4.7 gave them.
 */
export interface GpuMetric {
  /** Short name inside queries. */
  id: string;
  metric: string;
  /** Highest reading that can be true. */
  highest: number;
  /** `infer`: sources disagree, so any reading above 1 means percent. */
  unit: 'ratio' | 'percent' | 'infer';
  /** Read from profiling counters, which may silently stay at 0. */
  profiling: boolean;
}

export const GPU_METRICS: GpuMetric[] = [
  {
    id: 'sm',
    metric: 'DCGM_FI_PROF_SM_ACTIVE',
    highest: 1,
    unit: 'ratio',
    profiling: true,
  },
  {
    id: 'sm_ratio',
    metric: 'DCGM_FI_PROF_SM_UTIL_RATIO',
    highest: 100,
    unit: 'infer',
    profiling: true,
  },
  {
    id: 'engine',
    metric: 'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
    highest: 1,
    unit: 'ratio',
    profiling: true,
  },
  {
    id: 'engine_ratio',
    metric: 'DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO',
    highest: 100,
    unit: 'infer',
    profiling: true,
  },
  {
    id: 'util',
    metric: 'DCGM_FI_DEV_GPU_UTIL',
    highest: 100,
    unit: 'percent',
    profiling: false,
  },
  {
    id: 'util_ratio',
    metric: 'DCGM_FI_DEV_GPU_UTIL_RATIO',
    highest: 100,
    unit: 'infer',
    profiling: false,
  },
];

/** Memory and power: gauges of which only what can be true is taken. */
export const GPU_GAUGES = {
  'memory-used': { metric: 'DCGM_FI_DEV_FB_USED', over: 'max_over_time' },
  'memory-free': { metric: 'DCGM_FI_DEV_FB_FREE', over: 'min_over_time' },
  power: { metric: 'DCGM_FI_DEV_POWER_USAGE', over: 'avg_over_time' },
} as const;
