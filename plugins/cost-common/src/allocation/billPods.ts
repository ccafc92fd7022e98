import { multiplyDecimal, ProblemLog, splitExactly } from '@headroom/common';
import { addResources, zeroResources } from '../money/resourceMicros';
import { ContainerHour } from '../observations/observations';
import { BilledSize, billedSize } from '../podBilling/billedSize';
import { ResourceMicros } from '../resources/resources';
import { wordAllocation } from '../problems';
import { Claim, claimOf, NODE_RESOURCES, NodeResource } from './claims';
import { reportRunTimes } from './contradictions';
import { Machine, PodBilling } from './machines';
import { NodeCosts } from './NodeCosts';
import { RowBook } from './RowBook';
import { addClaim } from './rowQuantities';
import { PodPrice } from './types';

const SECONDS_PER_HOUR = 3600;
const BYTES_PER_GIB = 2 ** 30;

/** What a pod is billed for: core-, byte- and device-seconds. */
type Billed = Record<NodeResource, number>;

/**
 * Charges each pod of a node that is not billed itself for what its platform
 * bills. Within a pod containers share it in proportion to what they hold, so
 * that what the size is rounded up by is theirs; nothing is idle. What a
 * platform's price is not known for costs nothing here, and that is said.
 */
export function billPods(
  machine: Machine,
  { node, price }: PodBilling,
  rows: RowBook,
  costs: NodeCosts,
  problems: ProblemLog,
): void {
  const podPrice = price.pods ?? { platform: '' };
  const total = { cost: zeroResources(), cpu: 0, memory: 0, gpu: 0 };
  reportRunTimes(machine, problems);
  for (const containers of podsOf(machine.containers)) {
    const claims = claimsOf(containers, problems);
    const billed = billedOf(podPrice.platform, containers, claims, problems);
    const cost = costOf(billed, podPrice, machine.name, problems);
    chargePod(machine, containers, claims, billed, cost, rows);
    total.cost = addResources(total.cost, cost);
    NODE_RESOURCES.forEach(resource => {
      total[resource] += billed[resource];
    });
  }
  costs.addPods(node, price, total.cost, {
    cpuCoreHours: total.cpu / SECONDS_PER_HOUR,
    memoryByteHours: total.memory / SECONDS_PER_HOUR,
    gpuDeviceHours: total.gpu / SECONDS_PER_HOUR,
  });
}

type PodClaims = Record<NodeResource, Claim[]>;

function claimsOf(
  containers: readonly ContainerHour[],
  problems: ProblemLog,
): PodClaims {
  const of = (resource: NodeResource) =>
    containers.map(container => claimOf(container, resource, problems));
  return { cpu: of('cpu'), memory: of('memory'), gpu: of('gpu') };
}

function podsOf(containers: readonly ContainerHour[]): ContainerHour[][] {
  const pods = new Map<string, ContainerHour[]>();
  for (const container of containers) {
    const key = `${container.namespace}\0${container.pod}`;
    const pod = pods.get(key);
    if (pod) {
      pod.push(container);
    } else {
      pods.set(key, [container]);
    }
  }
  return [...pods.values()];
}

function billedOf(
  platform: string,
  containers: readonly ContainerHour[],
  claims: PodClaims,
  problems: ProblemLog,
): Billed {
  const [{ namespace, pod, labels }] = containers;
  const seconds = Math.min(
    SECONDS_PER_HOUR,
    Math.max(0, ...containers.map(({ runSeconds }) => runSeconds || 0)),
  );
  const gpu = claims.gpu.reduce((sum, { charged }) => sum + charged, 0);
  const rate = (request: number | undefined) =>
    request === undefined || seconds === 0 ? undefined : request / seconds;
  const size: BilledSize | undefined =
    seconds === 0
      ? { cpuCores: 0, memoryGib: 0 }
      : billedSize(platform, {
          namespace,
          labels,
          containers: containers.map((_, i) => ({
            cpuCores: rate(claims.cpu[i].request),
            memoryBytes: rate(claims.memory[i].request),
          })),
        });
  if (!size) {
    problems.add('warning', 'pod-size-unknown', platform, () =>
      wordAllocation('podSizeUnknown', {
        platform,
        pod: `${namespace}/${pod}`,
      }),
    );
  }
  const { cpuCores, memoryGib } = size ?? { cpuCores: 0, memoryGib: 0 };
  return {
    cpu: cpuCores * seconds,
    memory: memoryGib * BYTES_PER_GIB * seconds,
    gpu,
  };
}

function costOf(
  billed: Billed,
  { platform, cpuCoreHour, memoryGibHour, gpuDeviceHour }: PodPrice,
  node: string,
  problems: ProblemLog,
): ResourceMicros {
  // Without any price the node is unpriced, which is said once for all of it.
  if (billed.gpu > 0 && cpuCoreHour !== undefined && !gpuDeviceHour) {
    problems.add('warning', 'unpriced-gpu', platform, count =>
      wordAllocation('podGpusUnpriced', {
        count,
        platform,
        node,
        line: `headroom.prices.pods: [{ platform: ${platform}, gpuDeviceHour: … }]`,
      }),
    );
  }
  return {
    ...zeroResources(),
    cpu: micros(cpuCoreHour, billed.cpu, SECONDS_PER_HOUR),
    memory: micros(
      memoryGibHour,
      billed.memory,
      SECONDS_PER_HOUR * BYTES_PER_GIB,
    ),
    gpu: micros(gpuDeviceHour, billed.gpu, SECONDS_PER_HOUR),
  };
}

function micros(
  price: string | undefined,
  quantity: number,
  per: number,
): bigint {
  return price === undefined ? 0n : multiplyDecimal(price, quantity, per);
}

function chargePod(
  { capacityType, region }: Machine,
  containers: readonly ContainerHour[],
  claims: PodClaims,
  billed: Billed,
  cost: ResourceMicros,
  rows: RowBook,
): void {
  for (const resource of NODE_RESOURCES) {
    const weights = weightsOf(claims[resource]);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const costs = splitExactly(cost[resource], weights);
    containers.forEach((container, i) => {
      const entry = rows.workload(container, capacityType, region);
      addClaim(
        entry,
        resource,
        {
          ...claims[resource][i],
          charged: (billed[resource] * weights[i]) / sum,
        },
        costs[i],
      );
    });
  }
}

/** Containers that hold nothing share evenly what their pod is billed for. */
function weightsOf(claims: readonly Claim[]): number[] {
  const weights = claims.map(({ charged }) => charged);
  return weights.some(weight => weight > 0) ? weights : weights.map(() => 1);
}
