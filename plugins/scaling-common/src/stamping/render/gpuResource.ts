import { parseQuantity } from '@headroom/common';
import { findMigBoard, MigProfile } from '@headroom/plugin-cost-common';
import { ServiceSpec } from '../ServiceSpec';

const GIB = 2 ** 30;

/**
 * The smallest slice that holds so much memory.
 *
 * @param model - as the label `nvidia.com/gpu.product` has it; absent = of A100 and
 *   H100 with 80 GB
 * @returns undefined when none is large enough, or the model can't be cut
 * @public
 */
export function migProfileFor(
  memoryBytes: number,
  model = 'NVIDIA-H100-80GB-HBM3',
): MigProfile | undefined {
  return findMigBoard(model)?.profiles.find(
    ({ memoryGb }) => memoryGb * GIB >= memoryBytes,
  );
}

/** What the container asks of the device plugin, in requests and limits alike. */
export function gpuResourceOf({ gpu }: ServiceSpec): Record<string, string> {
  if (!gpu) {
    return {};
  }
  const bytes =
    gpu.memory === undefined ? undefined : parseQuantity(gpu.memory);
  const profile =
    gpu.sharing === 'mig' && bytes !== undefined
      ? migProfileFor(bytes, gpu.model)
      : undefined;
  // A replica of a device that is shared by turns is one of nvidia.com/gpu, too.
  return {
    [profile ? `nvidia.com/mig-${profile.name}` : 'nvidia.com/gpu']: '1',
  };
}
