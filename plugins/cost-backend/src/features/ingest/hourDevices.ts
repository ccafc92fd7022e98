import {
  ContainerHour,
  GpuDeviceHour,
  GpuReadingFault,
  HourSamples,
  LARGEST_VALUE,
  NodeHour,
  SLOTS_PER_HOUR,
  wordIngest,
} from '@headroom/plugin-cost-common';
import { ProblemLog } from '@headroom/common';
import {
  deviceKey,
  GpuHourRow,
  GpuTenantRow,
} from '../../database/GpuHourStore';

const HOUR_SECONDS = 3600;

/** How far above its limit a reading may be for how it was counted. */
const TOLERANCE = 1.01;

/** Ways to share a device that let several hold it at the same time. */
const AT_ONCE = ['time-slicing', 'mps', 'fraction'];

/**
 * The GPU devices of an hour, checked. A reading that can't be is set aside and
 * counted as `impossible`; a device that can't be is left out and reported.
 */
export function hourDevices(
  devices: readonly GpuDeviceHour[],
  { nodes, containers }: { nodes: NodeHour[]; containers: ContainerHour[] },
  problems: ProblemLog,
): GpuHourRow[] {
  const pools = new Map(nodes.map(({ node, nodePool }) => [node, nodePool]));
  const owners = ownersByPod(containers);
  const rows = new Map<string, GpuHourRow>();
  for (const device of devices) {
    const { node, board, boardShare } = device;
    if (!(boardShare > 0 && boardShare <= 1)) {
      problems.add('warning', 'invalid-gpu-device', node, count =>
        wordIngest('devicesInvalid', { count, node, board, share: boardShare }),
      );
      continue;
    }
    const row = toRow(device, pools.get(node), owners, problems);
    const key = deviceKey(row);
    const other = rows.get(key);
    if (other) {
      problems.add('warning', 'duplicate-gpu-device', node, count =>
        wordIngest('devicesTwice', { count, node, board }),
      );
    }
    if (!other || row.readings > other.readings) {
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

function toRow(
  device: GpuDeviceHour,
  nodePool: string | undefined,
  owners: Map<string, ContainerHour>,
  problems: ProblemLog,
): GpuHourRow {
  const faults = { impossible: 0 };
  const busy = checked(device.busyShare, 1, faults);
  const memory = checked(
    device.memoryUsedBytes,
    device.memoryBytes ?? LARGEST_VALUE,
    faults,
  );
  if (faults.impossible > 0) {
    problems.add('warning', 'invalid-gpu-readings', device.node, count =>
      wordIngest('deviceReadingsInvalid', {
        count,
        node: device.node,
        board: device.board,
      }),
    );
  }
  const held = device.tenants.map(({ heldSeconds }) => heldSeconds);
  const heldKnown = device.tenantsKnown && held.every(isQuantity);
  const peak = memory.reduce<number>(
    (most, each) => Math.max(most, each ?? 0),
    -1,
  );
  return {
    node: device.node,
    nodePool,
    board: device.board,
    instance: device.instance ?? '',
    sharing: device.sharing,
    profile: device.profile ?? '',
    model: device.model,
    boardShare: device.boardShare,
    replicas: wholeOrUnknown(device.replicas),
    memoryBytes: knownQuantity(device.memoryBytes),
    busy,
    memory,
    ...(memory.some(each => each !== null) && { memoryPeakBytes: peak }),
    ...(heldKnown && { heldSeconds: heldOf(device.sharing, held) }),
    ...powerOf(device),
    basis: device.basis,
    readings: wholeOrUnknown(device.readings) ?? 0,
    setAside: addFaults(device.setAside, faults),
    tenants: tenantsOf(device, owners),
  };
}

/** Power and the time it was read belong together. */
function powerOf({
  powerWatts,
  poweredSeconds = HOUR_SECONDS,
}: GpuDeviceHour): Pick<GpuHourRow, 'powerWatts' | 'poweredSeconds'> {
  const watts = knownQuantity(powerWatts);
  const seconds = knownQuantity(poweredSeconds);
  return watts === undefined || !seconds
    ? {}
    : { powerWatts: watts, poweredSeconds: Math.min(HOUR_SECONDS, seconds) };
}

/**
 * Seconds somebody held it. Tenants that may hold it at once are taken to, so
 * that the sum is never above the time; those that can't, for one after another.
 */
function heldOf(sharing: string, held: number[]): number {
  const together = AT_ONCE.includes(sharing)
    ? Math.max(0, ...held)
    : held.reduce((sum, each) => sum + each, 0);
  return Math.min(HOUR_SECONDS, together);
}

function tenantsOf(
  device: GpuDeviceHour,
  owners: Map<string, ContainerHour>,
): GpuTenantRow[] {
  const byContainer = new Map<
    string,
    GpuTenantRow & { sharedSeconds: number }
  >();
  for (const { namespace, pod, container, ...hold } of device.tenants) {
    if (isQuantity(hold.heldSeconds)) {
      const heldSeconds = Math.min(HOUR_SECONDS, hold.heldSeconds);
      // A pod that nothing else is known of is its own workload.
      const owner = owners.get(podKey(namespace, pod));
      const workloadKind = owner?.workloadKind ?? 'Pod';
      const workload = owner?.workload ?? pod;
      const key = `${namespace}\0${workloadKind}\0${workload}\0${container}`;
      const tenant = byContainer.get(key) ?? {
        bucket: 'workload',
        namespace,
        workloadKind,
        workload,
        container,
        heldSeconds: 0,
        sharedSeconds: 0,
      };
      const share = knownQuantity(hold.share);
      const known = tenant.sharedSeconds;
      if (share !== undefined && known + heldSeconds > 0) {
        tenant.share =
          ((tenant.share ?? 0) * known + Math.min(1, share) * heldSeconds) /
          (known + heldSeconds);
        tenant.sharedSeconds = known + heldSeconds;
      }
      tenant.heldSeconds += heldSeconds;
      byContainer.set(key, tenant);
    }
  }
  return [...byContainer.values()].map(
    ({ sharedSeconds, ...tenant }) => tenant,
  );
}

function ownersByPod(
  containers: readonly ContainerHour[],
): Map<string, ContainerHour> {
  return new Map(
    containers.map(each => [podKey(each.namespace, each.pod), each]),
  );
}

function podKey(namespace: string, pod: string): string {
  return `${namespace}\0${pod}`;
}

/** Twelve slots of what can be; a series of another length says nothing. */
function checked(
  samples: HourSamples | undefined,
  limit: number,
  faults: { impossible: number },
): Array<number | null> {
  const unknown = Array<number | null>(SLOTS_PER_HOUR).fill(null);
  if (samples && samples.length !== SLOTS_PER_HOUR) {
    faults.impossible += samples.length;
    return unknown;
  }
  return (samples ?? unknown).map(value => {
    if (value === null) {
      return null;
    }
    if (value >= 0 && value <= limit * TOLERANCE) {
      return Math.min(value, limit);
    }
    faults.impossible += 1;
    return null;
  });
}

function addFaults(
  setAside: Partial<Record<GpuReadingFault, number>>,
  { impossible }: { impossible: number },
): Partial<Record<GpuReadingFault, number>> {
  const sum = (setAside.impossible ?? 0) + impossible;
  return sum > 0 ? { ...setAside, impossible: sum } : setAside;
}

function isQuantity(value: number): boolean {
  return value >= 0 && value < Infinity;
}

function knownQuantity(value: number | undefined): number | undefined {
  return value !== undefined && isQuantity(value) ? value : undefined;
}

function wholeOrUnknown(value: number | undefined): number | undefined {
  const known = knownQuantity(value);
  return known === undefined
    ? undefined
    : Math.min(2 ** 31 - 1, Math.round(known));
}
