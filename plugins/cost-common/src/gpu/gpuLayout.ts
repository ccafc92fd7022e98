import { Worded } from '@headroom/common';
import { GpuSharing } from '../observations/observations';
import { amountLayout } from './amountLayout';
import { readAmounts } from './amounts';
import { labelOf } from './labelOf';
import { migShare, parseMigProfile } from './migProfiles';
import { wordGpuLayout } from './messages';
import { mixedLayout } from './mixedLayout';
import { isNeuron, neuronLayout } from './neuronLayout';
import {
  GpuNodeInput,
  nameOf,
  NodeFacts,
  positive,
  readFacts,
  stranded,
  wholeBoards,
} from './nodeFacts';
import { toldLayout, virtualLayout } from './toldLayout';

export type { GpuNodeInput };

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
  /** Units of the scheduler's memory that one board has, where it gives parts of boards by memory. */
  memoryUnits?: number;
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

/** What is wrong, and of which node; the sentence has no full stop, for its nodes to follow. @public */
export interface GpuLayoutProblem extends Worded {
  /**
   * `mig-board-unknown`, `mig-profile-unknown`, `mig-profile-unreadable`,
   * `gpu-part-unknown`, `gpu-count-missing`: shares assumed from the instance
   * type, from `gpu.replicas`, or whole devices; `gpu-count-contradicts`: the
   * label and the capacity, or the instance type, can't both be right;
   * `gpu-resource-missing`: the instance type has boards that aren't offered.
   */
  code: string;
}

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
 * - amounts of cores and memory that pods ask for instead of boards: what a unit is
 *   of a board follows from what the node has (ACK's gpushare, TKE's vcuda and qGPU)
 * - MIG `mixed`: each resource names its profile; boards = whole ones and as many
 *   as the instances need, or `gpu.count` when that is more
 *
 * Where no label counts boards, the instance type does: units / boards are the
 * clients of each, and boards that no unit covers are the node's.
 *
 * @public
 */
export function gpuLayoutOf(node: GpuNodeInput): GpuNodeLayout {
  const facts = readFacts(node);
  const layout = layoutOf(facts);
  const { type, count } = facts;
  return type && count !== undefined && layout.devices !== type.boards
    ? {
        ...layout,
        problems: [
          ...layout.problems,
          {
            code: 'gpu-count-contradicts',
            ...wordGpuLayout('typeContradicts', {
              type: type.name,
              boards: type.boards,
              said: count,
              counted: layout.devices,
            }),
          },
        ],
      }
    : layout;
}

function layoutOf(facts: NodeFacts): GpuNodeLayout {
  const { type } = facts;
  const amounts = readAmounts(facts.capacity, facts.labels);
  if (amounts) {
    return amountLayout(facts, amounts);
  }
  if (facts.units === 0) {
    return type
      ? toldLayout(facts, type)
      : { devices: 0, resources: {}, strandedDevices: 0, problems: [] };
  }
  if (facts.gpus.some(([resource]) => isNeuron(resource))) {
    return neuronLayout(facts);
  }
  if (facts.virtual) {
    return virtualLayout(facts);
  }
  if (facts.mixed) {
    return mixedLayout(facts);
  }
  if (facts.product.migProfile) {
    return singleLayout(facts, facts.product.migProfile);
  }
  const told = type ?? facts.seen;
  return told && facts.count === undefined
    ? toldLayout(facts, told)
    : boardLayout(facts);
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
      ...wordGpuLayout('countContradicts', { said: count, units }),
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
  const boards = wholeBoards(instances / maxPerBoard);
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
          ...wordGpuLayout('countMissing', { units, devices }),
        }
      : {
          code: 'gpu-count-contradicts',
          ...wordGpuLayout('countDividesNot', {
            said: count,
            units,
            devices,
          }),
        },
  );
  return devices;
}
