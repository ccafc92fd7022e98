import {
  ContainerFacts,
  NamespaceLimit,
  WorkloadFacts,
} from '@headroom/common';
import { withDefaults } from '../advice/pod/withDefaults';
import { withRequests } from '../advice/pod/specInForce';
import { parseGpuModel } from '../gpu/gpuModel';
import { describeNodeLabels } from '../nodes/describeNodeLabels';
import { UnreadRequest } from '../guard/GuardedPart';
import { NodeLabelRules } from '../nodes/nodeLabelRules';
import { HOURS_PER_MONTH, PodDemand } from './estimateRequest';
import { ObservedPool } from './ObservedPool';
import { RunningUnknown } from './runningService';
import { wordRunning } from './runningSentences';

/** A workload that runs, as its cluster has it. @public */
export interface RunningFacts {
  cluster: string;
  facts: WorkloadFacts;
  /** Names of those of its containers that are another service's. */
  othersContainers: readonly string[];
  /** Of its namespace. */
  limits: readonly NamespaceLimit[];
}

/** What a workload that runs asks for, and what of that isn't known. */
export interface RunningDemand {
  /** Undefined = how many pods there are isn't known. */
  demand?: PodDemand;
  unknown: RunningUnknown[];
}

/** What decides on which nodes pods run. */
interface Placement {
  pools: readonly ObservedPool[];
  rules?: NodeLabelRules;
}

const GIB = 2 ** 30;

/**
 * The pods of a workload that runs, as an estimate asks for them: as many replicas
 * as are wanted now, each with what its containers and sidecars request together,
 * or the pod as a whole. Init containers are over by now.
 *
 * @param unread - requests that somebody made and that could not be read, which is said
 * of them elsewhere
 */
export function runningDemand(
  workload: RunningFacts,
  placement: Placement,
  unread: readonly UnreadRequest[] = [],
): RunningDemand {
  const { facts } = workload;
  const { kind, name, replicas, volumeClaims = [] } = facts;
  if (replicas === undefined) {
    const why = kind === 'DaemonSet' ? 'onePodPerNode' : 'byItsOwner';
    return {
      unknown: [{ workload: name, said: wordRunning(why, { workload: name }) }],
    };
  }
  const containers = ownContainers(workload);
  const cpu = requestOf('cpuRequestCores', workload, containers);
  const memory = requestOf('memoryRequestBytes', workload, containers);
  const on = nodesOf(facts, placement);
  const gpu = gpuOf(workload, containers, on);
  const classes = new Set(volumeClaims.map(each => each.storageClass));
  const [storageClass] = classes.size === 1 ? classes : [];
  return {
    demand: {
      name,
      replicas: { min: replicas, max: replicas },
      cpuCores: cpu.amount,
      memoryBytes: memory.amount,
      ...('gpu' in gpu && { gpu: gpu.gpu }),
      ...(volumeClaims.length > 0 && {
        storageBytes: volumeClaims.reduce((sum, { bytes }) => sum + bytes, 0),
      }),
      ...(storageClass !== undefined && { storageClass }),
      spot: on.spot,
      ...(on.nodePool !== undefined && { nodePool: on.nodePool }),
      hoursPerMonth: HOURS_PER_MONTH,
    },
    // What there is none of costs nothing, whatever it asks for.
    unknown:
      replicas === 0
        ? []
        : [
            ...silent('cpu', name, without('cpu', cpu.silent, unread)),
            ...silent('memory', name, without('memory', memory.silent, unread)),
            ...('unknown' in gpu ? [gpu.unknown] : []),
          ],
  };
}

/** Containers and sidecars that are this service's, as they are admitted. */
function ownContainers({
  facts,
  limits,
  othersContainers,
}: RunningFacts): ContainerFacts[] {
  return facts.containers
    .filter(
      ({ name, role }) => role !== 'init' && !othersContainers.includes(name),
    )
    .map(each => ({ ...each, spec: withDefaults(each.spec, limits) }));
}

/** What one replica requests of a resource, and the containers that don't say. */
function requestOf(
  key: 'cpuRequestCores' | 'memoryRequestBytes',
  { facts, othersContainers }: RunningFacts,
  containers: readonly ContainerFacts[],
): { amount: number; silent: string[] } {
  const sum = containers.reduce(
    (total, { spec }) => total + (spec[key] ?? 0),
    0,
  );
  // What a pod asks for as a whole, and its sandbox, can't be told apart by service.
  const whole = othersContainers.length === 0;
  const pod = whole ? withRequests(facts.podSpec ?? {})[key] : undefined;
  const overhead = whole ? overheadOf(key, facts) : 0;
  return {
    amount: Math.max(sum, pod ?? 0) + overhead,
    silent:
      pod === undefined
        ? containers.flatMap(({ name, spec }) =>
            spec[key] === undefined ? [name] : [],
          )
        : [],
  };
}

function overheadOf(
  key: 'cpuRequestCores' | 'memoryRequestBytes',
  { podOverhead = {} }: WorkloadFacts,
): number {
  const { cpuCores = 0, memoryBytes = 0 } = podOverhead;
  return key === 'cpuRequestCores' ? cpuCores : memoryBytes;
}

/** Containers that say nothing of a resource, without those whose word could not be read. */
function without(
  resource: 'cpu' | 'memory',
  containers: readonly string[],
  unread: readonly UnreadRequest[],
): string[] {
  const among = unread.filter(each => each.resource === resource);
  return containers.filter(
    name =>
      !among.some(
        ({ container }) => container === undefined || container === name,
      ),
  );
}

function silent(
  resource: 'cpu' | 'memory',
  workload: string,
  containers: readonly string[],
): RunningUnknown[] {
  return containers.length === 0
    ? []
    : [
        {
          workload,
          resource,
          said: wordRunning(resource === 'cpu' ? 'noCpu' : 'noMemory', {
            workload,
            containers: containers.join(', '),
          }),
        },
      ];
}

/** The nodes that pods run on, as far as they say. */
interface Nodes {
  spot: boolean;
  nodePool?: string;
  gpuModel?: string;
  shared: boolean;
}

function nodesOf(
  { nodeLabels = {} }: WorkloadFacts,
  { pools, rules }: Placement,
): Nodes {
  const { capacityType, nodePool, gpuModel } = describeNodeLabels(nodeLabels, {
    rules,
  });
  const named = pools.filter(pool => pool.nodePool === nodePool);
  const product = parseGpuModel(gpuModel ?? '');
  const strategy = nodeLabels['nvidia.com/gpu.sharing-strategy'];
  const offers = named.flatMap(({ gpus }) => gpus);
  return {
    spot:
      capacityType === 'spot' ||
      (named.length > 0 && named.every(each => each.capacityType === 'spot')),
    ...(nodePool !== undefined && { nodePool }),
    ...(product.model !== '' && { gpuModel: product.model }),
    shared:
      product.shared ||
      strategy === 'time-slicing' ||
      strategy === 'mps' ||
      (offers.length > 0 && offers.every(({ replicas = 1 }) => replicas > 1)),
  };
}

const WHOLE = /^(nvidia|amd)[._]com[/_]gpu$/i;
const SHARED = /^nvidia[._]com[/_]gpu[._]shared$/i;
const SLICE = /^nvidia[._]com[/_]mig[-_](\d+g[._](\d+)gb(?:[._+-][a-z.]+)?)$/i;

function gpuOf(
  { cluster, facts: { name: workload } }: RunningFacts,
  containers: readonly ContainerFacts[],
  { shared, gpuModel }: Nodes,
): { gpu: PodDemand['gpu'] } | { unknown: RunningUnknown } | {} {
  const asked = new Map<string, number>();
  for (const { spec } of containers) {
    for (const [resource, units] of Object.entries(spec.gpus ?? {})) {
      asked.set(resource, (asked.get(resource) ?? 0) + units);
    }
  }
  const [first, ...others] = asked;
  if (!first) {
    return {};
  }
  if (others.length > 0) {
    const resources = [...asked.keys()].join(', ');
    return unknownGpu(
      workload,
      wordRunning('gpuSeveral', { workload, resources }),
    );
  }
  const [resource, devices] = first;
  const of = { devices, ...(gpuModel !== undefined && { model: gpuModel }) };
  const [, , gibibytes] = SLICE.exec(resource) ?? [];
  if (gibibytes !== undefined) {
    const memoryBytes = Number(gibibytes) * GIB;
    return { gpu: { ...of, sharing: 'mig', memoryBytes } };
  }
  if (SHARED.test(resource) || (WHOLE.test(resource) && shared)) {
    return { gpu: { ...of, sharing: 'time-slicing' } };
  }
  return WHOLE.test(resource)
    ? { gpu: { ...of, sharing: 'whole' } }
    : unknownGpu(
        workload,
        wordRunning('gpuPart', { workload, resource, cluster }),
      );
}

function unknownGpu(
  workload: string,
  said: RunningUnknown['said'],
): { unknown: RunningUnknown } {
  return { unknown: { workload, resource: 'gpu', said } };
}
