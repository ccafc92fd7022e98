import { gpuModelWords } from './gpuModel';
import { GPU_TYPES, GpuType } from './gpuTypes.data';

export type { GpuType };

/** Of the way from idle to full power: below it, power says nothing against "idle". */
const VETO_SHARE = 0.25;

/** What is known of a model, by its name as the driver or a label gives it. @internal */
export function findGpuType(model: string | undefined): GpuType | undefined {
  const words = model && gpuModelWords(model);
  return words
    ? GPU_TYPES.find(({ model: pattern }) => pattern.test(words))
    : undefined;
}

/**
 * Power in watts above which a board can't be idle: a quarter of the way from
 * its idle to its full power, well above a loaded model that waits. Undefined
 * for models that aren't known.
 *
 * @internal
 */
export function powerOfWork(model: string | undefined): number | undefined {
  const type = findGpuType(model);
  return type && type.idleWatts + VETO_SHARE * (type.maxWatts - type.idleWatts);
}
