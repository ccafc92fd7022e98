import fc from 'fast-check';
import { clusterHour, hourlyPrice } from './__testUtils__/arbitraries';
import { allocate, container, node, price } from './__testUtils__/builders';
import { totalOf } from '../money/resourceMicros';
import { sumPods } from './sumPods';

describe('the pods of an hour', () => {
  it('are charged each for itself, and idle is that of each node', () => {
    const { pods, rows } = allocate({
      nodes: [node(), node({ node: 'node-2' })],
      containers: [
        container({ cpu: [1, 0.5] }),
        container({ cpu: [3, 1] }, { pod: 'api-2', node: 'node-2' }),
      ],
      priceNode: () =>
        price('4', { cpuCore: '1', memoryGib: '0', gpuDevice: '0' }),
    });
    expect(
      pods.map(({ pod, node: on, cost }) => [pod, on, totalOf(cost)]),
    ).toEqual([
      ['', 'node-1', 3_000_000n],
      ['', 'node-2', 1_000_000n],
      ['api-1', 'node-1', 1_000_000n],
      ['api-2', 'node-2', 3_000_000n],
    ]);
    expect(rows.map(({ cost }) => totalOf(cost))).toEqual([
      4_000_000n,
      4_000_000n,
    ]);
    expect(rows[1]).toMatchObject({
      cpuRequestCoreHours: 4,
      cpuUsageCoreHours: 1.5,
    });
    expect(rows[1]).not.toHaveProperty('pod');
  });

  it('make the usage of their workload unknown when one has no reading', () => {
    const { pods, rows } = allocate({
      nodes: [node()],
      containers: [
        container({ cpu: [1, 0.5], memory: [1, 1] }),
        container({ cpu: [1], memory: [1, 1] }, { pod: 'api-2' }),
      ],
      priceNode: () => price('1'),
    });
    const [known] = pods.filter(({ pod }) => pod === 'api-1');
    expect(known.unknownUsage).toBeUndefined();
    const [row] = rows.filter(({ bucket }) => bucket === 'workload');
    expect(row).toMatchObject({
      unknownUsage: ['cpu'],
      used: { cpu: 0n, memory: expect.any(BigInt) },
    });
    expect(row.used.memory).toBeGreaterThan(0n);
  });

  it('sum to the same rows in any order', () => {
    fc.assert(
      fc.property(clusterHour, hourlyPrice, (cluster, hourly) => {
        const { pods, rows } = allocate({
          ...cluster,
          priceNode: () => price(hourly),
        });
        const costs = (of: typeof rows) =>
          of
            .map(
              ({
                namespace,
                workload,
                container: name,
                region,
                capacityType,
                bucket,
                cost,
              }) =>
                [
                  bucket,
                  namespace,
                  workload,
                  name,
                  region,
                  capacityType,
                  totalOf(cost),
                ].join(' '),
            )
            .sort();
        expect(costs(sumPods([...pods].reverse()))).toEqual(costs(rows));
      }),
    );
  });
});
