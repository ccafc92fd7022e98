type Labels = Record<string, string>;

/** What a pod asks of boards that KAI lets it share. */
export interface GpuFraction {
  /** Of each board, 0 to 1. */
  share?: number;
  /** Memory of each board, MiB, where no share is said. */
  memoryMib?: number;
  /** Boards it has that part of. */
  devices: number;
  /** The container it is for; absent = the pod's first. */
  container?: string;
}

/** Annotations by which KAI shares boards, as kube-state-metrics writes them. */
export const FRACTION_ANNOTATIONS = {
  share: 'annotation_gpu_fraction',
  memory: 'annotation_gpu_memory',
  devices: 'annotation_gpu_fraction_num_devices',
  container: 'annotation_gpu_fraction_container_name',
};

/** @returns undefined when the labels ask for no fraction, or for none that can be */
export function readFraction(labels: Labels): GpuFraction | undefined {
  const share = Number(labels[FRACTION_ANNOTATIONS.share]);
  const memoryMib = Number(labels[FRACTION_ANNOTATIONS.memory]);
  const devices = Number(labels[FRACTION_ANNOTATIONS.devices] || 1);
  const container = labels[FRACTION_ANNOTATIONS.container] || undefined;
  const boards = Number.isInteger(devices) && devices > 0 ? devices : 1;
  if (share > 0 && share <= 1) {
    return { share, devices: boards, container };
  }
  return memoryMib > 0 && memoryMib < Infinity
    ? { memoryMib, devices: boards, container }
    : undefined;
}
