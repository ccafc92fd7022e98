import {
  ContainerHour,
  GpuNodeLayout,
  GpuSharing,
  NodeHour,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../../reading/HourWindow';
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
    const named = device.identity.host && byName.get(device.identity.host);
    const [held] = tenants.flatMap(key => byContainer.get(key) ?? []);
    return named || (held ? byName.get(held) : undefined);
  };
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
