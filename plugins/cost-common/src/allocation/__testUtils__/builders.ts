import { ContainerHour, NodeHour } from '../../observations/observations';
import {
  allocateHour,
  AllocatedHour,
  AllocateHourInput,
} from '../allocateHour';
import { totalOf } from '../../money/resourceMicros';
import { HourRow, NodePrice } from '../types';

export const HOUR = '2026-01-02T03:00:00.000Z';
export const GIB = 2 ** 30;

/** A node of 4 cores and 16 GiB that was up all hour. */
export function node(more: Partial<NodeHour> = {}): NodeHour {
  return {
    hour: HOUR,
    node: 'node-1',
    nodePool: 'general',
    region: 'us-west-2',
    instanceType: 'm5.xlarge',
    capacityType: 'on-demand',
    cpuCores: 4,
    memoryBytes: 16 * GIB,
    gpuDevices: 0,
    upSeconds: 3600,
    ...more,
  };
}

/** What a container held and used in cores, GiB and devices, over its run time. */
export interface Hold {
  run?: number;
  cpu?: [request?: number, usage?: number];
  memory?: [request?: number, usage?: number];
  gpu?: [request?: number, busy?: number];
}

/** A container of workload `api` on `node-1`. */
export function container(
  hold: Hold = {},
  more: Partial<ContainerHour> = {},
): ContainerHour {
  const run = hold.run ?? 3600;
  const seconds = (quantity: number | undefined, unit: number = 1) =>
    quantity === undefined ? undefined : quantity * unit * run;
  return {
    hour: HOUR,
    namespace: 'shop',
    pod: 'api-1',
    container: 'main',
    node: 'node-1',
    workloadKind: 'Deployment',
    workload: 'api',
    labels: { app: 'api' },
    runSeconds: run,
    cpuRequestCoreSeconds: seconds(hold.cpu?.[0]),
    cpuUsageCoreSeconds: seconds(hold.cpu?.[1]),
    memoryRequestByteSeconds: seconds(hold.memory?.[0], GIB),
    memoryUsageByteSeconds: seconds(hold.memory?.[1], GIB),
    gpuRequestDeviceSeconds: seconds(hold.gpu?.[0]),
    gpuBusyDeviceSeconds: seconds(hold.gpu?.[1]),
    ...more,
  };
}

/** A price split by OpenCost's default ratios. */
export function price(
  hourlyPrice: string,
  weights: NodePrice['weights'] = {
    cpuCore: '0.031611',
    memoryGib: '0.004237',
    gpuDevice: '0.95',
  },
): NodePrice {
  return { hourlyPrice, weights, origin: { kind: 'list', description: '' } };
}

/** Splits a node's price half and half: 4 cores and 16 GiB weigh the same. */
export const HALVES = { cpuCore: '4', memoryGib: '1', gpuDevice: '16' };

/** Allocates an hour where a node costs 8 $/h, half for CPU and half for memory. */
export function allocate(input: Partial<AllocateHourInput>): AllocatedHour {
  return allocateHour({
    hour: HOUR,
    nodes: [node()],
    containers: [],
    volumes: [],
    network: [],
    priceNode: () => price('8', HALVES),
    priceVolume: () => ({ gibHourPrice: '0.5', kind: 'config' }),
    priceNetwork: () => 0n,
    ...input,
  });
}

/** What the nodes of an hour cost. */
export function nodesTotal({ nodes }: AllocatedHour): bigint {
  return nodes.reduce((sum, { cost }) => sum + totalOf(cost), 0n);
}

/** CPU, memory and GPU of all rows: what stands for node capacity. */
export function capacityTotal(rows: readonly HourRow[]): bigint {
  return rows.reduce(
    (sum, { cost }) => sum + cost.cpu + cost.memory + cost.gpu,
    0n,
  );
}

export function idleRows({ rows }: AllocatedHour): HourRow[] {
  return rows.filter(row => row.bucket === 'idle');
}

export function workloadRows({ rows }: AllocatedHour): HourRow[] {
  return rows.filter(row => row.bucket === 'workload');
}

export function codes({ problems }: AllocatedHour): string[] {
  return problems.map(problem => problem.code);
}
