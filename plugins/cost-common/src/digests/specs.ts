import { ContainerHour } from '../observations/observations';
import { ContainerSpec, GPU_BOARDS } from '@headroom/common';
import { MAX_SPECS } from './digestBounds';
import { SpecSpan } from './types';

/** Kubernetes counts CPU in millicores. */
const MILLI = 1000;
/** Requests are averages over the time it ran; this takes their rounding away. */
const KIB = 1024;
/** Shares of a board: sevenths stay sevenths. */
const MICRO = 1_000_000;

/** The spec of most run time, the same whatever the order; undefined = not known. */
export function specOfHour(
  containers: readonly ContainerHour[],
): ContainerSpec | undefined {
  const seconds = new Map<string, number>();
  let best: ContainerSpec | undefined;
  let bestKey = '';
  for (const each of containers) {
    if (each.specKnown && each.runSeconds > 0) {
      const spec = specOf(each);
      const key = specKey(spec);
      const sum = (seconds.get(key) ?? 0) + each.runSeconds;
      seconds.set(key, sum);
      const record = seconds.get(bestKey) ?? 0;
      if (sum > record || (sum === record && key > bestKey)) {
        best = spec;
        bestKey = key;
      }
    }
  }
  return best;
}

/** Two specs have the same key when they are the same. */
export function specKey(spec: ContainerSpec): string {
  const { gpus } = spec;
  return JSON.stringify([
    spec.cpuRequestCores,
    spec.cpuLimitCores,
    spec.memoryRequestBytes,
    spec.memoryLimitBytes,
    spec.image,
    gpus && Object.entries(gpus).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

/** Leaves out specs that are the one before; keeps the last {@link MAX_SPECS}. */
export function boundSpecs(specs: readonly SpecSpan[]): SpecSpan[] {
  const kept: SpecSpan[] = [];
  let before = '';
  for (const span of specs) {
    const key = specKey(span.spec);
    if (key !== before) {
      kept.push(span);
    }
    before = key;
  }
  return kept.slice(-MAX_SPECS);
}

function specOf(container: ContainerHour): ContainerSpec {
  const { runSeconds } = container;
  const spec: ContainerSpec = {};
  const cpu = container.cpuRequestCoreSeconds ?? 0;
  const memory = container.memoryRequestByteSeconds ?? 0;
  if (cpu > 0) {
    spec.cpuRequestCores = Math.round((cpu / runSeconds) * MILLI) / MILLI;
  }
  if (memory > 0) {
    spec.memoryRequestBytes = Math.round(memory / runSeconds / KIB) * KIB;
  }
  if (container.cpuLimitCores !== undefined) {
    spec.cpuLimitCores = container.cpuLimitCores;
  }
  if (container.memoryLimitBytes !== undefined) {
    spec.memoryLimitBytes = container.memoryLimitBytes;
  }
  if (container.image !== undefined) {
    spec.image = container.image;
  }
  const gpu = container.gpuRequestDeviceSeconds ?? 0;
  if (gpu > 0) {
    spec.gpus = {
      [GPU_BOARDS]: Math.round((gpu / runSeconds) * MICRO) / MICRO,
    };
  }
  return spec;
}
