import type { GpuDeviceHour } from '@headroom/plugin-cost-common';
import { SLOT_SECONDS, SLOTS_PER_HOUR } from './time';
import { MIB } from './types';

/** What a board draws that runs nothing, that holds a context and waits, and that is busy: watts. */
type Levels = [idle: number, waiting: number, busy: number];

const POWER: Record<string, Levels> = {
  'NVIDIA-A10G': [18, 58, 270],
  'NVIDIA-H100-80GB-HBM3': [72, 120, 690],
  'Tesla-T4': [10, 27, 68],
};
const OTHER: Levels = [30, 60, 250];

/** What the driver keeps for itself stays below it. */
const CONTEXT_BYTES = 100 * MIB;

/** Devices of a node with the power of their boards: a board that is cut has one supply, and every instance says the same. */
export function withBoardPower(devices: GpuDeviceHour[]): GpuDeviceHour[] {
  const boards = new Map<string, GpuDeviceHour[]>();
  for (const device of devices) {
    boards.set(device.board, [...(boards.get(device.board) ?? []), device]);
  }
  return devices.map(device =>
    device.busyShare
      ? { ...device, ...powerOf(boards.get(device.board) ?? []) }
      : device,
  );
}

function powerOf(
  devices: readonly GpuDeviceHour[],
): Pick<GpuDeviceHour, 'powerWatts' | 'poweredSeconds'> {
  const watts: number[] = [];
  for (let slot = 0; slot < SLOTS_PER_HOUR; slot += 1) {
    if (devices.some(({ busyShare }) => (busyShare?.[slot] ?? null) !== null)) {
      watts.push(wattsIn(slot, devices));
    }
  }
  return watts.length > 0
    ? {
        powerWatts: Math.round(
          watts.reduce((sum, each) => sum + each, 0) / watts.length,
        ),
        poweredSeconds: watts.length * SLOT_SECONDS,
      }
    : {};
}

/** Clocks stay up while there is a context; power rises a little slower than what is computed. */
function wattsIn(slot: number, devices: readonly GpuDeviceHour[]): number {
  const [idle, waiting, busy] = POWER[devices[0].model ?? ''] ?? OTHER;
  let computing = 0;
  let context = false;
  for (const { busyShare, memoryUsedBytes, boardShare } of devices) {
    computing += (busyShare?.[slot] ?? 0) * boardShare;
    context ||= (memoryUsedBytes?.[slot] ?? 0) > CONTEXT_BYTES;
  }
  return context || computing > 0
    ? waiting + (busy - waiting) * Math.min(1, computing) ** 0.8
    : idle;
}
