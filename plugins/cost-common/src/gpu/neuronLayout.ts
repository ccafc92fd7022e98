import type { GpuNodeLayout, GpuResource } from './gpuLayout';

/** Neuron's plugin offers the same accelerators whole (under two names) and by the core. */
const NEURON_WHOLE = /[/_]neuron(device)?$/i;
const NEURON_CORE = /[/_]neuroncore$/i;

/** Whether a resource is AWS' accelerators. */
export function isNeuron(resource: string): boolean {
  return NEURON_WHOLE.test(resource) || NEURON_CORE.test(resource);
}

/** AWS accelerators: several names for the same ones, which must not be added up. */
export function neuronLayout({
  gpus,
}: {
  gpus: ReadonlyArray<[resource: string, units: number]>;
}): GpuNodeLayout {
  const most = (pattern: RegExp) =>
    Math.max(
      0,
      ...gpus.flatMap(([resource, units]) =>
        pattern.test(resource) ? [units] : [],
      ),
    );
  const cores = most(NEURON_CORE);
  const devices = most(NEURON_WHOLE) || cores;
  return {
    devices,
    resources: Object.fromEntries(
      gpus.map(([resource, units]): [string, GpuResource] => [
        resource,
        {
          units,
          share: NEURON_CORE.test(resource) ? devices / cores : 1,
          sharing: 'whole',
        },
      ]),
    ),
    strandedDevices: 0,
    problems: [],
  };
}
