import { MigInstance, NodePool } from './types';

/** The resource of whole devices. */
export const GPU_RESOURCE = 'nvidia.com/gpu';

/** Something on a node that one pod can hold: a device, a time-slice or a MIG instance. */
export interface GpuSlot {
  /** Extended resource it is asked for by. */
  resource: string;
  /** Index of the board on the node. */
  board: number;
  /** Share of the board it is charged for. */
  boardShare: number;
  instance?: { id: number; spec: MigInstance };
}

/** Share of a board's price an instance is: the larger of compute and memory. */
function migShare({ computeSevenths, memoryEighths }: MigInstance): number {
  return Math.max(computeSevenths / 7, memoryEighths / 8);
}

function slotsOfBoard(pool: NodePool, board: number): GpuSlot[] {
  const offer = pool.gpuOffer;
  switch (offer?.type) {
    case 'time-slicing':
      return Array.from({ length: offer.replicas }, () => ({
        // Not renamed, as the template of shared GPUs has it.
        resource: GPU_RESOURCE,
        board,
        boardShare: 1 / offer.replicas,
      }));
    case 'mig':
      return offer.instances.map((spec, id) => ({
        resource: `nvidia.com/mig-${spec.profile}`,
        board,
        boardShare: migShare(spec),
        instance: { id, spec },
      }));
    default:
      return [{ resource: GPU_RESOURCE, board, boardShare: 1 }];
  }
}

const known = new WeakMap<NodePool, GpuSlot[]>();

/** What a node of a pool offers to pods, board by board. */
export function gpuSlots(pool: NodePool): GpuSlot[] {
  let slots = known.get(pool);
  if (!slots) {
    slots = Array.from({ length: pool.gpuDevices }, (_, board) =>
      slotsOfBoard(pool, board),
    ).flat();
    known.set(pool, slots);
  }
  return slots;
}
