import { zeroResources } from '../money/resourceMicros';
import { toOpenCostItem } from './answerItem';
import { noQuantities } from './quantities';
import { AllocationItem } from './types';

const HOUR = 3_600_000;
const WINDOW = { start: 0, end: 24 * HOUR };

/** Two cores and 4 GB for three hours, three quarters of them used; one idle micro. */
const ITEM: AllocationItem = {
  name: 'shop',
  properties: { cluster: 'eu', namespace: 'shop' },
  cost: {
    ...zeroResources(),
    cpu: 600_000n,
    memory: 200_001n,
    gpu: 1_000_000n,
  },
  idle: { ...zeroResources(), cpu: 1n },
  shared: 50_000n,
  quantities: {
    ...noQuantities(),
    cpuCoreHours: 6,
    cpuRequestCoreHours: 6,
    cpuUsageCoreHours: 4.5,
    memoryByteHours: 12e9,
    memoryRequestByteHours: 12e9,
    memoryUsageByteHours: 3e9,
    gpuHours: 3,
    gpuBusyHours: 1.5,
    storageByteHours: 30e9,
    networkBytes: 42,
  },
  start: 6 * HOUR,
  end: 9 * HOUR,
  unknownUsage: [],
};

it('averages over its own minutes and tells every micro', () => {
  expect(toOpenCostItem(ITEM, WINDOW)).toMatchObject({
    name: 'shop',
    window: { start: '1970-01-01T00:00:00Z', end: '1970-01-02T00:00:00Z' },
    start: '1970-01-01T06:00:00Z',
    end: '1970-01-01T09:00:00Z',
    minutes: 180,
    cpuCores: 2,
    cpuCoreRequestAverage: 2,
    cpuCoreUsageAverage: 1.5,
    cpuCoreHours: 6,
    cpuCost: 0.600001,
    cpuCostIdle: 0.000001,
    cpuEfficiency: 0.75,
    gpuCount: 1,
    gpuHours: 3,
    gpuUsageAverage: 0.5,
    pvBytes: 10e9,
    ramBytes: 4e9,
    ramCost: 0.200001,
    ramEfficiency: 0.25,
    networkTransferBytes: 42,
    sharedCost: 0.05,
    totalCost: 1.850002,
    totalEfficiency: expect.closeTo((0.6 * 0.75 + 0.200001 * 0.25) / 0.800001),
  });
});

it('says what nobody read, and makes no nought of it', () => {
  expect(
    toOpenCostItem({ ...ITEM, unknownUsage: ['cpu', 'gpu'] }, WINDOW),
  ).toMatchObject({
    cpuCoreUsageAverage: null,
    cpuEfficiency: null,
    gpuUsageAverage: null,
    ramEfficiency: 0.25,
    totalEfficiency: null,
  });
});

it('is wholly efficient where something is used that nobody requested', () => {
  const quantities = {
    ...ITEM.quantities,
    cpuRequestCoreHours: 0,
    memoryRequestByteHours: 0,
    memoryUsageByteHours: 0,
  };
  expect(toOpenCostItem({ ...ITEM, quantities }, WINDOW)).toMatchObject({
    cpuEfficiency: 1,
    ramEfficiency: 0,
  });
});
