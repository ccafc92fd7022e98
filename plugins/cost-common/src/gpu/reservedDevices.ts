import { isGpuResource } from '@headroom/common';
import { findGpuType } from './gpuTypes';
import { GpuNodeLayout } from './sharing';

const HAMI_MEMORY = /^nvidia[._]com[/_]gpumem$/i;
const HAMI_MEMORY_PERCENT = /^nvidia[._]com[/_]gpumem[-_]percentage$/i;
const HAMI_CORES = /^nvidia[._]com[/_]gpucores$/i;

/**
 * Boards' worth that a container reserves with its requests, by resource name.
 * Asking for two replicas of a shared board doesn't give twice its time: never
 * more than one GPU a physical board. `sharedAboveOne` tells that it asked for
 * that, which `failRequestsGreaterThanOne: true` of the device plugin refuses.
 *
 * Of a board that HAMi offers many times a unit is what is asked of its memory
 * (`gpumem` in MiB, `gpumem-percentage`) or cores (`gpucores` in percent),
 * whichever is more; who asks for no memory gets all of it.
 *
 * @public
 */
export function reservedDevices(
  requests: Readonly<Record<string, number>>,
  layout: GpuNodeLayout | undefined,
): { devices: number; sharedAboveOne: boolean } {
  let devices = 0;
  let sharedAboveOne = false;
  for (const [resource, units] of Object.entries(requests)) {
    const offered = layout?.resources[resource];
    if (offered || isGpuResource(resource)) {
      devices +=
        units *
        (offered?.sharing === 'fraction'
          ? fractionOf(requests, layout)
          : offered?.share ?? 1);
      sharedAboveOne ||=
        units > 1 &&
        (offered?.replicas ?? 1) > 1 &&
        offered?.sharing !== 'fraction';
    }
  }
  return {
    devices: layout ? Math.min(devices, layout.devices) : devices,
    sharedAboveOne,
  };
}

/** Share of a board that HAMi gives each unit of a container, 0 to 1. */
function fractionOf(
  requests: Readonly<Record<string, number>>,
  layout: GpuNodeLayout | undefined,
): number {
  const asked = (resource: RegExp) =>
    Object.entries(requests).find(([name]) => resource.test(name))?.[1];
  const board =
    layout?.boardMemoryBytes ??
    (findGpuType(layout?.model)?.memoryGb ?? 0) * 2 ** 30;
  const mebibytes = asked(HAMI_MEMORY);
  const memory =
    mebibytes && board > 0
      ? (mebibytes * 2 ** 20) / board
      : (asked(HAMI_MEMORY_PERCENT) ?? 100) / 100;
  return Math.min(1, Math.max(memory, (asked(HAMI_CORES) ?? 0) / 100));
}
