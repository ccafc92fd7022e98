import { isGpuResource } from '@headroom/common';
import { GpuSharing } from '../observations/observations';
import { parseGpuModel } from './gpuModel';
import { labelOf } from './labelOf';
import { isNeuron, neuronLayout } from './neuronLayout';
import { migShare, parseMigProfile } from './migProfiles';

/** What a node offers under one resource name. @public */
export interface GpuResource {
  /** Units of it the node offers. */
  units: number;
  /** Share of one physical board that one unit is. */
  share: number;
  sharing: GpuSharing;
  /** MIG profile of a unit. */
  profile?: string;
  /** Clients one device (a board, or an instance) is offered to at once. */
  replicas?: number;
}

/** How the GPU units a node offers relate to its boards. @public */
export interface GpuNodeLayout {
  /** Physical boards. */
  devices: number;
  /** Model of the board, without what describes sharing. */
  model?: string;
  /** Memory of one board; absent when the label is of an instance. */
  boardMemoryBytes?: number;
  /** By resource name as the capacity has it; those of no GPU are left out. */
  resources: Record<string, GpuResource>;
  /** Boards' worth that no unit covers: the stranded rest of MIG. */
  strandedDevices: number;
  problems: GpuLayoutProblem[];
}

/** @public */
export interface GpuLayoutProblem {
  /**
   * `mig-board-unknown`, `mig-profile-unknown`, `mig-profile-unreadable`,
   * `gpu-count-missing`: shares assumed from `gpu.replicas`, or whole devices;
   * `gpu-count-contradicts`: the label and the capacity can't both be right.
   */
  code: string;
  message: string;
}

const SHARED_RESOURCE = /[._]shared$/i;
const EPSILON = 1e-9;

/**
 * Boards of a node and what a unit of each resource is of them, from capacity
 * (units by resource name) and labels; label keys and resource names are taken in
 * Kubernetes' form and in Prometheus'. From the NVIDIA device plugin's and GPU
 * feature discovery's documentation:
 *
 * - HAMi: more units than `gpu.count`, without a sharing strategy
 * - time-slicing, MPS: replicas = capacity / `gpu.count`, because the text on
 *   `gpu.replicas` doesn't say whether it is a board's or the node's
 * - MIG `single`: `gpu.count` is the number of instances, and the product names
 *   the profile; boards = instances / those that fit on one
 * - MIG `mixed`: each resource names its profile; boards = whole ones and as many
 *   as the instances need, or `gpu.count` when that is more
 *
 * @public
 */
export function gpuLayoutOf(node: {
  capacity: Readonly<Record<string, number>>;
  labels: Readonly<Record<string, string>>;
}): GpuNodeLayout {
  const facts = readFacts(node);
  if (facts.units === 0) {
    return { devices: 0, resources: {}, strandedDevices: 0, problems: [] };
  }
  if (facts.gpus.some(([resource]) => isNeuron(resource))) {
    return neuronLayout(facts);
  }
  if (facts.mixed) {
    return mixedLayout(facts);
  }
  return facts.product.migProfile
    ? singleLayout(facts, facts.product.migProfile)
    : boardLayout(facts);
}

interface NodeFacts {
  gpus: Array<[resource: string, units: number]>;
  units: number;
  /** `gpu.count`. */
  count: number | undefined;
  product: ReturnType<typeof parseGpuModel>;
  /** `gpu.memory` in bytes: of a board, or of an instance under MIG `single`. */
  memoryBytes: number | undefined;
  sharing: 'time-slicing' | 'mps' | undefined;
  mixed: boolean;
  labels: Readonly<Record<string, string>>;
}

function readFacts(node: Parameters<typeof gpuLayoutOf>[0]): NodeFacts {
  const { labels } = node;
  const gpus = Object.entries(node.capacity).filter(
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
  return {
    gpus,
    units: gpus.reduce((sum, [, units]) => sum + units, 0),
    count: positive(labelOf(labels, 'nvidia.com/gpu.count')),
    product,
    memoryBytes: mebibytes && mebibytes * 2 ** 20,
    sharing: isShared ? sharedBy(strategy) : undefined,
    mixed: gpus.some(([resource]) => parseMigProfile(resource)),
    labels,
  };
}

function sharedBy(strategy: string | undefined): 'time-slicing' | 'mps' {
  return strategy === 'mps' ? 'mps' : 'time-slicing';
}

/** Whole boards, or all of them offered to the same number of clients. */
function boardLayout(facts: NodeFacts): GpuNodeLayout {
  const { units, count } = facts;
  const sharing = facts.sharing ?? (isOversold(facts) ? 'fraction' : undefined);
  const problems: GpuLayoutProblem[] = [];
  const boards = sharing ? sharedDevices(facts, problems) : units;
  if (!sharing && count !== undefined && count > units) {
    // Boards the device plugin doesn't offer exist and are paid for, and may be broken: capacity decides.
    problems.push({
      code: 'gpu-count-contradicts',
      message: `nvidia.com/gpu.count says ${count} devices and the node offers ${units}; ${units} are counted`,
    });
  }
  const replicas = units / boards;
  return {
    ...nameOf(facts),
    devices: boards,
    resources: Object.fromEntries(
      facts.gpus.map(([resource, offered]) => [
        resource,
        replicas > 1
          ? {
              units: offered,
              share: 1 / replicas,
              sharing: sharing ?? 'time-slicing',
              replicas,
            }
          : { units: offered, share: 1, sharing: 'whole' },
      ]),
    ),
    strandedDevices: 0,
    problems,
  };
}

/** More units than boards and no sharing of the device plugin's: HAMi offers each board so many times. */
function isOversold({ units, count }: NodeFacts): boolean {
  return (
    count !== undefined && count < units && Number.isInteger(units / count)
  );
}

/** Every board is cut into instances of one profile, offered as `nvidia.com/gpu`. */
function singleLayout(facts: NodeFacts, profile: string): GpuNodeLayout {
  const problems: GpuLayoutProblem[] = [];
  const { share, maxPerBoard, problem } = migShare(
    facts.product.model,
    profile,
  );
  if (problem) {
    problems.push(problem);
  }
  const instances = facts.sharing
    ? sharedDevices(facts, problems)
    : facts.units;
  const boards = Math.ceil(instances / maxPerBoard - EPSILON);
  const replicas = facts.units / instances;
  return {
    ...nameOf({ ...facts, memoryBytes: undefined }),
    devices: boards,
    resources: Object.fromEntries(
      facts.gpus.map(([resource, units]) => [
        resource,
        {
          units,
          share: share / replicas,
          sharing: 'mig',
          profile: parseMigProfile(profile)?.name ?? profile,
          ...(replicas > 1 && { replicas }),
        },
      ]),
    ),
    strandedDevices: stranded(boards, instances * share),
    problems,
  };
}

/** Whole boards under `nvidia.com/gpu`, and instances under the names of their profiles. */
function mixedLayout(facts: NodeFacts): GpuNodeLayout {
  const problems: GpuLayoutProblem[] = [];
  const resources: Record<string, GpuResource> = {};
  let whole = 0;
  let cut = 0;
  for (const [resource, units] of facts.gpus) {
    const profile = parseMigProfile(resource)?.name;
    const replicas = replicasOf(facts, resource, profile);
    const mig =
      profile === undefined
        ? undefined
        : migShare(facts.product.model || undefined, profile, {
            boardMemoryBytes: facts.memoryBytes,
          });
    if (mig?.problem) {
      problems.push(mig.problem);
    }
    const share = (mig?.share ?? 1) / replicas;
    resources[resource] = {
      units,
      share,
      sharing: sharingOf(facts, profile, replicas),
      ...(profile && { profile }),
      ...(replicas > 1 && { replicas }),
    };
    if (mig) {
      cut += units * share;
    } else {
      whole += units * share;
    }
  }
  const needed = whole + Math.ceil(cut - EPSILON);
  const devices = Math.max(needed, facts.count ?? 0);
  return {
    ...nameOf(facts),
    devices,
    resources,
    strandedDevices: stranded(devices - whole, cut),
    problems,
  };
}

function sharingOf(
  facts: NodeFacts,
  profile: string | undefined,
  replicas: number,
): GpuSharing {
  if (profile) {
    return 'mig';
  }
  return replicas > 1 ? facts.sharing ?? 'time-slicing' : 'whole';
}

/** Clients a device of a resource is offered to, by the labels of that resource. */
function replicasOf(
  { labels, sharing }: NodeFacts,
  resource: string,
  profile: string | undefined,
): number {
  if (!sharing && !SHARED_RESOURCE.test(resource)) {
    return 1;
  }
  const name = profile ? `mig-${profile}` : 'gpu';
  const replicas = positive(labelOf(labels, `nvidia.com/${name}.replicas`));
  return replicas && replicas > 1 ? replicas : 1;
}

/** Devices (boards, or instances) behind shared units. */
function sharedDevices(
  { units, count, labels }: NodeFacts,
  problems: GpuLayoutProblem[],
): number {
  if (
    count !== undefined &&
    count <= units &&
    Number.isInteger(units / count)
  ) {
    return count;
  }
  const replicas = positive(labelOf(labels, 'nvidia.com/gpu.replicas')) ?? 1;
  const devices = Number.isInteger(units / replicas) ? units / replicas : units;
  problems.push(
    count === undefined
      ? {
          code: 'gpu-count-missing',
          message: `GPUs of the node are shared and nvidia.com/gpu.count is missing; ${units} units are taken as ${devices} devices`,
        }
      : {
          code: 'gpu-count-contradicts',
          message: `nvidia.com/gpu.count says ${count} devices, which doesn't divide ${units} units; they are taken as ${devices} devices`,
        },
  );
  return devices;
}

function stranded(devices: number, covered: number): number {
  const rest = devices - covered;
  return rest > EPSILON ? rest : 0;
}

function nameOf({
  product,
  memoryBytes,
}: Pick<NodeFacts, 'product' | 'memoryBytes'>) {
  return {
    ...(product.model && { model: product.model }),
    ...(memoryBytes && { boardMemoryBytes: memoryBytes }),
  };
}

function positive(text: string | undefined): number | undefined {
  const value = text === undefined ? NaN : Number(text);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
