import { isGpuResource } from '@headroom/common';
import { Amounts, readAmounts } from './amounts';
import { findGpuType } from './gpuTypes';
import { GpuNodeLayout, GpuResource } from './gpuLayout';

const HAMI_MEMORY = /^nvidia[._]com[/_]gpumem$/i;
const VOLCANO_MEMORY = /^volcano[._]sh[/_]vgpu[-_]memory$/i;
const MEMORY_PERCENT =
  /^(nvidia[._]com[/_]gpumem|volcano[._]sh[/_]vgpu[-_]memory)[-_]percentage$/i;
const CORES = /^(nvidia[._]com[/_]gpu|volcano[._]sh[/_]vgpu[-_])cores$/i;
const PARTS = [HAMI_MEMORY, VOLCANO_MEMORY, MEMORY_PERCENT, CORES];

/**
 * Boards' worth that a container reserves with its requests, by resource name.
 * Asking for two replicas of a shared board doesn't give twice its time: never
 * more than one GPU a physical board. `sharedAboveOne` tells that it asked for
 * that, which `failRequestsGreaterThanOne: true` of the device plugin refuses.
 *
 * Of a board that HAMi offers many times a unit is what is asked of its memory
 * (`gpumem` in MiB, `gpumem-percentage`) or cores (`gpucores` in percent),
 * whichever is more; who asks for no memory gets all of it. So does Volcano
 * (`vgpu-memory`, `vgpu-memory-percentage`, `vgpu-cores`). Who asks for amounts
 * without a board (`aliyun.com/gpu-mem`, `tencent.com/vcuda-core`, …) has the
 * largest of its parts.
 *
 * @public
 */
export function reservedDevices(
  requests: Readonly<Record<string, number>>,
  layout: GpuNodeLayout | undefined,
): { devices: number; sharedAboveOne: boolean } {
  const amounts = readAmounts(requests);
  let devices = amounts ? amountOfBoards(amounts, layout) : 0;
  let sharedAboveOne = false;
  const asksPart = Object.keys(requests).some(name =>
    PARTS.some(part => part.test(name)),
  );
  for (const [resource, units] of Object.entries(requests)) {
    const offered = layout?.resources[resource];
    const isAmount = amounts?.amounts.some(each => each.resource === resource);
    if (!isAmount && (offered || isGpuResource(resource))) {
      const isShared = (offered?.replicas ?? 1) > 1;
      // Who asks for a part is given it, though no label tells how boards are shared.
      const isPart = offered?.sharing === 'fraction' || (isShared && asksPart);
      devices +=
        units *
        (isPart ? fractionOf(requests, layout, offered) : offered?.share ?? 1);
      sharedAboveOne ||= units > 1 && isShared && !isPart;
    }
  }
  return {
    devices: layout ? Math.min(devices, layout.devices) : devices,
    sharedAboveOne,
  };
}

/** Boards' worth of the largest of the amounts; memory of a node that nobody knows is none. */
function amountOfBoards(
  { amounts }: Amounts,
  layout: GpuNodeLayout | undefined,
): number {
  return Math.max(
    0,
    ...amounts.map(({ resource, units, perBoard }) => {
      const share = layout?.resources[resource]?.share;
      return units * (share ?? (perBoard ? 1 / perBoard : 0));
    }),
  );
}

/** Share of a board that HAMi or Volcano gives each unit of a container, 0 to 1. */
function fractionOf(
  requests: Readonly<Record<string, number>>,
  layout: GpuNodeLayout | undefined,
  offered: GpuResource | undefined,
): number {
  const asked = (resource: RegExp) =>
    Object.entries(requests).find(([name]) => resource.test(name))?.[1];
  const mebibytes =
    (layout?.boardMemoryBytes ??
      (findGpuType(layout?.model)?.memoryGb ?? 0) * 2 ** 30) /
    2 ** 20;
  const part = (units: number | undefined, all: number) =>
    units && all > 0 ? units / all : undefined;
  const memory =
    part(asked(HAMI_MEMORY), mebibytes) ??
    part(asked(VOLCANO_MEMORY), offered?.memoryUnits ?? mebibytes) ??
    (asked(MEMORY_PERCENT) ?? 100) / 100;
  return Math.min(1, Math.max(memory, (asked(CORES) ?? 0) / 100));
}
