import {
  GpuDeviceHour,
  GpuReadingFault,
  GpuSharing,
  SLOT_SECONDS,
  SLOTS_PER_HOUR,
  wordPrometheus,
} from '@headroom/plugin-cost-common';
import { HourWindow } from '../../reading/HourWindow';
import { Problems } from '../../reading/Problems';
import { DeviceReadings } from './DeviceReadings';
import { GpuReadings, nameOf } from './GpuReadings';
import { Sharer } from './reservations';

const MIB = 2 ** 20;
/** Devices held but not labelled, below which rounding explains the rest. */
const LABELLED_TOLERANCE = 0.1;

/** What is known of a node that has GPUs. */
export interface GpuNode {
  name: string;
  model?: string;
  sharing: GpuSharing;
  /** Clients a device is offered to. */
  replicas?: number;
  /** Boards that containers reserve on it in this hour. */
  reservedDevices: number;
}

/** Those who hold the device of a container that only reserves it; undefined = it holds it itself. */
export type SharersOf = (container: string) => readonly Sharer[] | undefined;

/** Share of a board that a device is, at one node. */
export type BoardShare = (device: DeviceReadings) => number;

/**
 * The GPUs of an hour. A device without workload labels is nobody's only when
 * labels account for all that is reserved on its node.
 *
 * @param nodeOf - undefined = no node is known that has it; then it is said and left out
 */
export function deviceHours(
  hour: number,
  window: HourWindow,
  readings: GpuReadings,
  nodeOf: (device: DeviceReadings, tenants: string[]) => GpuNode | undefined,
  boardShare: BoardShare,
  problems: Problems,
  sharersOf: SharersOf = () => undefined,
): GpuDeviceHour[] {
  const reported = readings.devicesOf(hour).flatMap(device => {
    const node = nodeOf(device, device.tenants(hour));
    if (!node) {
      reportNodeless(device, window.hour(hour), problems);
    }
    return node ? [{ device, node }] : [];
  });
  const labelled = new Map<string, number>();
  for (const { device, node } of reported) {
    if (device.tenants(hour).length > 0) {
      labelled.set(
        node.name,
        (labelled.get(node.name) ?? 0) + boardShare(device),
      );
    }
  }
  return reported.map(({ device, node }) => {
    const missing = node.reservedDevices - (labelled.get(node.name) ?? 0);
    const at = { hour, iso: window.hour(hour) };
    const share = boardShare(device);
    const tenants = tenantsOf(device, hour, readings, sharersOf);
    return toDeviceHour(
      at,
      device,
      { node, tenants },
      readings,
      share,
      missing,
      problems,
    );
  });
}

function toDeviceHour(
  { hour, iso }: { hour: number; iso: string },
  device: DeviceReadings,
  { node, tenants }: { node: GpuNode; tenants: GpuDeviceHour['tenants'] },
  readings: GpuReadings,
  boardShare: number,
  missing: number,
  problems: Problems,
): GpuDeviceHour {
  const { identity } = device;
  const tenantsKnown = tenants.length > 0 || missing <= LABELLED_TOLERANCE;
  const { impossible, readings: count } = device.counts(hour);
  const reading = device.reading(hour);
  const setAside: Partial<Record<GpuReadingFault, number>> = {};
  const note = (fault: GpuReadingFault, readingsOfFault: number) => {
    if (readingsOfFault > 0) {
      setAside[fault] = readingsOfFault;
    }
  };
  note('impossible', impossible);
  note('unlabelled', tenantsKnown ? 0 : count);
  note('profiling-silent', reading?.profilingSilent ? count : 0);
  const latched = device.latched(hour);
  note('latched', latched ? count : 0);
  if (reading?.profilingSilent) {
    report('gpu-profiling-silent', 'profilingSilent');
  }
  if (latched) {
    report('gpu-latched', 'latched');
  }
  if (!tenantsKnown) {
    report('gpu-unlabelled', 'unlabelled');
  }
  const busyShare = latched
    ? Array(SLOTS_PER_HOUR).fill(null)
    : device.busyShare(hour);
  const watched = busyShare.some(share => share !== null);
  return {
    hour: iso,
    node: node.name,
    board: identity.board,
    instance: identity.instance,
    model: identity.model ?? node.model,
    sharing: tenants.some(({ share }) => share !== undefined)
      ? 'fraction'
      : sharingOf(device, node),
    profile: identity.profile,
    boardShare,
    replicas: identity.instance ? undefined : node.replicas,
    memoryBytes: memoryOf(device, hour),
    busyShare: watched ? busyShare : undefined,
    memoryUsedBytes: slots(device.memoryUsedMib, hour, MIB),
    ...powerOf(device, readings, hour),
    basis: watched ? reading?.basis : undefined,
    readings: Math.max(0, latched ? 0 : count - impossible),
    setAside,
    tenants,
    tenantsKnown,
  };

  function report(
    code: string,
    sentence: 'profilingSilent' | 'latched' | 'unlabelled',
  ) {
    problems.say(
      { code, severity: 'warning', hour: iso },
      nameOf(identity),
      devices => wordPrometheus(sentence, { devices }),
    );
  }
}

function tenantsOf(
  device: DeviceReadings,
  hour: number,
  readings: GpuReadings,
  sharersOf: SharersOf,
): GpuDeviceHour['tenants'] {
  return device.tenants(hour).flatMap(key => {
    const container = readings.containerOf(key);
    if (!container) {
      return [];
    }
    const sharers = sharersOf(key);
    return sharers
      ? [...sharers]
      : [
          {
            ...container,
            heldSeconds: device.heldSeconds(key, hour),
            share: device.fractionOf(key, hour),
          },
        ];
  });
}

function reportNodeless(
  { identity, places }: DeviceReadings,
  hour: string,
  problems: Problems,
): void {
  const [place] = places;
  const device = nameOf(identity);
  problems.say(
    { code: 'gpu-without-node', severity: 'warning', hour },
    place ? wordPrometheus('reportedBy', { device, place }) : device,
    devices => wordPrometheus('gpusWithoutNode', { devices }),
  );
}

function sharingOf({ identity }: DeviceReadings, node: GpuNode): GpuSharing {
  if (identity.instance) {
    return 'mig';
  }
  return identity.claim ? 'dra' : node.sharing;
}

function slots(
  values: Float64Array,
  hour: number,
  unit: number,
): Array<number | null> | undefined {
  const ofHour = hourOf(values, hour);
  return ofHour.some(value => !Number.isNaN(value))
    ? Array.from(ofHour, value => (Number.isNaN(value) ? null : value * unit))
    : undefined;
}

/** Used and free together: what the driver keeps back is nobody's. */
function memoryOf(device: DeviceReadings, hour: number): number | undefined {
  const used = hourOf(device.memoryUsedMib, hour);
  const free = hourOf(device.memoryFreeMib, hour);
  const totals = [...used]
    .map((value, slot) => value + free[slot])
    .filter(value => !Number.isNaN(value));
  return totals.length > 0 ? Math.max(...totals) * MIB : undefined;
}

function knownOf(values: Float64Array | undefined, hour: number): number[] {
  return values
    ? [...hourOf(values, hour)].filter(value => !Number.isNaN(value))
    : [];
}

/** Of an instance's whole board: there is one supply. */
function powerOf(
  device: DeviceReadings,
  readings: GpuReadings,
  hour: number,
): Pick<GpuDeviceHour, 'powerWatts' | 'poweredSeconds'> {
  const board = readings.boardOf(device);
  const [known] = [device, board]
    .map(each => knownOf(each?.powerWatts, hour))
    .filter(values => values.length > 0);
  return known
    ? {
        powerWatts: known.reduce((sum, value) => sum + value, 0) / known.length,
        poweredSeconds: known.length * SLOT_SECONDS,
      }
    : {};
}

function hourOf(values: Float64Array, hour: number): Float64Array {
  const first = hour * SLOTS_PER_HOUR;
  return values.subarray(first, first + SLOTS_PER_HOUR);
}
