/**
 * Numbers that other cost tools are known to get wrong. Each test is named
 * after what it protects.
 */
import { microsToDecimal, sumMicros } from '@headroom/common';
import { totalOf } from '../money/resourceMicros';
import {
  allocate,
  capacityTotal,
  codes,
  container,
  GIB,
  idleRows,
  node,
  nodesTotal,
  price,
  workloadRows,
} from './__testUtils__/builders';
import { shareCosts } from './shareCosts';

const HOURS = Array.from({ length: 24 }, (_, i) =>
  new Date(Date.UTC(2026, 0, 2, i)).toISOString(),
);

describe('a window is as long as it is (opencost#3164)', () => {
  const day = HOURS.map(hour =>
    allocate({
      hour,
      nodes: [node({ hour })],
      containers: [container({ cpu: [1, 0.5] }, { hour })],
      priceNode: () => price('0.0465'),
    }),
  );

  it('counts 24 hours of a node that was up 24 hours', () => {
    const nodeHours = day.flatMap(({ nodes }) => nodes.map(n => n.nodeHours));
    expect(nodeHours.reduce((a, b) => a + b, 0)).toBe(24);
    expect(sumMicros(day.map(nodesTotal))).toBe(1_116_000n); // 24 × 0.0465
  });

  it('counts 24 core-hours of a request of one core', () => {
    const coreHours = day.flatMap(result =>
      workloadRows(result).map(row => row.cpuCoreHours),
    );
    expect(coreHours.reduce((a, b) => a + b, 0)).toBe(24);
  });

  it('charges a pod that lived shorter than a scrape', () => {
    const result = allocate({
      containers: [container({ run: 20, cpu: [2, 1] })],
    });
    expect(workloadRows(result)[0].cost.cpu).toBe(11_111n); // 4 $ × 40 / 14400
  });
});

describe('idle is never negative, and never clamped (opencost#3359, #3387, #3823)', () => {
  it('shares a node that burst above capacity without making money', () => {
    const result = allocate({
      containers: [
        container({ cpu: [3, 1], memory: [1, 1] }),
        container({ cpu: [1, 3], memory: [1, 1] }, { workload: 'burst' }),
      ],
    });
    expect(idleRows(result)[0].cost.cpu).toBe(0n);
    expect(capacityTotal(result.rows)).toBe(nodesTotal(result));
    expect(codes(result)).toEqual(['overcommitted']);
  });

  it('reports usage counted twice instead of hiding it', () => {
    const result = allocate({
      containers: [
        container({ cpu: [1, 3], memory: [1, 1] }),
        container({ cpu: [1, 3], memory: [1, 1] }, { pod: 'twin' }),
      ],
    });
    expect(capacityTotal(result.rows)).toBe(nodesTotal(result));
    expect(result.problems).toMatchObject([
      { code: 'usage-above-capacity', severity: 'warning' },
    ]);
  });

  it('never charges GPUs of a node that has none (kubecost#1389)', () => {
    const result = allocate({
      containers: [container({ gpu: [1, 1], cpu: [1, 1], memory: [1, 1] })],
    });
    expect(workloadRows(result)[0].cost.gpu).toBe(0n);
    expect(codes(result)).toEqual(['resource-without-capacity']);
  });

  it('reports devices handed out twice (kubecost#1978)', () => {
    const result = allocate({
      nodes: [node({ gpuDevices: 1 })],
      containers: [
        container({ gpu: [1, 0.5] }),
        container({ gpu: [1, 0.5] }, { pod: 'twin', workload: 'twin' }),
      ],
    });
    expect(idleRows(result)[0].cost.gpu).toBe(0n);
    expect(codes(result)).toEqual(['gpu-over-allocated']);
    expect(capacityTotal(result.rows)).toBe(nodesTotal(result));
  });
});

describe('sharing moves money and never loses any (kubecost#2359, opencost#883)', () => {
  const result = allocate({
    nodes: [node({ gpuDevices: 1 })],
    containers: [
      container({ cpu: [1, 1], memory: [2, 2] }, { namespace: 'shop' }),
      container({ cpu: [1, 1], memory: [5, 5] }, { namespace: 'blog' }),
      container({ cpu: [1, 1], memory: [1, 1] }, { namespace: 'kube-system' }),
    ],
    priceNode: () => price('10.000001'),
  });
  const items = result.rows.map((row, i) => ({ ...row, key: `${i}` }));
  const shared = shareCosts(items, {
    sharedNamespaces: ['kube-system'],
    split: 'weighted',
  });
  const carried = items.map((item, i) => ({
    ...item,
    micros:
      totalOf(item.cost) + shared[i].sharedIdle + shared[i].sharedOverhead,
  }));
  const of = (bucket: string) =>
    sumMicros(
      carried.filter(item => item.bucket === bucket).map(item => item.micros),
    );

  it('keeps the total when idle and namespaces are shared together', () => {
    expect(sumMicros(carried.map(item => item.micros))).toBe(10_000_001n);
    expect(carried.find(item => item.namespace === 'kube-system')?.micros).toBe(
      0n,
    );
  });

  it('keeps the idle of a resource nobody consumes on a row of its own', () => {
    const idleGpu = sumMicros(idleRows(result).map(row => row.cost.gpu));
    expect(idleGpu > 0n).toBe(true);
    expect(of('idle')).toBe(idleGpu);
  });
});

describe('small amounts are not nothing (infrawallet, kubecost#1607)', () => {
  it('charges a pod a micro when that is what it costs', () => {
    const result = allocate({
      containers: [container({ cpu: [0.000001, 0], memory: [0, 0] })],
    });
    const { cost } = workloadRows(result)[0];
    expect(cost.cpu).toBe(1n);
    expect(microsToDecimal(cost.cpu)).toBe('0.000001');
  });

  it('sums a hundred thousand rows below a cent to the micro', () => {
    const containers = Array.from({ length: 100_000 }, (_, i) =>
      container(
        { cpu: [0.00003, 0.00001], memory: [0.0001, 0.0001] },
        { pod: `pod-${i}`, workload: `workload-${i}` },
      ),
    );
    const result = allocate({ containers, priceNode: () => price('1.000001') });
    const rows = workloadRows(result);
    expect(rows).toHaveLength(100_000);
    expect(rows.every(row => totalOf(row.cost) < 10_000n)).toBe(true);
    expect(capacityTotal(result.rows)).toBe(1_000_001n);
  });
});

describe('GPUs are charged by what is reserved of them (opencost#3828)', () => {
  const gpuNode = node({ gpuDevices: 1, memoryBytes: 16 * GIB });
  const priceNode = () =>
    price('7', { cpuCore: '0', memoryGib: '0', gpuDevice: '1' });

  it('charges a slice as a slice', () => {
    const result = allocate({
      nodes: [gpuNode],
      priceNode,
      containers: [
        container({ gpu: [1 / 7, 1 / 7] }),
        container({ gpu: [3 / 7, 0] }, { pod: 'b', workload: 'b' }),
      ],
    });
    expect(workloadRows(result).map(row => row.cost.gpu)).toEqual([
      1_000_000n,
      3_000_000n,
    ]);
    expect(idleRows(result)[0].cost.gpu).toBe(3_000_000n);
  });

  it('is as efficient on four devices as on one', () => {
    const usedShare = (devices: number) => {
      const [row] = workloadRows(
        allocate({
          nodes: [node({ gpuDevices: 4 })],
          containers: [container({ gpu: [devices, devices * 0.5] })],
        }),
      );
      return Number(row.used.gpu) / Number(row.cost.gpu);
    };
    expect(usedShare(4)).toBeCloseTo(0.5, 6);
    expect(usedShare(1)).toBeCloseTo(0.5, 6);
  });

  it('tells unallocated from allocated but idle', () => {
    const result = allocate({
      nodes: [node({ gpuDevices: 2 })],
      containers: [container({ gpu: [1, 0] })],
    });
    const [row] = workloadRows(result);
    expect(row.cost.gpu).toBe(idleRows(result)[0].cost.gpu);
    expect(row.gpuBusyHours).toBe(0);
    expect(row.used.gpu).toBe(0n);
    expect(row.unknownUsage).not.toContain('gpu');
  });
});
