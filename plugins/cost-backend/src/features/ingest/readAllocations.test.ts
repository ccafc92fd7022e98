import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { HourRow, zeroResources } from '@headroom/plugin-cost-common';
import { readAllocations } from './readAllocations';

const HOUR = '2026-01-10T12:00:00.000Z';

const row = (change: Partial<HourRow>): HourRow => ({
  hour: HOUR,
  bucket: 'workload',
  namespace: 'shop',
  workloadKind: 'Deployment',
  workload: 'web',
  container: 'app',
  capacityType: 'on-demand',
  region: 'us-west-2',
  cost: { ...zeroResources(), gpu: 7n },
  used: zeroResources(),
  cpuCoreHours: 1,
  cpuRequestCoreHours: 1,
  cpuUsageCoreHours: 0.5,
  memoryByteHours: 0,
  memoryRequestByteHours: 0,
  memoryUsageByteHours: 0,
  gpuHours: 0,
  storageByteHours: 0,
  networkBytes: 0,
  ...change,
});

/** The rows as the database gets them: one a container. */
async function merged(...rows: HourRow[]): Promise<HourRow[]> {
  const source = {
    id: 'finished',
    supports: () => true,
    allocations: async () => ({
      currency: 'USD',
      rows,
      nodes: [],
      workloads: [],
      missingHours: [],
      problems: [],
      queries: 1,
    }),
  };
  const { hours } = await readAllocations(
    source,
    {
      cluster: { name: 'c1' } as ClusterConfig,
      start: new Date(HOUR),
      end: new Date('2026-01-10T13:00:00.000Z'),
      signal: new AbortController().signal,
    },
    'USD',
  );
  for await (const hour of hours) {
    if (hour.status === 'complete') {
      return hour.rows;
    }
  }
  throw new Error('The hour is missing');
}

describe('busy GPU hours of rows that become one', () => {
  const busy = row({ gpuHours: 2, gpuBusyHours: 1 });

  it.each([
    ['are added', [busy, row({ gpuHours: 1, gpuBusyHours: 0.5 })], 1.5],
    [
      'are unknown when one side does not know',
      [busy, row({ gpuHours: 1 })],
      undefined,
    ],
    ['stay when the other side has no device', [row({}), busy], 1],
    ['are unknown without devices', [row({}), row({})], undefined],
  ])('%s', async (_, rows, expected) => {
    const result = await merged(...rows);
    expect(result).toHaveLength(1);
    expect(result[0].gpuBusyHours).toBe(expected);
  });
});
