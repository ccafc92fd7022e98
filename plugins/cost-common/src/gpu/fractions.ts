import { labelOf } from './labelOf';
import { isGpuResource } from './sharing';

/** What a pod reserves of GPUs by other means than whole units. @public */
export interface GpuFraction {
  /** Share of each device, above 0 and at most 1: the larger of compute and memory. */
  share: number;
  /** Devices it has that share of. */
  devices: number;
  /** Only this container has it; absent = the first one, as the scheduler does. */
  container?: string;
}

const MIB = 2 ** 20;

/**
 * KAI's fraction of a GPU from a pod's annotations (`gpu-fraction`, or
 * `gpu-memory` in MiB over the memory of the device, `gpu-fraction-num-devices`,
 * `gpu-fraction-container-name`): container requests show nothing of it.
 * Undefined without such annotations, or when memory is asked for and the
 * device's is unknown. Source: KAI-Scheduler pkg/common/constants.
 *
 * @public
 */
export function kaiFraction(
  annotations: Readonly<Record<string, string>>,
  deviceMemoryBytes?: number,
): GpuFraction | undefined {
  const fraction = Number(labelOf(annotations, 'gpu-fraction'));
  const mebibytes = Number(labelOf(annotations, 'gpu-memory'));
  const share =
    fraction > 0 ? fraction : memoryShareOf(mebibytes, deviceMemoryBytes);
  if (share === undefined || !Number.isFinite(share)) {
    return undefined;
  }
  const devices = Number(labelOf(annotations, 'gpu-fraction-num-devices'));
  const container = labelOf(annotations, 'gpu-fraction-container-name');
  return {
    share: Math.min(1, share),
    devices: Number.isInteger(devices) && devices > 0 ? devices : 1,
    ...(container && { container }),
  };
}

/**
 * HAMi's share from a container's requests: `nvidia.com/gpu` devices, of each
 * `gpucores` percent and `gpumem` MiB or `gpumem-percentage`. Undefined when it
 * asks for none of the latter: then units are what the node makes of them.
 * A `gpumem` without the device's memory counts as the whole device.
 * Source: Project-HAMi/HAMi, resource names of its device configuration.
 *
 * @public
 */
export function hamiFraction(
  requests: Readonly<Record<string, number>>,
  deviceMemoryBytes?: number,
): GpuFraction | undefined {
  const of = (name: string) =>
    requests[`nvidia.com/${name}`] ??
    requests[`nvidia_com_${name.replace(/-/g, '_')}`];
  const cores = of('gpucores');
  const memory = of('gpumem');
  const percent = of('gpumem-percentage');
  if (cores === undefined && memory === undefined && percent === undefined) {
    return undefined;
  }
  const memoryShare =
    memory === undefined
      ? (percent ?? 0) / 100
      : memoryShareOf(memory, deviceMemoryBytes) ?? 1;
  const devices = Object.entries(requests)
    .filter(([resource]) => isGpuResource(resource))
    .reduce((sum, [, units]) => sum + units, 0);
  return {
    share: Math.min(1, Math.max((cores ?? 0) / 100, memoryShare)),
    devices: Math.max(1, devices),
  };
}

/**
 * Share of a device that a DRA claim was given: the largest share of any of the
 * device's capacities (memory, multiprocessors …) that was consumed; all of it
 * when the claim consumes none by name. Capacities in the same unit a name.
 * Sources: `ResourceClaim.status.allocation.devices.results`, KEP-5075.
 *
 * @public
 */
export function draShare(
  consumed: Readonly<Record<string, number>> | undefined,
  capacity: Readonly<Record<string, number>>,
): number {
  const shares = Object.entries(consumed ?? {}).flatMap(([name, amount]) =>
    capacity[name] > 0 ? [amount / capacity[name]] : [],
  );
  return shares.length > 0 ? Math.min(1, Math.max(...shares)) : 1;
}

function memoryShareOf(
  mebibytes: number,
  deviceMemoryBytes: number | undefined,
): number | undefined {
  return mebibytes > 0 && deviceMemoryBytes
    ? (mebibytes * MIB) / deviceMemoryBytes
    : undefined;
}
