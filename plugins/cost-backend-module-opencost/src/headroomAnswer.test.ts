import {
  AllocationQuestion,
  AllocationRow,
  answerStep,
  NO_FILTER,
  OpenCostAnswer,
  parseAggregate,
  ResourceMicros,
  toOpenCostItem,
  totalOf,
} from '@headroom/plugin-cost-common';
import { hoursFromNoon } from './__testUtils__/answers';
import { Span } from './answer/span';
import { grainOf } from './answer/grain';
import { readWindow } from './readWindow';

// A portal answers what an OpenCost is asked; read by what reads an OpenCost, it is
// what was charged, to the micro.

const SPANS = hoursFromNoon(2);
const HOUR = 3_600_000;

const cost = (cpu: number, memory = cpu): ResourceMicros => ({
  cpu: BigInt(cpu),
  memory: BigInt(memory),
  gpu: 7n,
  storage: 11n,
  network: 13n,
});

const idleCost = (cpu: number): ResourceMicros => ({
  ...{ cpu: BigInt(cpu), memory: 5n, gpu: 0n },
  ...{ storage: 0n, network: 0n },
});

function rowsOf({ start }: Span, micros: number): AllocationRow[] {
  const place = { cluster: 'eu', node: 'node-1' };
  const quantities = {
    ...{ cpuCoreHours: 2, cpuRequestCoreHours: 2, cpuUsageCoreHours: 1 },
    ...{ memoryByteHours: 4000, memoryRequestByteHours: 4000 },
    ...{ memoryUsageByteHours: 1000, gpuHours: 1, gpuBusyHours: 0.25 },
    ...{ storageByteHours: 900, networkBytes: 80 },
  };
  const row = {
    kind: 'tenant' as const,
    ...{ quantities, start, end: start + HOUR, unknownUsage: [] },
  };
  return [
    {
      ...row,
      properties: {
        ...place,
        ...{ namespace: 'shop', pod: 'cart-1', container: 'app' },
        ...{ controllerKind: 'deployment', controller: 'cart' },
        labels: { app: 'cart' },
        services: ['front'],
      },
      cost: cost(micros),
    },
    {
      ...row,
      properties: {
        ...place,
        ...{ namespace: 'shop', pod: 'alone', container: 'app' },
      },
      cost: cost(1, micros),
      unknownUsage: ['cpu'],
    },
    { ...row, kind: 'idle', properties: place, cost: idleCost(micros + 2) },
  ];
}

function answerOf(
  rows: AllocationRow[][],
  change: Partial<AllocationQuestion> = {},
): OpenCostAnswer {
  const question: AllocationQuestion = {
    filter: NO_FILTER,
    ...{ idle: 'separate', idleByNode: true, splitIdle: false },
    shared: { namespaces: [], labels: [], overhead: 0n, split: 'weighted' },
    ...change,
  };
  return {
    code: 200,
    status: 'success',
    data: rows.map((each, i) =>
      Object.fromEntries(
        answerStep(each, question).map(item => [
          item.name,
          toOpenCostItem(item, SPANS[i]),
        ]),
      ),
    ),
  };
}

function readBack(rows: AllocationRow[][]) {
  const allocation = JSON.parse(JSON.stringify(answerOf(rows)));
  const coarse = answerOf(rows, { aggregate: parseAggregate('cluster') });
  expect(grainOf(allocation, 'Headroom').coarse).toBe(false);
  return readWindow(
    { allocation, coarse: JSON.parse(JSON.stringify(coarse)) },
    { spans: SPANS, cluster: 'eu', region: 'eu-central-1', currency: 'USD' },
  );
}

it.each([
  [1, 2],
  [333_333, 1_000_001],
  [10_000_000_000, 987_654_321_987],
])('is read back to the micro: %d and %d', (first, second) => {
  const rows = [first, second].map((micros, i) => rowsOf(SPANS[i], micros));
  const { pods = [], missingHours, problems } = readBack(rows);
  expect(missingHours).toEqual([]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const amounts = (of: Array<{ cost: ResourceMicros }>) =>
    of.map(({ cost: paid }) => String(totalOf(paid))).sort();
  expect(amounts(pods)).toEqual(amounts(rows.flat()));
});

it('is read back with what it used, and with what nobody measured', () => {
  const { pods = [] } = readBack(SPANS.map(span => rowsOf(span, 600)));
  const [cart, alone, idle] = ['cart-1', 'alone', ''].map(name =>
    pods.find(({ pod }) => pod === name),
  );
  expect(cart).toMatchObject({
    namespace: 'shop',
    workloadKind: 'Deployment',
    workload: 'cart',
    container: 'app',
    node: 'node-1',
    services: ['front'],
    cpuCoreHours: 2,
    cpuRequestCoreHours: 2,
    cpuUsageCoreHours: 1,
    memoryUsageByteHours: 1000,
    gpuHours: 1,
    gpuBusyHours: 0.25,
    storageByteHours: 900,
    networkBytes: 80,
    used: { cpu: 300n, memory: 150n },
  });
  expect(alone).toMatchObject({
    workloadKind: 'Pod',
    workload: 'alone',
    unknownUsage: ['cpu'],
  });
  expect(idle).toMatchObject({ bucket: 'idle', node: 'node-1' });
});
