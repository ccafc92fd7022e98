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

/**
 * Huawei's vNPU types name the AI cores they have, and of later chips CPUs and
 * memory: `Ascend310P-2c`, `Ascend310P-4c.3cpu.ndvpp`, `Ascend910-10c.3cpu.32g`
 * (MindCluster, virtual instance templates).
 */
const VNPU =
  /^huawei[._]com[/_]Ascend(310P|910)\w*?[-_](\d+)c(?:[._]\d+cpu)?([._]\d+g)?([._]n?dvpp)?$/i;
/** Cores of the chips that a template of so many cores, with memory, is of. */
const CORES_BY_TEMPLATE: Record<string, number> = {
  5: 20,
  10: 20,
  6: 24,
  12: 24,
};
const CORES_310P = 8;
/** Those that don't name memory are of chips with 30 or 32. */
const CORES_910 = 32;

/** Parts of boards whose resource says which part a unit is. */
export interface NamedPart {
  /** Of a board, 0 to 1; undefined = the board isn't known. */
  share: number | undefined;
  sharing: 'mig' | 'time-slicing';
  /** Cores a chip is assumed to have, where nothing says whether it has another number. */
  assumed?: { cores: number; other: number };
}

/** Undefined when a unit is a board, or an instance that has a MIG profile. */
export function partOfName(resource: string): NamedPart | undefined {
  const [, partition] = AMD_PARTITION.exec(resource) ?? [];
  if (partition) {
    return { share: 1 / PARTITIONS[partition.toLowerCase()], sharing: 'mig' };
  }
  const vnpu = VNPU.exec(resource);
  if (vnpu) {
    return partOfChip(vnpu);
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

function partOfChip([, chip, cores, memory]: RegExpExecArray): NamedPart {
  const sharing = 'mig';
  if (chip.toUpperCase() === '310P') {
    return { share: Math.min(1, Number(cores) / CORES_310P), sharing };
  }
  if (memory !== undefined) {
    const all = CORES_BY_TEMPLATE[cores];
    return { share: all && Number(cores) / all, sharing };
  }
  return {
    share: Math.min(1, Number(cores) / CORES_910),
    sharing,
    assumed: { cores: CORES_910, other: 30 },
  };
}
