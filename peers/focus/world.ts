import { WorkloadIdentity } from '@headroom/common';
import {
  ContainerHour,
  emptyHourRow,
  HourRow,
  NetworkHour,
  NodeHour,
  VolumeHour,
} from '@headroom/plugin-cost-common';
import { AllocationSource, UsageSource } from '@headroom/plugin-cost-node';

const GIB = 2 ** 30;
const HOUR = 3600;

/** The day that is exported: in Berlin clocks go forward, so it has 23 hours. */
export const DAY = '2026-03-29';
export const ZONE = 'Europe/Berlin';

/** What people have named; the rest has Kubernetes' names, which are ASCII. */
export interface Names {
  /** That is measured. */
  measured: string;
  /** Whose costs somebody else has allocated. */
  allocated: string;
  nodePool: string;
  team: string;
}

export const PLAIN: Names = {
  measured: 'prod-eu',
  allocated: 'prod-ap',
  nodePool: 'general',
  team: 'group:default/shop',
};

export const FOREIGN: Names = {
  measured: 'zürich "prod"',
  allocated: '東京/кластер',
  nodePool: 'allgemein-größer',
  team: 'group:default/größe',
};

/** What the provider calls the machine of a node. */
export function machineOf(node: string): string {
  return `i-${node.replace(/\W/g, '')}`;
}

/** Clusters, one of each kind of source. */
export function clustersOf(names: Names) {
  return [
    {
      name: names.measured,
      prometheus: { url: 'http://prometheus.example' },
    },
    { name: names.allocated, opencost: { url: 'http://opencost.example' } },
  ];
}

/** Services of the catalog; the others' workloads stay Unallocated. */
export function servicesOf(names: Names) {
  return [
    { name: 'web', owner: names.team, system: 'system:default/shop' },
    { name: 'train', owner: 'group:default/ml', system: undefined },
  ];
}

/** A cluster that is measured: nodes, containers, volumes, traffic. */
export function measuredCluster(names: Names): UsageSource {
  return {
    id: 'focus-measured',
    supports: cluster => cluster.prometheus !== undefined,
    async observe({ start, end }) {
      const hours = hoursOf(start, end);
      return {
        nodes: hours.flatMap(hour => nodesOf(hour, names)),
        containers: hours.flatMap(containersOf),
        volumes: hours.flatMap(volumesOf),
        network: hours.flatMap(networkOf),
        missingHours: [],
        problems: [],
        queries: 1,
      };
    },
  };
}

const identity = (
  namespace: string,
  workload: string,
  container: string,
): WorkloadIdentity => ({
  namespace,
  workloadKind: 'Deployment',
  workload,
  container,
  labels: {},
});
const API = identity('zahlung', 'api', 'app');
const NOBODY = identity('__unallocated__', '__unallocated__', '');
const WORKLOADS = [API, NOBODY];

/** A cluster whose costs somebody else has allocated: credits and all. */
export const allocatedCluster: AllocationSource = {
  id: 'focus-allocated',
  supports: cluster => cluster.sections?.opencost !== undefined,
  async allocations({ start, end }) {
    return {
      currency: 'USD',
      rows: hoursOf(start, end).flatMap(allocatedRowsOf),
      nodes: [],
      workloads: WORKLOADS,
      missingHours: [],
      problems: [],
      queries: 1,
    };
  },
};

function nodesOf(hour: string, { nodePool }: Names): NodeHour[] {
  const node = (name: string, change: Partial<NodeHour>): NodeHour => ({
    hour,
    node: name,
    instanceType: 'm5.xlarge',
    region: 'eu-central-2',
    capacityType: 'on-demand',
    nodePool,
    cpuCores: 4,
    memoryBytes: 16 * GIB,
    gpuDevices: 0,
    upSeconds: HOUR,
    hourlyPrice: '0.23',
    priceCurrency: 'USD',
    providerId: `aws:///eu-central-2a/${machineOf(name)}`,
    ...change,
  });
  return [
    node('node-1', {}),
    node('spot-1', {
      capacityType: 'spot',
      nodePool: 'spot',
      hourlyPrice: '0.07',
    }),
    node('gpu-1', {
      instanceType: 'p5.48xlarge',
      nodePool: 'gpu',
      cpuCores: 192,
      memoryBytes: 2048 * GIB,
      gpuDevices: 8,
      gpuModel: 'NVIDIA-H100-80GB-HBM3',
      hourlyPrice: '55.04',
    }),
    node('nowhere-1', { region: undefined, nodePool: undefined }),
  ];
}

function containersOf(hour: string): ContainerHour[] {
  const container = (
    workload: string,
    node: string,
    change: Partial<ContainerHour> = {},
  ): ContainerHour => ({
    hour,
    namespace: 'shop',
    pod: `${workload}-0`,
    container: 'app',
    node,
    workloadKind: 'Deployment',
    workload,
    labels: { 'backstage.io/kubernetes-id': workload },
    runSeconds: HOUR,
    cpuRequestCoreSeconds: 1.3 * HOUR,
    cpuUsageCoreSeconds: 0.4 * HOUR,
    memoryRequestByteSeconds: 3 * GIB * HOUR,
    memoryUsageByteSeconds: 2 * GIB * HOUR,
    ...change,
  });
  return [
    container('web', 'node-1'),
    container('web', 'spot-1', { pod: 'web-1' }),
    container('train', 'gpu-1', {
      namespace: 'ml',
      workloadKind: 'Job',
      gpuRequestDeviceSeconds: 3 * HOUR,
      gpuBusyDeviceSeconds: 2 * HOUR,
    }),
    // Next to nothing: quantities with an exponent.
    container('sleeper', 'nowhere-1', {
      cpuRequestCoreSeconds: 0.5,
      cpuUsageCoreSeconds: 0,
      memoryRequestByteSeconds: 0.5 * 2 ** 20 * HOUR,
      memoryUsageByteSeconds: 0,
    }),
    container('db', 'node-1', {
      workloadKind: 'StatefulSet',
      labels: {},
    }),
  ];
}

function volumesOf(hour: string): VolumeHour[] {
  const volume = (claim: string, pods: string[]): VolumeHour => ({
    hour,
    namespace: 'shop',
    claim,
    storageClass: 'gp3',
    region: 'eu-central-2',
    capacityByteSeconds: 100 * GIB * HOUR,
    pods,
  });
  return [volume('data-db-0', ['db-0']), volume('forgotten', [])];
}

function networkOf(hour: string): NetworkHour[] {
  return [
    {
      hour,
      namespace: 'shop',
      pod: 'web-0',
      crossZoneBytes: 3 * GIB,
      crossRegionBytes: GIB / 7,
      internetBytes: 5 * GIB,
    },
  ];
}

function allocatedRowsOf(hour: string): HourRow[] {
  const row = (key: WorkloadIdentity, change: Partial<HourRow>): HourRow => ({
    ...emptyHourRow(hour, 'workload', key, 'on-demand', 'ap-northeast-1'),
    ...change,
  });
  const nothing = { cpu: 0n, memory: 0n, gpu: 0n, storage: 0n, network: 0n };
  return [
    // A load balancer costs and has no bytes; a credit gives back more than was charged.
    row(API, {
      cost: { ...nothing, cpu: -1_234_567n, memory: 7n, network: 22_500n },
      cpuCoreHours: 2,
      memoryByteHours: 1,
    }),
    row(NOBODY, { cost: { ...nothing, cpu: 40_000n }, cpuCoreHours: 1 }),
  ];
}

function hoursOf(start: Date, end: Date): string[] {
  const hours = [];
  for (let at = start.getTime(); at < end.getTime(); at += HOUR * 1000) {
    hours.push(new Date(at).toISOString());
  }
  return hours;
}
