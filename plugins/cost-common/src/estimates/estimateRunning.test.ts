import fc from 'fast-check';
import { WorkloadFacts } from '@headroom/common';
import { demandOf, GIB, poolOf, pricesOf } from './__testUtils__/estimates';
import { estimateMonthly } from './estimateMonthly';
import { estimateRunning } from './estimateRunning';
import { ObservedGpu } from './ObservedPool';
import { RunningFacts } from './runningDemand';

const WEIGHTS = { cpuCore: '0.0345', memoryGib: '0.0037', gpuDevice: '0.85' };
const GENERAL = poolOf(
  { hourlyPrice: '0.4', weights: WEIGHTS },
  { nodePool: 'general', cpuCores: 8, memoryBytes: 32 * GIB },
);
const SPOT = poolOf(
  { hourlyPrice: '0.1', weights: WEIGHTS },
  {
    nodePool: 'cheap',
    cpuCores: 8,
    memoryBytes: 32 * GIB,
    capacityType: 'spot',
  },
);
const prices = pricesOf([GENERAL, SPOT]);

type Container = WorkloadFacts['containers'][number];

const container = (more: Partial<Container> = {}): Container => ({
  name: 'app',
  role: 'main',
  spec: { cpuRequestCores: 0.25, memoryRequestBytes: GIB / 2 },
  ...more,
});

function running(
  facts: Partial<WorkloadFacts> = {},
  more: Partial<RunningFacts> = {},
): RunningFacts {
  return {
    cluster: 'us-west',
    othersContainers: [],
    limits: [],
    facts: {
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
      uid: 'u',
      replicas: 2,
      containers: [container()],
      ...facts,
    },
    ...more,
  };
}

const promised = (more: Parameters<typeof demandOf>[0] = {}, given = prices) =>
  estimateMonthly({ pods: [demandOf(more)], prices: given }).minMonthly.micros;

const unknownOf = (facts: RunningFacts, given = prices) =>
  estimateRunning(facts, given).unknown.map(({ resource, said }) => [
    resource,
    said.message,
  ]);

describe('estimateRunning', () => {
  it('costs what the estimate promised for as many replicas', () => {
    const cost = estimateRunning(running(), prices);
    expect(cost.monthly).toBe(promised().toString());
    // A month has 730 hours.
    expect(Number(cost.hourly) * 730).toBeCloseTo(Number(cost.monthly), -4);
    expect(cost).toMatchObject({ replicas: 2, unknown: [], remarks: [] });
    expect(cost.resources.map(({ resource }) => resource)).toEqual([
      'cpu',
      'memory',
    ]);
  });

  it('counts sidecars, and neither init containers nor those of another service', () => {
    const cost = estimateRunning(
      running(
        {
          containers: [
            container(),
            container({ name: 'proxy', role: 'sidecar' }),
            container({ name: 'migrate', role: 'init' }),
            container({ name: 'other' }),
          ],
        },
        { othersContainers: ['other'] },
      ),
      prices,
    );
    expect(cost.monthly).toBe(
      promised({ cpuCores: 0.5, memoryBytes: GIB }).toString(),
    );
  });

  it('takes a limit, or what its namespace gives, for a request that is not set', () => {
    const silent = container({ spec: { cpuLimitCores: 0.25 } });
    const cost = estimateRunning(
      running(
        { containers: [silent] },
        {
          limits: [
            {
              kind: 'LimitRange',
              namespace: 'shop',
              name: 'defaults',
              lines: [
                {
                  type: 'Container',
                  resource: 'memory',
                  defaultRequest: GIB / 2,
                },
              ],
            },
          ],
        },
      ),
      prices,
    );
    expect(cost).toMatchObject({
      monthly: promised().toString(),
      unknown: [],
    });
  });

  it('takes what a pod asks for as a whole, and what its sandbox adds', () => {
    const cost = estimateRunning(
      running({
        containers: [container({ spec: {} })],
        podSpec: { cpuRequestCores: 1, memoryLimitBytes: 2 * GIB },
        podOverhead: { cpuCores: 0.25 },
      }),
      prices,
    );
    expect(cost).toMatchObject({
      monthly: promised({ cpuCores: 1.25, memoryBytes: 2 * GIB }).toString(),
      unknown: [],
    });
  });

  it('says that what is not requested is not known, and never that it is nothing', () => {
    const silent = running({ containers: [container({ spec: {} })] });
    const cost = estimateRunning(silent, prices);
    expect(cost).not.toHaveProperty('monthly');
    expect(cost).not.toHaveProperty('hourly');
    expect(unknownOf(silent)).toEqual([
      [
        'cpu',
        'app of web requests no CPU: what it uses is charged, and is known with its first measured hour.',
      ],
      ['memory', expect.stringContaining('requests no memory')],
    ]);
  });

  it.each([
    ['DaemonSet', 'one pod on every node'],
    ['CronJob', 'only while it has work'],
  ])('does not know how many pods a %s has', (kind, said) => {
    const facts = running({ kind, replicas: undefined });
    const cost = estimateRunning(facts, prices);
    expect(cost).not.toHaveProperty('monthly');
    expect(cost).not.toHaveProperty('replicas');
    expect(unknownOf(facts)).toEqual([
      [undefined, expect.stringContaining(said)],
    ]);
  });

  it('costs nothing with no replicas, whatever they would ask for', () => {
    const none = running({
      replicas: 0,
      containers: [container({ spec: { gpus: { 'nvidia.com/gpu': 1 } } })],
    });
    expect(estimateRunning(none, prices)).toMatchObject({
      replicas: 0,
      hourly: '0',
      monthly: '0',
      unknown: [],
    });
  });

  it('says how many pods wait', () => {
    const { remarks } = estimateRunning(running({ pendingPods: 1 }), prices);
    expect(remarks.map(({ message }) => message)).toEqual([
      '1 pod of web waits for a node, or was evicted from one. The figure counts every replica that is wanted.',
    ]);
  });

  it.each([
    ['its label', { 'karpenter.sh/capacity-type': 'spot' }],
    ['the pool it is bound to', { 'karpenter.sh/nodepool': 'cheap' }],
  ])('is priced as spot by %s', (_, nodeLabels) => {
    const { monthly } = estimateRunning(running({ nodeLabels }), prices);
    expect(monthly).toBe(promised({ spot: true }).toString());
    expect(monthly).not.toBe(promised().toString());
  });

  it('does not know what nodes of a pool cost that is new', () => {
    const nodeLabels = { 'karpenter.sh/nodepool': 'new' };
    const facts = running({ nodeLabels });
    expect(estimateRunning(facts, prices)).not.toHaveProperty('monthly');
    expect(unknownOf(facts)[0][1]).toContain('The node pool new of us-west');
  });

  it('has the volumes that each pod claims', () => {
    const volumeClaims = [{ bytes: 10 * GIB }, { bytes: 2 * GIB }];
    const { monthly, resources } = estimateRunning(
      running({ kind: 'StatefulSet', volumeClaims }),
      prices,
    );
    expect(monthly).toBe(promised({ storageBytes: 12 * GIB }).toString());
    expect(resources.map(({ resource }) => resource)).toContain('storage');
  });

  describe('of GPUs', () => {
    const gpuPool = (nodePool: string, gpus: ObservedGpu[]) =>
      poolOf(
        { hourlyPrice: '1.2', weights: WEIGHTS },
        { nodePool, gpuDevices: 1, cpuCores: 8, memoryBytes: 32 * GIB },
        { gpus },
      );
    const A10G = 'NVIDIA-A10G';
    const gpus = pricesOf([
      GENERAL,
      gpuPool('whole', [{ sharing: 'whole', model: A10G, boardShare: 1 }]),
      gpuPool('turns', [
        { sharing: 'time-slicing', model: A10G, boardShare: 1, replicas: 4 },
      ]),
      gpuPool('slices', [
        {
          sharing: 'mig',
          model: 'NVIDIA-A100',
          profile: '1g.10gb',
          boardShare: 1 / 7,
          memoryBytes: 10 * GIB,
        },
      ]),
    ]);
    const asking = (resource: string, more: Partial<WorkloadFacts> = {}) =>
      running({
        containers: [
          container({
            spec: { ...container().spec, gpus: { [resource]: 1 } },
          }),
        ],
        ...more,
      });

    it.each<
      [string, string, Record<string, string>, Parameters<typeof demandOf>[0]]
    >([
      ['a whole board', 'nvidia.com/gpu', {}, { gpu: { sharing: 'whole' } }],
      [
        'a turn, by the product of its nodes',
        'nvidia.com/gpu',
        { 'nvidia.com/gpu.product': `${A10G}-SHARED` },
        { gpu: { sharing: 'time-slicing', model: A10G } },
      ],
      [
        'a turn, by what its pool offers',
        'nvidia.com/gpu',
        { 'karpenter.sh/nodepool': 'turns' },
        { gpu: { sharing: 'time-slicing' }, nodePool: 'turns' },
      ],
      [
        'a turn, by the name of the resource',
        'nvidia.com/gpu.shared',
        {},
        { gpu: { sharing: 'time-slicing' } },
      ],
      [
        'a slice',
        'nvidia.com/mig-1g.10gb',
        {},
        { gpu: { sharing: 'mig', memoryBytes: 10 * GIB } },
      ],
    ])('prices %s as the form does', (_, resource, nodeLabels, as) => {
      const cost = estimateRunning(asking(resource, { nodeLabels }), gpus);
      expect(cost).toMatchObject({
        monthly: promised(as, gpus).toString(),
        unknown: [],
      });
      expect(cost.resources.map(each => each.resource)).toContain('gpu');
    });

    it('does not know what a unit of another scheduler is, and prices the rest', () => {
      const facts = asking('volcano.sh/vgpu-number');
      expect(unknownOf(facts, gpus)).toEqual([
        ['gpu', expect.stringContaining('one volcano.sh/vgpu-number of web')],
      ]);
      expect(estimateRunning(facts, gpus).resources).not.toHaveLength(0);
    });

    it('does not know what GPUs under several names cost together', () => {
      const both = { 'nvidia.com/gpu': 1, 'nvidia.com/mig-1g.10gb': 1 };
      const facts = running({
        containers: [container({ spec: { gpus: both } })],
      });
      expect(unknownOf(facts, gpus).map(([resource]) => resource)).toContain(
        'gpu',
      );
    });
  });

  it('costs as many times more as there are replicas, whatever they request', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 50 }),
        fc.integer({ min: 1, max: 16_000 }),
        fc.integer({ min: 1, max: 65_536 }),
        (replicas, millicores, mebibytes) => {
          const of = (count: number) =>
            BigInt(
              estimateRunning(
                running({
                  replicas: count,
                  containers: [
                    container({
                      spec: {
                        cpuRequestCores: millicores / 1000,
                        memoryRequestBytes: mebibytes * 2 ** 20,
                      },
                    }),
                  ],
                }),
                prices,
              ).monthly!,
            );
          expect(of(replicas)).toBe(of(1) * BigInt(replicas));
        },
      ),
    );
  });
});
