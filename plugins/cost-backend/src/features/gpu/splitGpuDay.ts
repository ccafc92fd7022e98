import { splitExactly } from '@headroom/common';
import { splitUse } from '@headroom/plugin-cost-common';
import { GpuMoneyDay } from '../../database/GpuMoneyStore';
import { addMicros, GpuHours, GpuMicros, noMicros } from './GpuTotals';

/** What containers held of one device on one day, and what nobody did: in hours of whole boards. */
export interface DeviceClaim {
  deviceId: number;
  clusterId: number;
  nodePool?: string;
  held: Map<number, GpuHours>;
  free: number;
}

/** What no instance covers of a board that is cut, on one day. */
export interface StrandedClaim {
  board: string;
  clusterId: number;
  nodePool?: string;
  hours: number;
}

/** A day's GPU money, given to devices and boards. */
export interface SplitDay {
  devices: Map<number, GpuMicros>;
  stranded: Map<string, bigint>;
  /** Money for which there is no device: paid by containers, and for capacity nobody held. */
  withoutDevice: GpuMicros;
}

/**
 * Gives what was paid for GPUs on one day to devices: what a container paid to
 * the devices it held, by share and time, and the idle rest of a node pool to
 * what nobody held there and to what no instance covers. The parts sum to the
 * rows, to the micro. What finds no device is unknown, or idle when it is
 * idle capacity.
 */
export function splitGpuDay(
  rows: readonly GpuMoneyDay[],
  devices: readonly DeviceClaim[],
  stranded: readonly StrandedClaim[],
): SplitDay {
  const split: SplitDay = {
    devices: new Map(),
    stranded: new Map(),
    withoutDevice: noMicros(),
  };
  const give = (deviceId: number, more: Partial<GpuMicros>) => {
    const micros = split.devices.get(deviceId) ?? noMicros();
    addMicros(micros, more);
    split.devices.set(deviceId, micros);
  };
  const holders = byHolder(devices);
  for (const row of rows) {
    if (row.bucket === 'idle') {
      splitIdle(row, devices, stranded, split, give);
    } else {
      splitHeld(row, holders.get(row.containerId) ?? [], split, give);
    }
  }
  return split;
}

type Give = (deviceId: number, more: Partial<GpuMicros>) => void;

function byHolder(devices: readonly DeviceClaim[]) {
  const holders = new Map<
    number,
    Array<{ deviceId: number; hours: GpuHours }>
  >();
  for (const { deviceId, held } of devices) {
    for (const [containerId, hours] of held) {
      const own = holders.get(containerId) ?? [];
      own.push({ deviceId, hours });
      holders.set(containerId, own);
    }
  }
  return holders;
}

function splitHeld(
  { micros }: GpuMoneyDay,
  claims: Array<{ deviceId: number; hours: GpuHours }>,
  split: SplitDay,
  give: Give,
): void {
  if (!claims.some(({ hours }) => hours.held > 0)) {
    addMicros(split.withoutDevice, { unknown: micros });
    return;
  }
  const parts = splitExactly(
    micros,
    claims.map(({ hours }) => hours.held),
  );
  claims.forEach(({ deviceId, hours }, i) =>
    give(deviceId, splitUse(parts[i], hours)),
  );
}

function splitIdle(
  row: GpuMoneyDay,
  devices: readonly DeviceClaim[],
  stranded: readonly StrandedClaim[],
  split: SplitDay,
  give: Give,
): void {
  const free = inPool(
    devices.filter(claim => claim.free > 0),
    row,
  );
  const uncovered = inPool(
    stranded.filter(claim => claim.hours > 0),
    row,
  );
  if (free.length + uncovered.length === 0) {
    addMicros(split.withoutDevice, { idle: row.micros });
    return;
  }
  const parts = splitExactly(row.micros, [
    ...free.map(claim => claim.free),
    ...uncovered.map(claim => claim.hours),
  ]);
  free.forEach(({ deviceId }, i) => give(deviceId, { idle: parts[i] }));
  uncovered.forEach(({ board }, i) =>
    split.stranded.set(
      board,
      (split.stranded.get(board) ?? 0n) + parts[free.length + i],
    ),
  );
}

/** Those of the pool; nodes without one are idle under another name, so theirs are what is left. */
function inPool<T extends { clusterId: number; nodePool?: string }>(
  claims: readonly T[],
  { clusterId, workload }: GpuMoneyDay,
): T[] {
  const here = claims.filter(claim => claim.clusterId === clusterId);
  const named = here.filter(({ nodePool }) => nodePool === workload);
  return named.length > 0
    ? named
    : here.filter(({ nodePool }) => nodePool === undefined);
}
