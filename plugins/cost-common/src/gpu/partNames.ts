import { findGpuType } from './gpuTypes';

/** Compute partitions of AMD's boards: 8 of MI300X and its like are the most. */
const AMD_PARTITION = /^amd[._]com[/_](spx|dpx|tpx|qpx|cpx)[-_]nps\d$/i;
const PARTITIONS: Record<string, number> = {
  spx: 1,
  dpx: 2,
  tpx: 3,
  qpx: 4,
  cpx: 8,
};
/** NVIDIA's vGPU types name the memory they have: `A10-8Q`. */
const VGPU_TYPE = /^nvidia[._]com[/_](.+)[-_](\d+)[ABCQ]$/;

/** Parts of boards whose resource says which part a unit is. */
export interface NamedPart {
  /** Of a board, 0 to 1; undefined = the board isn't known. */
  share: number | undefined;
  sharing: 'mig' | 'time-slicing';
}

/** Undefined when a unit is a board, or an instance that has a MIG profile. */
export function partOfName(resource: string): NamedPart | undefined {
  const [, partition] = AMD_PARTITION.exec(resource) ?? [];
  if (partition) {
    return { share: 1 / PARTITIONS[partition.toLowerCase()], sharing: 'mig' };
  }
  const [, model, gigabytes] = VGPU_TYPE.exec(resource) ?? [];
  if (model) {
    const type = findGpuType(model.replace(/_/g, ' '));
    return {
      share: type && Math.min(1, Number(gigabytes) / type.memoryGb),
      sharing: 'time-slicing',
    };
  }
  return undefined;
}
