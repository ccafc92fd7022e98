import {
  ContainerHour,
  GpuNodeLayout,
  GpuSharing,
  NodeHour,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../../reading/HourWindow';
import { getOrCreate } from '../../reading/collections';
import { keyOf } from '../../reading/labels';
import { DeviceReadings } from './DeviceReadings';
import { GpuNode } from './deviceHours';

/**
 * Finds the node of a device in one hour: the one its exporter names, else that
 * of a container that holds it.
 */
export function gpuNodes(
  nodes: NodeHour[],
  containers: ContainerHour[],
  layoutOf: (node: string) => GpuNodeLayout | undefined,
): (device: DeviceReadings, tenants?: string[]) => GpuNode | undefined {
  const reserved = new Map<string, number>();
  const byContainer = new Map<string, string>();
  for (const container of containers) {
    const { node, gpuRequestDeviceSeconds } = container;
    if (node && gpuRequestDeviceSeconds) {
      reserved.set(node, (reserved.get(node) ?? 0) + gpuRequestDeviceSeconds);
      const { namespace, pod, container: name } = container;
      byContainer.set(keyOf(namespace, pod, name), node);
    }
  }
  const byName = new Map<string, GpuNode>();
  for (const { node, gpuDevices, gpuModel, upSeconds } of nodes) {
    if (gpuDevices > 0) {
      const seconds = reserved.get(node) ?? 0;
      byName.set(node, {
        name: node,
        model: gpuModel,
        ...sharingOf(layoutOf(node)),
        reservedDevices: seconds / Math.max(1, upSeconds || HOUR_SECONDS),
      });
    }
  }
  return (device, tenants = []) => {
    const named = nodeNamed(device.places, byName);
    const [held] = tenants.flatMap(key => byContainer.get(key) ?? []);
    return named ?? (held ? byName.get(held) : undefined);
  };
}

/** Finds the node that the exporters of a device name; undefined when they name none that is known. */
export function devicePlaces(
  nodes: Iterable<string>,
): (device: Pick<DeviceReadings, 'places'>) => string | undefined {
  const byName = new Map([...nodes].map(name => [name, { name }]));
  const found = new Map<Pick<DeviceReadings, 'places'>, string | undefined>();
  return device => {
    if (!found.has(device)) {
      found.set(device, nodeNamed(device.places, byName)?.name);
    }
    return found.get(device);
  };
}

/** Boards that exporters see on each node in an hour. */
export function boardsSeen(
  devices: readonly DeviceReadings[],
  nodes: Iterable<string>,
): Map<string, number> {
  const byName = new Map([...nodes].map(name => [name, { name }]));
  const boards = new Map<string, Set<string>>();
  for (const { places, identity } of devices) {
    const node = nodeNamed(places, byName);
    if (node) {
      getOrCreate(boards, node.name, () => new Set()).add(identity.board);
    }
  }
  return new Map([...boards].map(([name, seen]) => [name, seen.size]));
}

/** A host's name may be the node's without its domain, or the other way round. */
function nodeNamed<T extends { name: string }>(
  places: Iterable<string>,
  nodes: Map<string, T>,
): T | undefined {
  const names = [...places];
  const [exact] = names.flatMap(place => nodes.get(place) ?? []);
  if (exact) {
    return exact;
  }
  const short = new Set(names.map(firstLabel));
  const alike = [...nodes.values()].filter(({ name }) =>
    short.has(firstLabel(name)),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

function firstLabel(host: string): string {
  return host.split('.')[0];
}

/** Of the whole boards; instances say themselves that they are. */
function sharingOf(layout: GpuNodeLayout | undefined): {
  sharing: GpuSharing;
  replicas?: number;
} {
  const boards = Object.values(layout?.resources ?? {}).find(
    ({ sharing }) => sharing !== 'mig',
  );
  return { sharing: boards?.sharing ?? 'whole', replicas: boards?.replicas };
}
