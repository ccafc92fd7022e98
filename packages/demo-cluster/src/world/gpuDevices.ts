import type { GpuDeviceHour } from '@headroom/plugin-cost-common';
import { withBoardPower } from './gpuPower';
import { readingFaults, READINGS_PER_HOUR } from './gpuReadings';
import { GpuSlot, gpuSlots } from './gpuSlots';
import { NodeLife, overlapSeconds, PodLife } from './lives';
import { uniform, uuidOf } from './random';
import { HOUR_SECONDS, SLOT_SECONDS, SLOTS_PER_HOUR } from './time';
import { ContainerSpec, MIB, NodePool } from './types';
import { HourUse } from './usage';

/** A container that held GPUs in an hour, and what it did with them. */
export interface GpuHolder {
  life: PodLife;
  container: ContainerSpec;
  use: HourUse;
}

/** A device, or the instance of one that a slot is. */
interface Device {
  /** Slots of the node that are on it: one, or as many as it is sliced into. */
  slots: number[];
  slot: GpuSlot;
}

const known = new WeakMap<NodePool, Device[]>();

/** Devices of a node of a pool: slices of one board are one device. */
function devicesOf(pool: NodePool): Device[] {
  const seen = known.get(pool);
  if (seen) {
    return seen;
  }
  const devices = new Map<string, Device>();
  gpuSlots(pool).forEach((slot, index) => {
    const id = `${slot.board}/${slot.instance?.id ?? ''}`;
    const device = devices.get(id);
    if (device) {
      device.slots.push(index);
    } else {
      devices.set(id, { slots: [index], slot });
    }
  });
  const list = [...devices.values()];
  known.set(pool, list);
  return list;
}

function sharingOf({ gpuOffer }: NodePool): GpuDeviceHour['sharing'] {
  return gpuOffer?.type ?? 'whole';
}

/** Memory of a device; an instance has eighths of its board's. */
function memoryOf(pool: NodePool, { instance }: GpuSlot): number {
  const eighths = instance?.spec.memoryEighths ?? 8;
  return Math.floor(((pool.gpuMemoryMib ?? 0) * eighths) / 8) * MIB;
}

/**
 * Every device of a node for one hour: how busy it was in each five minutes,
 * what memory was held, and by whom. A device that pods share appears once.
 */
export function deviceHours(options: {
  node: NodeLife;
  iso: string;
  hour: number;
  holders: GpuHolder[];
}): GpuDeviceHour[] {
  const { node, holders } = options;
  const devices = devicesOf(node.pool).map(device => {
    const tenants = holders.filter(({ life }) =>
      life.gpuSlots.some(slot => device.slots.includes(slot)),
    );
    return deviceHour({ ...options, device, tenants });
  });
  return withBoardPower(devices);
}

function deviceHour({
  node,
  iso,
  hour,
  device,
  tenants,
}: {
  node: NodeLife;
  iso: string;
  hour: number;
  device: Device;
  tenants: GpuHolder[];
}): GpuDeviceHour {
  const { pool } = node;
  const { slot, slots } = device;
  const start = hour * HOUR_SECONDS;
  const upSeconds = overlapSeconds(node, start, start + HOUR_SECONDS);
  const expected = Math.round((READINGS_PER_HOUR * upSeconds) / HOUR_SECONDS);
  const faults = readingFaults({
    node,
    device: slots[0],
    hour,
    held: tenants.length > 0,
    expected,
  });
  const busyShare: Array<number | null> = [];
  const memoryUsedBytes: Array<number | null> = [];
  for (let index = 0; index < SLOTS_PER_HOUR; index++) {
    const from = start + index * SLOT_SECONDS;
    const up = overlapSeconds(node, from, from + SLOT_SECONDS);
    const read = up > 0 && !faults.blind;
    busyShare.push(read ? busyIn(index, up, device, tenants) : null);
    memoryUsedBytes.push(read ? memoryIn(index, node, device, tenants) : null);
  }
  const instance = slot.instance && `${slot.instance.id}`;
  const setAside =
    (faults.setAside.impossible ?? 0) + (faults.blind ? expected : 0);
  return {
    hour: iso,
    node: node.name,
    board: `GPU-${uuidOf(`${node.hash}/gpu/${slot.board}`)}`,
    ...(slot.instance && { instance, profile: slot.instance.spec.profile }),
    ...(pool.gpuModel && { model: pool.gpuModel }),
    sharing: sharingOf(pool),
    boardShare: slot.instance ? slot.boardShare : 1,
    ...(slots.length > 1 && { replicas: slots.length }),
    memoryBytes: memoryOf(pool, slot),
    ...(!faults.blind && {
      busyShare,
      memoryUsedBytes,
    }),
    basis: basisOf(pool),
    readings: Math.max(0, expected - setAside),
    setAside: faults.setAside,
    tenants: faults.labelled
      ? tenants.map(({ life, container, use }) => ({
          namespace: life.spec.namespace,
          pod: life.name,
          container: container.name,
          heldSeconds: use.runSeconds,
          ...(slots.length > 1 && {
            share: heldOf(device, life).length / slots.length,
          }),
        }))
      : [],
    tenantsKnown: faults.labelled,
  };
}

/** Slots of a device that a pod holds. */
function heldOf(device: Device, life: PodLife): number[] {
  return device.slots.filter(slot => life.gpuSlots.includes(slot));
}

/** Whether a container does anything with what it holds at a slot of the node. */
export function isUsed(
  { life, container }: Pick<GpuHolder, 'life' | 'container'>,
  slot: number,
): boolean {
  const used = container.usage.gpuUsed ?? Infinity;
  return life.gpuSlots.indexOf(slot) < used;
}

/** Busy share of a device in the part of a slot of time it was up. */
function busyIn(
  index: number,
  upSeconds: number,
  device: Device,
  tenants: GpuHolder[],
): number {
  let busy = 0;
  for (const holder of tenants) {
    const { life, use } = holder;
    const used = heldOf(device, life).filter(slot => isUsed(holder, slot));
    const share = used.length / device.slots.length;
    busy += (share * use.gpuBusy[index] * use.slotSeconds[index]) / upSeconds;
  }
  return Math.min(1, Math.round(busy * 1e4) / 1e4);
}

/** Memory of a device that processes hold in a slot of time; the driver keeps a little for itself. */
function memoryIn(
  index: number,
  node: NodeLife,
  device: Device,
  tenants: GpuHolder[],
): number {
  const driver = 3 + Math.floor(4 * uniform(node.hash, 41));
  const present = tenants.filter(({ use }) => use.slotSeconds[index] > 0);
  let held = 0;
  for (const slot of device.slots) {
    // Those that hold one slot do so one after the other.
    const each = present
      .filter(holder => holder.life.gpuSlots.includes(slot))
      .map(holder => heldBytes(holder, slot, index));
    held += Math.max(0, ...each);
  }
  return (driver + Math.round(held / MIB)) * MIB;
}

/** A process that uses a device holds its context and its model; the model stays when nothing is computed. */
function heldBytes(holder: GpuHolder, slot: number, index: number): number {
  const { container, use } = holder;
  return isUsed(holder, slot)
    ? (container.usage.gpuMemoryBytes ?? 0) * (0.97 + 0.03 * use.gpuBusy[index])
    : 0;
}

/** Profiling counters when they speak, else what says that some kernel ran. */
function basisOf(pool: NodePool): GpuDeviceHour['basis'] {
  if (pool.profilingSilent) {
    return 'utilisation';
  }
  return pool.gpuOffer?.type === 'mig' ? 'engine-active' : 'sm-active';
}
