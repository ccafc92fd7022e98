/** How the GPU units a node offers relate to its physical devices. */
export interface GpuLayout {
  /** Physical devices. */
  devices: number;
  /** Share of a device that one unit of a resource is; absent resources are whole devices. */
  shares: Record<string, number>;
  /** Set when units are not whole devices: how they are shared, in words. */
  sharing?: string;
}

const MIG_RESOURCE = /^nvidia_com_mig_/;

/**
 * Devices of a node from its capacity and labels (facts of the device plugin
 * and of GPU feature discovery). Time-slices and MPS clients of a device are
 * equal shares. MIG instances are taken as equal shares of the devices that are
 * cut up; their profiles are not weighed yet, which the caller reports.
 */
export function gpuLayout(
  capacity: Record<string, number>,
  labels: Record<string, string>,
): GpuLayout {
  const gpus = Object.entries(capacity).filter(
    ([resource, units]) =>
      resource !== 'cpu' && resource !== 'memory' && units > 0,
  );
  const units = gpus.reduce((sum, [, count]) => sum + count, 0);
  const layout: GpuLayout = { devices: units, shares: {} };
  if (units === 0) {
    return layout;
  }
  const labelled = Number(labels.nvidia_com_gpu_count);
  const migUnits = gpus
    .filter(([resource]) => MIG_RESOURCE.test(resource))
    .reduce((sum, [, count]) => sum + count, 0);

  if (migUnits > 0) {
    const whole = units - migUnits;
    layout.sharing = 'MIG, mixed profiles';
    if (labelled > whole && labelled < units) {
      layout.devices = labelled;
      for (const [resource] of gpus) {
        if (MIG_RESOURCE.test(resource)) {
          layout.shares[resource] = (labelled - whole) / migUnits;
        }
      }
    }
  } else if (
    labels.nvidia_com_mig_strategy === 'single' &&
    /MIG/i.test(labels.nvidia_com_gpu_product ?? '')
  ) {
    // With this strategy gpu.count is the number of instances, not of devices.
    layout.sharing = 'MIG, one profile';
  } else if (
    Number(labels.nvidia_com_gpu_replicas) > 1 ||
    'nvidia_com_gpu_shared' in capacity
  ) {
    layout.sharing =
      labels.nvidia_com_gpu_sharing_strategy === 'mps' ? 'MPS' : 'time-slicing';
    if (labelled > 0 && labelled < units) {
      layout.devices = labelled;
      for (const [resource] of gpus) {
        layout.shares[resource] = labelled / units;
      }
    }
  }
  return layout;
}

/** Physical devices that so many units are. */
export function devicesOf(
  units: Record<string, number> | undefined,
  layout: GpuLayout | undefined,
): number {
  return Object.entries(units ?? {}).reduce(
    (sum, [resource, count]) => sum + count * (layout?.shares[resource] ?? 1),
    0,
  );
}
