import { answer, hoursFromNoon, node } from '../__testUtils__/answers';
import { readNodeAssets, splitNodesBySpan } from './readNodeAssets';

const HOURS = hoursFromNoon(3);
const WINDOW = { start: HOURS[0].start, end: HOURS[2].end };

function read(data: unknown) {
  return readNodeAssets(answer(data), WINDOW, 'eu-west-9', 'OpenCost');
}

describe('readNodeAssets', () => {
  it('reads kind, place and cost of nodes, and no disks', () => {
    const { nodes, problems } = read({
      a: node(WINDOW),
      b: { type: 'Disk', totalCost: 'whatever' },
    });
    expect(problems).toEqual([]);
    expect(nodes).toMatchObject([
      {
        name: 'node-1',
        minutes: 180,
        instanceType: 'm5.xlarge',
        nodePool: 'general',
        region: 'eu-central-1',
        capacityType: 'on-demand',
        gpuDeviceHours: 0,
        cost: { cpu: 360_000n, memory: 120_000n, gpu: 0n },
      },
    ]);
  });

  it('falls back to the kind of node as pool and to the cluster region', () => {
    const { nodes } = read([{ a: node(WINDOW, { labels: null }) }]);
    expect(nodes[0]).toMatchObject({
      nodePool: 'm5.xlarge',
      region: 'eu-west-9',
    });
  });

  it.each([
    ['preemptible', { preemptible: 1 }],
    ['Karpenter', { labels: { label_karpenter_sh_capacity_type: 'spot' } }],
    ['EKS', { labels: { eks_amazonaws_com_capacityType: 'SPOT' } }],
    [
      'EKS, from newer kube-state-metrics',
      { labels: { label_eks_amazonaws_com_capacity_type: 'SPOT' } },
    ],
    ['kOps', { labels: { label_node_kubernetes_io_lifecycle: 'spot' } }],
  ])('knows spot by %s', (_, overrides) => {
    expect(read([{ a: node(WINDOW, overrides) }]).nodes[0].capacityType).toBe(
      'spot',
    );
  });

  it('puts discount and adjustment into the parts, so that they sum to the total', () => {
    const { nodes } = read([
      {
        a: node(WINDOW, {
          cpuCost: 0.3,
          ramCost: 0.1,
          gpuCost: 1,
          adjustment: -0.04,
          totalCost: 1.32,
        }),
      },
    ]);
    expect(nodes[0].cost).toEqual({
      cpu: 240_000n,
      memory: 80_000n,
      gpu: 1_000_000n,
    });
  });

  it('reads GPU hours in both spellings', () => {
    const later = { GPUHours: undefined, gpuHours: 6 };
    expect(read([{ a: node(WINDOW, later) }]).nodes[0].gpuDeviceHours).toBe(6);
    expect(
      read([{ a: node(WINDOW, { GPUHours: 3 }) }]).nodes[0].gpuDeviceHours,
    ).toBe(3);
  });

  it.each([
    ['a null cost', { cpuCost: null }, 'null or missing'],
    ['no total', { totalCost: undefined }, 'null or missing'],
    [
      'a day',
      {
        window: { start: '2026-03-02T00:00:00Z', end: '2026-03-03T00:00:00Z' },
      },
      'is of 24 h, more than the 3 h asked for',
    ],
  ])('does not know the cost of a node with %s', (_, overrides, message) => {
    const { nodes, problems } = read([{ a: node(WINDOW, overrides) }]);
    expect(nodes).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'opencost-node-unknown', subject: 'node-1', severity: 'error' },
    ]);
    expect(problems[0].message).toContain(message);
  });
});

describe('splitNodesBySpan', () => {
  it('spreads a node over the hours it was counted, to the micro', () => {
    const { nodes } = read([
      {
        a: node(WINDOW, {
          // From the middle of the first hour.
          start: '2026-03-02T12:30:00Z',
          minutes: 150,
          cpuCost: 0.000101,
          ramCost: 0,
          totalCost: 0.000101,
        }),
      },
    ]);
    const shares = [...splitNodesBySpan(nodes, HOURS).values()].map(
      ([share]) => share,
    );
    expect(shares.map(({ minutes }) => minutes)).toEqual([30, 60, 60]);
    const costs = shares.map(({ cost }) => cost.cpu);
    expect(costs.reduce((a, b) => a + b)).toBe(101n);
    expect(costs[0]).toBe(20n);
  });

  it('is nowhere when it was counted elsewhere', () => {
    const { nodes } = read([{ a: node(WINDOW) }]);
    const later = HOURS.map(({ start, end }) => ({
      start: start + 36_000_000,
      end: end + 36_000_000,
    }));
    expect([...splitNodesBySpan(nodes, later).values()]).toEqual([[], [], []]);
  });
});
