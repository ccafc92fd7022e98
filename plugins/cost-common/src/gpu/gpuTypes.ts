import { gpuModelWords } from './gpuModel';
import { GPU_TYPES, GpuType } from './gpuTypes.data';

export type { GpuType };

/** What is known of a model, by its name as the driver or a label gives it. @internal */
export function findGpuType(model: string | undefined): GpuType | undefined {
  const words = model && gpuModelWords(model);
  return words
    ? GPU_TYPES.find(({ model: pattern }) => pattern.test(words))
    : undefined;
}
