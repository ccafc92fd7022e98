import { isGpuResource } from '@headroom/common';
import { parseGpuModel } from './gpuModel';
import { boardsOfInstance } from './instanceBoards';
import { labelOf } from './labelOf';
import { parseMigProfile } from './migProfiles';
import { partOfName } from './partNames';
import { isVirtual } from './virtualNames';

/** What tells the GPUs of a node. @public */
export interface GpuNodeInput {
  /** Units by resource name. */
  capacity: Readonly<Record<string, number>>;
  labels: Readonly<Record<string, string>>;
  /** Tells boards and model where labels and capacity don't. */
  instanceType?: string;
  /** Boards that an exporter sees on it, which divide units where nothing else does. */
  seenBoards?: number;
}

/** Who counts boards beside labels and capacity. */
export interface BoardCount {
  name: string;
  boards: number;
  model?: string;
}

/** What is read of a node before its layout is put together. */
export interface NodeFacts {
  gpus: Array<[resource: string, units: number]>;
  units: number;
  /** `gpu.count`. */
  count: number | undefined;
  /** What the instance type has. */
  type: BoardCount | undefined;
  /** What an exporter sees, where so many boards divide the units. */
  seen: BoardCount | undefined;
  /** Boards that an exporter sees. */
  seenBoards: number | undefined;
  product: ReturnType<typeof parseGpuModel>;
  /** `gpu.memory` in bytes: of a board, or of an instance under MIG `single`. */
  memoryBytes: number | undefined;
  sharing: 'time-slicing' | 'mps' | undefined;
  mixed: boolean;
  /** A scheduler's name for the boards is among the resources. */
  virtual: boolean;
  capacity: Readonly<Record<string, number>>;
  labels: Readonly<Record<string, string>>;
}

export const SHARED_RESOURCE = /[._]shared$/i;
const EPSILON = 1e-9;

export function readFacts(node: GpuNodeInput): NodeFacts {
  const { labels, capacity, instanceType } = node;
  const gpus = Object.entries(capacity).filter(
    ([resource, units]) => units > 0 && isGpuResource(resource),
  );
  const product = parseGpuModel(
    labelOf(labels, 'nvidia.com/gpu.product') ?? '',
  );
  const strategy = labelOf(labels, 'nvidia.com/gpu.sharing-strategy');
  const mebibytes = positive(labelOf(labels, 'nvidia.com/gpu.memory'));
  const isShared =
    strategy === 'time-slicing' ||
    strategy === 'mps' ||
    product.shared ||
    (positive(labelOf(labels, 'nvidia.com/gpu.replicas')) ?? 1) > 1 ||
    gpus.some(([resource]) => SHARED_RESOURCE.test(resource));
  const type = boardsOfInstance(instanceType);
  const units = gpus.reduce((sum, [, each]) => sum + each, 0);
  return {
    gpus,
    units,
    count: positive(labelOf(labels, 'nvidia.com/gpu.count')),
    type: type && { ...type, name: instanceType ?? '' },
    seen: seenOf(node.seenBoards, units),
    seenBoards: node.seenBoards || undefined,
    product,
    memoryBytes: mebibytes && mebibytes * 2 ** 20,
    sharing: isShared ? sharedBy(strategy) : undefined,
    mixed: gpus.some(
      ([resource]) => parseMigProfile(resource) || partOfName(resource),
    ),
    virtual: gpus.some(([resource]) => isVirtual(resource)),
    capacity,
    labels,
  };
}

/** An exporter may miss boards: it is believed where units are so many for each. */
function seenOf(
  boards: number | undefined,
  units: number,
): BoardCount | undefined {
  return boards && units > boards && Number.isInteger(units / boards)
    ? { name: "the node, as DCGM's exporter sees it,", boards }
    : undefined;
}

function sharedBy(strategy: string | undefined): 'time-slicing' | 'mps' {
  return strategy === 'mps' ? 'mps' : 'time-slicing';
}

/** Model by the labels, else by the instance type. */
export function modelOf({
  product,
  labels,
  type,
}: Pick<NodeFacts, 'product' | 'labels' | 'type'>): string | undefined {
  return (
    product.model ||
    labelOf(labels, 'cloud.google.com/gke-accelerator') ||
    type?.model
  );
}

export function nameOf(
  facts: Pick<NodeFacts, 'product' | 'memoryBytes' | 'labels' | 'type'>,
) {
  const model = modelOf(facts);
  return {
    ...(model && { model }),
    ...(facts.memoryBytes && { boardMemoryBytes: facts.memoryBytes }),
  };
}

/** Boards that no unit covers. */
export function stranded(devices: number, covered: number): number {
  const rest = devices - covered;
  return rest > EPSILON ? rest : 0;
}

/** Whole boards that so many boards' worth need: sevenths don't add up to 1 in binary. */
export function wholeBoards(worth: number): number {
  return Math.ceil(worth - EPSILON);
}

export function positive(text: string | undefined): number | undefined {
  const value = text === undefined ? NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
