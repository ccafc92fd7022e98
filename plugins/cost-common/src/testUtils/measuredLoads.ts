import { GpuVerdict } from '../gpu';

/** What a board reports of itself under one load, all the time. */
export interface GpuLoad {
  scenario: string;
  /** Shares from 0 to 1. */
  utilisation: number;
  graphicsEngineActive: number;
  smActive: number;
  /** Without what the driver keeps for itself. */
  memoryUsedMib: number;
  powerWatts: number;
}

/** Counters a busy share may come from. */
export const COUNTERS = [
  'smActive',
  'graphicsEngineActive',
  'utilisation',
] as const;

export type GpuCounter = (typeof COUNTERS)[number];

type Row = [
  scenario: string,
  utilisation: number,
  graphicsEngineActive: number,
  smActive: number,
  memoryUsedMib: number,
  powerWatts: number,
];

/**
 * Means of what an H100 SXM 80 GB and an H200 reported under known loads, in
 * percent. Recorded with NVML and Hopper's own counters, a reading a second.
 */
const ROWS: Record<string, Row[]> = {
  'NVIDIA H100 80GB HBM3': [
    ['nothing', 0, 0, 0, 0, 72.0],
    ['context', 0, 0.01, 0, 620, 120.3],
    ['model-waits', 0, 0.01, 0, 21100, 120.6],
    ['tiny-kernel-loop', 35, 34.82, 0.03, 620, 123.7],
    ['one-sm', 100, 99.74, 0.76, 620, 121.2],
    ['bursts-5', 0, 4.78, 3.77, 1102, 160.9],
    ['bursts-30', 0, 28.78, 22.45, 1102, 314.1],
    ['decode-like', 98.71, 98.74, 89.61, 10958, 630.1],
    ['matmul-full', 99.93, 99.71, 97.92, 2254, 696.3],
    ['model-waits+bursts-30', 0, 29.06, 22.26, 22200, 314.5],
    ['after', 0, 0, 0, 0, 73.0],
  ],
  'NVIDIA H200': [
    ['nothing', 0, 0, 0, 0, 78.8],
    ['context', 0, 0.01, 0, 620, 122.0],
    ['model-waits', 0, 0.01, 0, 21100, 122.1],
    ['tiny-kernel-loop', 26.29, 26.41, 0.03, 620, 122.5],
    ['one-sm', 99.96, 99.77, 0.76, 620, 123.0],
    ['bursts-5', 0, 4.88, 3.86, 1102, 164.0],
    ['bursts-30', 0, 28.86, 22.2, 1102, 314.2],
    ['decode-like', 98.88, 99.02, 92.61, 10958, 694.3],
    ['matmul-full', 100, 99.81, 98.15, 2254, 691.2],
    ['model-waits+bursts-30', 0, 28.67, 21.98, 22200, 314.1],
    ['after', 0, 0, 0, 0, 78.6],
  ],
};

/** By model, as the driver names it. */
export const MEASURED_LOADS: ReadonlyArray<{
  model: string;
  loads: GpuLoad[];
}> = Object.entries(ROWS).map(([model, rows]) => ({
  model,
  loads: rows.map(
    ([scenario, utilisation, engine, sm, memoryUsedMib, powerWatts]) => ({
      scenario,
      utilisation: utilisation / 100,
      graphicsEngineActive: engine / 100,
      smActive: sm / 100,
      memoryUsedMib,
      powerWatts,
    }),
  ),
}));

/** What is true of a board under each load, as far as each counter can tell. */
export const TRUE_VERDICTS: Readonly<
  Record<string, Record<GpuCounter, GpuVerdict>>
> = {
  nothing: byAll('unused-memory-free'),
  after: byAll('unused-memory-free'),
  context: byAll('unused-memory-free'),
  'model-waits': byAll('unused-memory-held'),
  'tiny-kernel-loop': { ...byAll('unknown'), smActive: 'unused-memory-free' },
  'one-sm': { ...byAll('unknown'), smActive: 'unused-memory-free' },
  'bursts-5': { ...byAll('busy-low'), utilisation: 'unknown' },
  'bursts-30': { ...byAll('busy-low'), utilisation: 'unknown' },
  'model-waits+bursts-30': { ...byAll('busy-low'), utilisation: 'unknown' },
  'decode-like': byAll('busy'),
  'matmul-full': byAll('busy'),
};

function byAll(verdict: GpuVerdict): Record<GpuCounter, GpuVerdict> {
  return {
    smActive: verdict,
    graphicsEngineActive: verdict,
    utilisation: verdict,
  };
}
