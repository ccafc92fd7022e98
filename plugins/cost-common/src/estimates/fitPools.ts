import { gpuModelWords } from '../gpu/gpuModel';
import { findGpuType } from '../gpu/gpuTypes';
import { boardsOfInstance } from '../gpu/instanceBoards';
import { CapacityType } from '../resources/resources';
import { PodDemand } from './estimateRequest';
import { ObservedGpu, ObservedPool } from './ObservedPool';
import { toNumber } from './rates';

/** Memory and boards are named in round gigabytes, and drivers keep some back. */
const MEMORY_TOLERANCE = 0.1;

type GpuDemand = NonNullable<PodDemand['gpu']>;

/** Pools on which a demand may land, and what of a board one replica holds there. */
export interface FittingPools {
  pools: ObservedPool[];
  /** Boards that one replica holds; 0 without a GPU. */
  gpuShare: number;
  gpuModel?: string;
}

/** Why there are none. */
export type NoFit =
  | { reason: 'pool' | 'capacity' | 'gpu' | 'sharing' }
  | { reason: 'gpu-memory'; model: string; memoryBytes: number };

/** The capacity that a demand is for. */
export function capacityOf({ spot }: PodDemand): CapacityType {
  return spot ? 'spot' : 'on-demand';
}

/** Whether GPU memory is enough for what is asked, as boards are named. */
export function isEnoughMemory(
  has: number | undefined,
  asked: number | undefined,
): boolean {
  return (
    has === undefined ||
    asked === undefined ||
    asked <= has * (1 + MEMORY_TOLERANCE)
  );
}

/**
 * The pools on which the pods of a demand may land: of its capacity type, with a
 * GPU only where it asks for one (nodes with GPUs are kept for those that need
 * them), and large enough for a pod where any is. Of GPUs that are shared in
 * several ways it is the share that most of the devices are offered as.
 */
export function fitPools(
  demand: PodDemand,
  observed: readonly ObservedPool[],
): FittingPools | NoFit {
  const named = observed.filter(
    ({ nodePool }) => (demand.nodePool ?? nodePool) === nodePool,
  );
  if (demand.nodePool !== undefined && named.length === 0) {
    return { reason: 'pool' };
  }
  const priced = named.filter(
    pool =>
      pool.capacityType === capacityOf(demand) &&
      pool.priceKind !== 'unpriced' &&
      pool.nodeHours > 0,
  );
  // Where pods are billed themselves, a profile has to choose them; unless there is nothing else.
  const own = priced.filter(({ podPlatform }) => podPlatform === undefined);
  const machines = own.length > 0 ? own : priced;
  if (demand.gpu) {
    return fitGpuPools(demand, demand.gpu, machines);
  }
  const plain = machines.filter(pool => !hasGpus(pool));
  return plain.length > 0
    ? { pools: largeEnough(demand, plain), gpuShare: 0 }
    : { reason: 'capacity' };
}

function fitGpuPools(
  demand: PodDemand,
  gpu: GpuDemand,
  machines: readonly ObservedPool[],
): FittingPools | NoFit {
  const offers = machines
    .filter(hasGpus)
    .flatMap(pool => offersOf(pool).map(offer => ({ pool, offer })))
    .filter(({ offer }) => isModel(offer.model, gpu.model));
  if (offers.length === 0) {
    return { reason: 'gpu' };
  }
  const shared = offers.filter(({ offer }) => isSharing(offer, gpu));
  if (shared.length === 0) {
    return { reason: 'sharing' };
  }
  const asked = gpu.memoryBytes && gpu.memoryBytes / perDevice(gpu);
  const room = shared.filter(({ offer }) =>
    // A slice has what its name says, and manifests ask for it by that name.
    offer.profile === undefined
      ? isEnoughMemory(memoryOf(offer), asked)
      : (asked ?? 0) <= (memoryOf(offer) ?? Infinity),
  );
  if (room.length === 0) {
    const largest = shared.reduce((most, each) =>
      (memoryOf(each.offer) ?? 0) > (memoryOf(most.offer) ?? 0) ? each : most,
    ).offer;
    return {
      reason: 'gpu-memory',
      model: largest.model ?? gpu.model ?? 'GPU',
      memoryBytes: memoryOf(largest) ?? 0,
    };
  }
  return mostDevices(demand, gpu, room);
}

/** Of each pool the smallest share that is enough, then the share that most devices are. */
function mostDevices(
  demand: PodDemand,
  gpu: GpuDemand,
  room: ReadonlyArray<{ pool: ObservedPool; offer: ObservedGpu }>,
): FittingPools {
  const smallest = new Map<ObservedPool, ObservedGpu>();
  for (const { pool, offer } of room) {
    const before = smallest.get(pool);
    if (!before || shareOf(offer, gpu) < shareOf(before, gpu)) {
      smallest.set(pool, offer);
    }
  }
  const byShare = new Map<number, ObservedPool[]>();
  for (const [pool, offer] of smallest) {
    const share = shareOf(offer, gpu);
    byShare.set(share, [...(byShare.get(share) ?? []), pool]);
  }
  const devices = (pools: ObservedPool[]) =>
    pools.reduce((sum, pool) => sum + toNumber(pool.gpu.quantity), 0);
  const [gpuShare, pools] = [...byShare].reduce((most, each) =>
    devices(each[1]) > devices(most[1]) ? each : most,
  );
  const fitting = largeEnough(demand, pools);
  return {
    pools: fitting,
    gpuShare,
    gpuModel: smallest.get(fitting[0])?.model ?? gpu.model,
  };
}

/** Pools whose nodes have room for one pod; all where none has, as larger nodes may come. */
function largeEnough(
  { cpuCores, memoryBytes }: PodDemand,
  pools: ObservedPool[],
): ObservedPool[] {
  const fitting = pools.filter(
    pool =>
      cpuCores <= toNumber(pool.cpu.quantity) / pool.nodeHours &&
      memoryBytes <=
        (toNumber(pool.memory.quantity) * 2 ** 30) / pool.nodeHours,
  );
  return fitting.length > 0 ? fitting : pools;
}

function hasGpus({ gpu }: ObservedPool): boolean {
  return gpu.quantity.numerator > 0n;
}

/** What a source tells of the GPUs of a pool, else what its machines are known to have. */
function offersOf(pool: ObservedPool): readonly ObservedGpu[] {
  return pool.gpus.length > 0
    ? pool.gpus
    : [
        {
          sharing: 'whole',
          model: boardsOfInstance(pool.instanceType)?.model,
          boardShare: 1,
        },
      ];
}

/** `20` of `2g.20gb`, `1g.20gb+me`. */
const PROFILE_GIB = /^\d+g\.(\d+)gb/i;

function memoryOf({ memoryBytes, model, boardShare, profile }: ObservedGpu) {
  const [, named] = PROFILE_GIB.exec(profile ?? '') ?? [];
  if (named !== undefined) {
    return Number(named) * 2 ** 30;
  }
  const listed = findGpuType(model)?.memoryGb;
  return memoryBytes ?? (listed && listed * 2 ** 30 * boardShare);
}

/** Whole boards each bring their own memory. */
function perDevice({ sharing, devices }: GpuDemand): number {
  return sharing === 'whole' ? devices : 1;
}

/** Words of makers, which lists and labels leave out or not. */
const MAKERS = new Set(['NVIDIA', 'TESLA', 'AMD', 'INSTINCT']);

/** All words of the model that is asked for are in the one that is offered. */
function isModel(offered: string | undefined, asked: string | undefined) {
  const words = new Set(gpuModelWords(offered ?? '').split(' '));
  return gpuModelWords(asked ?? '')
    .split(' ')
    .every(word => word === '' || MAKERS.has(word) || words.has(word));
}

function isSharing(offer: ObservedGpu, { sharing }: GpuDemand): boolean {
  const isShared = (offer.replicas ?? 1) > 1;
  switch (sharing) {
    case 'mig':
      return offer.sharing === 'mig' && !isShared;
    case 'time-slicing':
      return isShared && offer.boardShare === 1;
    default:
      return offer.sharing === 'whole' && !isShared;
  }
}

function shareOf(offer: ObservedGpu, { devices }: GpuDemand): number {
  return Math.min(
    Math.max(1, devices),
    (devices * offer.boardShare) / Math.max(1, offer.replicas ?? 1),
  );
}
