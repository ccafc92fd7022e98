import { mockServices } from '@backstage/backend-test-utils';
import { rationalOfNumber } from '@headroom/common';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  allocateHour,
  AllocatedHour,
  builtInPriceBook,
  ContainerHour,
  createNodePricer,
  createVolumePricer,
  estimateMonthly,
  ObservedGpu,
  ObservedPool,
  PodDemandInput,
  podDemandSchema,
} from '@headroom/plugin-cost-common';
import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';
import { DemoPriceSource, DemoUsageSource } from './sources';
import { TelemetryClient } from './TelemetryClient';

jest.setTimeout(120_000);

const GIB = 2 ** 30;
const NOW = new Date('2026-03-10T12:34:00Z');
const START = new Date('2026-03-01T00:00:00Z');
/** The day whose prices are measured, and the one that is estimated. */
const MEASURED = new Date('2026-03-04T00:00:00Z');
const REPORTED = new Date('2026-03-05T00:00:00Z');
const DAY_HOURS = 24;

let demo: DemoCluster;
let measured: { hours: AllocatedHour[]; gpus: Map<string, ObservedGpu[]> };
let reported: { hours: AllocatedHour[]; containers: ContainerHour[] };

beforeAll(async () => {
  demo = await startDemoCluster({
    start: START,
    now: () => NOW,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
  measured = await dayFrom(MEASURED);
  reported = await dayFrom(REPORTED);
});

afterAll(() => demo?.stop());

/** What a day of the demo cost whom, as the back end allocates it. */
async function dayFrom(start: Date) {
  const cluster: ClusterConfig = {
    name: 'us-west',
    title: 'US West',
    labels: {},
    sections: { demo: { url: demo.urls['us-west'], timeoutSeconds: 30 } },
  };
  const client = TelemetryClient.create({ logger: mockServices.logger.mock() });
  const query = {
    cluster,
    start,
    end: new Date(start.getTime() + DAY_HOURS * 3_600_000),
    signal: new AbortController().signal,
  };
  const usage = await DemoUsageSource.create(client).observe(query);
  const source = await DemoPriceSource.create(client).prices(query);
  const books = { source, builtIn: builtInPriceBook };
  const priceNode = createNodePricer(books);
  const priceVolume = createVolumePricer(books);
  const names = [...new Set(usage.nodes.map(({ hour }) => hour))].sort();
  const of = <T extends { hour: string }>(all: readonly T[], hour: string) =>
    all.filter(each => each.hour === hour);
  const gpus = new Map<string, ObservedGpu[]>();
  const poolOf = new Map(
    usage.nodes.map(({ node, nodePool }) => [node, nodePool]),
  );
  for (const device of usage.devices ?? []) {
    const nodePool = poolOf.get(device.node);
    if (nodePool) {
      gpus.set(nodePool, [...(gpus.get(nodePool) ?? []), device]);
    }
  }
  return {
    containers: usage.containers,
    gpus,
    hours: names.map(hour =>
      allocateHour({
        hour,
        nodes: of(usage.nodes, hour),
        containers: of(usage.containers, hour),
        volumes: of(usage.volumes, hour),
        network: of(usage.network, hour),
        priceNode,
        priceVolume,
        priceNetwork: () => 0n,
      }),
    ),
  };
}

/** Pools as the day before tells their prices. */
function pools(): ObservedPool[] {
  const found = new Map<string, ObservedPool>();
  const add = (
    { micros, quantity }: ObservedPool['cpu'],
    more: bigint,
    amount: number,
  ): ObservedPool['cpu'] => ({
    micros: micros + more,
    quantity: rationalOfNumber(
      Number(quantity.numerator) / Number(quantity.denominator) + amount,
    ),
  });
  const none = { micros: 0n, quantity: rationalOfNumber(0) };
  for (const node of measured.hours.flatMap(({ nodes }) => nodes)) {
    const { nodePool, instanceType, capacityType, cost } = node;
    const before = found.get(nodePool) ?? {
      nodePool,
      instanceType,
      capacityType,
      day: '2026-03-04',
      nodeHours: 0,
      cpu: none,
      memory: none,
      gpu: none,
      priceKind: 'source',
      gpus: measured.gpus.get(nodePool) ?? [],
    };
    found.set(nodePool, {
      ...before,
      nodeHours: before.nodeHours + node.nodeHours,
      cpu: add(before.cpu, cost.cpu, node.cpuCoreHours),
      memory: add(before.memory, cost.memory, node.memoryByteHours / GIB),
      gpu: add(before.gpu, cost.gpu, node.gpuDeviceHours),
    });
  }
  return [...found.values()];
}

/** What one replica of a workload was charged on a day, and what of that it requested. */
function chargedOf(workload: string) {
  const rows = reported.hours
    .flatMap(each => each.rows)
    .filter(row => row.workload === workload && row.container !== '');
  const seconds = reported.containers
    .filter(each => each.workload === workload)
    .reduce((sum, { runSeconds }) => sum + runSeconds, 0);
  const sum = (of: (row: (typeof rows)[0]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    /** Micros of an hour of one replica. */
    hourly:
      sum(({ cost }) => Number(cost.cpu + cost.memory + cost.gpu)) /
      (seconds / 3600),
    /** What was charged of what was requested: 1 = use never went beyond. */
    beyond: {
      cpu: sum(row => row.cpuCoreHours) / sum(row => row.cpuRequestCoreHours),
      memory:
        sum(row => row.memoryByteHours) /
        sum(row => row.memoryRequestByteHours),
    },
  };
}

function estimated(pod: Omit<PodDemandInput, 'name' | 'replicas'>) {
  const { minMonthly, unknown } = estimateMonthly({
    pods: [
      podDemandSchema.parse({
        ...pod,
        name: 'new',
        replicas: { min: 1, max: 1 },
      }),
    ],
    prices: {
      cluster: 'us-west',
      currency: 'USD',
      days: 7,
      pools: pools(),
      books: { config: {}, builtIn: builtInPriceBook },
    },
  });
  expect(unknown).toEqual([]);
  return Number(minMonthly.micros) / 730;
}

describe('an estimate of what the demo runs', () => {
  it.each<[string, Omit<PodDemandInput, 'name' | 'replicas'>]>([
    ['web-frontend', { cpuCores: 1, memoryBytes: GIB }],
    ['recommendation-api', { cpuCores: 1.5, memoryBytes: 3 * GIB }],
    ['job-queue', { cpuCores: 0.5, memoryBytes: GIB }],
    ['document-indexer', { cpuCores: 2, memoryBytes: 4 * GIB, spot: true }],
    [
      'akidb-rest',
      {
        cpuCores: 8,
        memoryBytes: 16 * GIB,
        gpu: { sharing: 'whole', model: 'NVIDIA-A10G', memoryBytes: 10 * GIB },
      },
    ],
  ])(
    'is within 1 % of what %s was charged the day after, as it keeps to its requests',
    (workload, pod) => {
      const { hourly, beyond } = chargedOf(workload);
      expect(beyond.cpu).toBeLessThan(1.01);
      expect(Math.abs(estimated(pod) / hourly - 1)).toBeLessThan(0.01);
    },
  );

  it.each<[string, Omit<PodDemandInput, 'name' | 'replicas'>]>([
    [
      'language-detector',
      {
        cpuCores: 1,
        memoryBytes: 4 * GIB,
        gpu: { sharing: 'time-slicing', memoryBytes: 4 * GIB },
      },
    ],
    [
      'assistant-chat',
      {
        cpuCores: 4,
        memoryBytes: 48 * GIB,
        gpu: { sharing: 'mig', memoryBytes: 40 * GIB },
      },
    ],
    [
      'assistant-summarizer',
      {
        cpuCores: 4,
        memoryBytes: 48 * GIB,
        gpu: { sharing: 'mig', memoryBytes: 16 * GIB },
      },
    ],
  ])(
    'is within 1 % of what %s was charged for a share of a board',
    (workload, pod) => {
      const { hourly } = chargedOf(workload);
      expect(Math.abs(estimated(pod) / hourly - 1)).toBeLessThan(0.01);
    },
  );

  it('is below what is charged where use goes beyond requests: by that use', () => {
    // fraud-detector-api uses about what it requests, and more at times.
    const { hourly, beyond } = chargedOf('fraud-detector-api');
    expect(beyond.cpu).toBeGreaterThan(1.01);
    const asked = { cpuCores: 1, memoryBytes: 2 * GIB };
    expect(estimated(asked) / hourly).toBeLessThan(0.98);
    const used = estimated({
      cpuCores: asked.cpuCores * beyond.cpu,
      memoryBytes: asked.memoryBytes * beyond.memory,
    });
    // Where use goes beyond what the node has, all on it share its price: a core is less.
    expect(used / hourly).toBeGreaterThan(0.99);
    expect(used / hourly).toBeLessThan(1.1);
  });
});
