import {
  allocate,
  container,
  HALVES,
  price,
} from '../allocation/__testUtils__/builders';
import { demandOf, GIB, poolOf, pricesOf } from './__testUtils__/estimates';
import { estimateMonthly } from './estimateMonthly';
import { ObservedGpu } from './ObservedPool';

const AWS = { cpuCore: '0.9', memoryGib: '0.1', gpuDevice: '9' };
const A10G: ObservedGpu = {
  sharing: 'whole',
  model: 'NVIDIA A10G',
  boardShare: 1,
  memoryBytes: 22.5 * GIB,
};
/** 8 cores and 32 GiB at 0.85 $ the device of 1.2444 $ list: the pool costs 1.212 $. */
const G5 = {
  price: {
    hourlyPrice: '1.212',
    weights: { cpuCore: '0.0345', memoryGib: '0.0037', gpuDevice: '0.85' },
  },
  node: {
    instanceType: 'g5.2xlarge',
    cpuCores: 8,
    memoryBytes: 32 * GIB,
    gpuDevices: 1,
  },
};

const gpuPool = (nodePool: string, gpus: ObservedGpu[], more = {}) =>
  poolOf(G5.price, { ...G5.node, nodePool, ...more }, { gpus });

function unknownOf(
  demand: Parameters<typeof demandOf>[0],
  pools = [poolOf(price('0.192'))],
) {
  const { unknown } = estimateMonthly({
    pods: [demandOf(demand)],
    prices: pricesOf(pools),
  });
  return unknown.map(({ resource, said }) => [resource, said.message]);
}

describe('estimateMonthly', () => {
  it('charges what a replica requests at the split price of the node, 730 hours', () => {
    // 8 $/h over 4 cores and 16 GiB, half and half: 1 $ a core-hour, 0.25 $ a GiB-hour.
    const estimate = estimateMonthly({
      pods: [demandOf()],
      prices: pricesOf([poolOf(price('8', HALVES))]),
    });
    // 0.25 cores × 1 $ and 0.5 GiB × 0.25 $, each × 730.
    expect(estimate).toMatchObject({
      hoursPerMonth: 730,
      minMonthly: {
        currency: 'USD',
        micros: 2n * (182_500_000n + 91_250_000n),
      },
      maxMonthly: { micros: 10n * (182_500_000n + 91_250_000n) },
      byResource: {
        cpu: { min: { micros: 365_000_000n }, max: { micros: 1_825_000_000n } },
        memory: {
          min: { micros: 182_500_000n },
          max: { micros: 912_500_000n },
        },
      },
      unknown: [],
    });
    expect(estimate.pods[0]).toMatchObject({
      name: 'web',
      perReplica: {
        cpu: { micros: 182_500_000n },
        memory: { micros: 91_250_000n },
      },
      prices: [
        { resource: 'cpu', price: '1.000000000', kind: 'measured' },
        { resource: 'memory', price: '0.250000000', kind: 'measured' },
      ],
    });
  });

  it('agrees with the allocation of a container that uses less than it requests', () => {
    const { rows } = allocate({
      containers: [container({ cpu: [0.25, 0.1], memory: [0.5, 0.3] })],
    });
    const row = rows.find(({ bucket }) => bucket === 'workload')!;
    const { pods } = estimateMonthly({
      pods: [demandOf()],
      prices: pricesOf([poolOf(price('8', HALVES))]),
    });
    expect(pods[0].perReplica).toMatchObject({
      cpu: { micros: row.cost.cpu * 730n },
      memory: { micros: row.cost.memory * 730n },
    });
  });

  it('splits an accelerated node as AWS does', () => {
    // p3.16xlarge, 8 GPUs, 64 vCPU, 488 GB at 10 $/h: a GPU-hour is 9 × 10 / 178.4.
    const pool = poolOf(
      { hourlyPrice: '10', weights: AWS },
      {
        instanceType: 'p3.16xlarge',
        cpuCores: 64,
        memoryBytes: 488 * GIB,
        gpuDevices: 8,
      },
    );
    const { pods } = estimateMonthly({
      pods: [demandOf({ gpu: { sharing: 'whole', model: 'V100' } })],
      prices: pricesOf([pool]),
    });
    const [cpu, memory, gpu] = pods[0].prices.map(each => Number(each.price));
    expect(cpu).toBeCloseTo(0.0504484, 7);
    expect(memory).toBeCloseTo(0.00560538, 8);
    expect(gpu).toBeCloseTo(0.504484, 6);
    expect(pods[0].gpuShare).toBe(1);
  });

  it('charges hours that a replica runs, where it does not run always', () => {
    const hourly = pricesOf([poolOf(price('8', HALVES))]);
    const { minMonthly } = estimateMonthly({
      pods: [demandOf({ replicas: { min: 1, max: 1 }, hoursPerMonth: 73 })],
      prices: hourly,
    });
    expect(minMonthly.micros).toBe(18_250_000n + 9_125_000n);
  });

  it('takes spot prices for spot, and those of other nodes for none', () => {
    const prices = pricesOf([
      poolOf(price('8', HALVES)),
      poolOf(price('2', HALVES), { nodePool: 'spot', capacityType: 'spot' }),
      gpuPool('gpu', [A10G]),
    ]);
    const [onDemand, spot] = [false, true].map(isSpot =>
      estimateMonthly({ pods: [demandOf({ spot: isSpot })], prices }),
    );
    expect(spot.maxMonthly.micros * 4n).toBe(onDemand.maxMonthly.micros);
    expect(spot.pods[0].prices[0]).toMatchObject({
      capacityType: 'spot',
      nodePools: ['spot'],
    });
    expect(onDemand.pods[0].prices[0].nodePools).toEqual(['general']);
  });

  it('weighs the pools a pod may land on by what they have', () => {
    const pools = [
      poolOf(price('8', HALVES)),
      poolOf(
        price('16', HALVES),
        { nodePool: 'dear', cpuCores: 8, memoryBytes: 32 * GIB },
        { nodeHours: 3 },
      ),
      poolOf(price('4', HALVES), { nodePool: 'half' }),
    ];
    const { pods } = estimateMonthly({
      pods: [demandOf()],
      prices: pricesOf(pools),
    });
    // 4 + 8 + 2 $ of CPU over 4 + 8 + 4 cores.
    expect(pods[0].prices[0].price).toBe('0.875000000');
    const bound = estimateMonthly({
      pods: [demandOf({ nodePool: 'half' })],
      prices: pricesOf(pools),
    });
    expect(bound.pods[0].prices[0].price).toBe('0.500000000');
  });

  it('leaves out pools whose nodes are too small, unless all are', () => {
    const pools = [
      poolOf(price('8', HALVES)),
      poolOf(price('4', HALVES), {
        nodePool: 'large',
        cpuCores: 16,
        memoryBytes: 64 * GIB,
      }),
    ];
    const poolsOf = (cpuCores: number) =>
      estimateMonthly({
        pods: [demandOf({ cpuCores })],
        prices: pricesOf(pools),
      }).pods[0].prices[0].nodePools;
    expect(poolsOf(6)).toEqual(['large']);
    expect(poolsOf(64)).toEqual(['general', 'large']);
  });

  it('takes what pods are billed at only where there are no machines', () => {
    const billed = poolOf(
      price('4', HALVES),
      { nodePool: 'fargate' },
      { podPlatform: 'eks-fargate' },
    );
    const machines = poolOf(price('8', HALVES));
    const poolsOf = (...pools: ReturnType<typeof poolOf>[]) =>
      estimateMonthly({ pods: [demandOf()], prices: pricesOf(pools) }).pods[0]
        .prices[0].nodePools;
    expect(poolsOf(billed, machines)).toEqual(['general']);
    expect(poolsOf(billed)).toEqual(['fargate']);
  });

  describe('of a GPU', () => {
    const shared = { ...A10G, replicas: 4, sharing: 'time-slicing' } as const;
    const slices: ObservedGpu[] = (
      [
        ['3g.40gb', 0.5, 40],
        ['2g.20gb', 2 / 7, 20],
        ['1g.10gb', 1 / 7, 10],
      ] as const
    ).map(([profile, boardShare, gib]) => ({
      sharing: 'mig',
      model: 'NVIDIA-H100-80GB-HBM3',
      profile,
      boardShare,
      // Drivers keep some of what the name says.
      memoryBytes: gib * GIB * 0.97,
    }));
    const prices = pricesOf([
      gpuPool('gpu', [A10G]),
      gpuPool('gpu-shared', [shared]),
      gpuPool('gpu-mig', slices, { instanceType: 'p5.4xlarge' }),
    ]);
    const shareOf = (gpu: Parameters<typeof demandOf>[0]) => {
      const { pods } = estimateMonthly({ pods: [demandOf(gpu)], prices });
      return [pods[0].gpuShare, pods[0].prices.at(-1)?.nodePools];
    };

    it('charges one of the turns of a board that is shared', () => {
      expect(shareOf({ gpu: { sharing: 'time-slicing' } })).toEqual([
        0.25,
        ['gpu-shared'],
      ]);
    });

    it('charges the smallest slice that has the memory', () => {
      const mig = (gib: number) =>
        shareOf({ gpu: { sharing: 'mig', memoryBytes: gib * GIB } })[0];
      expect([mig(8), mig(10), mig(10.5), mig(16), mig(30)]).toEqual([
        1 / 7,
        1 / 7,
        2 / 7,
        2 / 7,
        0.5,
      ]);
    });

    it('charges whole boards where they are asked for', () => {
      const gpu = {
        sharing: 'whole',
        model: 'NVIDIA-A10G',
        devices: 2,
      } as const;
      expect(shareOf({ gpu })).toEqual([2, ['gpu']]);
    });

    it('knows no price of what is nowhere offered, and says what mends it', () => {
      expect(unknownOf({ gpu: { sharing: 'time-slicing' } })).toEqual([
        [
          'gpu',
          'No node of us-west offered GPUs by time-slicing in the last 7 days, so what a share of one costs is not known. Ask for a whole GPU, or set up sharing in the cluster first.',
        ],
      ]);
      expect(unknownOf({ gpu: { sharing: 'whole' } })).toEqual([
        ['gpu', expect.stringContaining('Name the model, such as NVIDIA-A10G')],
      ]);
      expect(
        unknownOf({ gpu: { sharing: 'whole', model: 'Voodoo 2' } }),
      ).toEqual([
        ['gpu', expect.stringContaining('headroom.prices.gpus: [{ model: …')],
      ]);
      expect(
        unknownOf({ gpu: { sharing: 'mig', memoryBytes: 60 * GIB } }, [
          gpuPool('gpu-mig', slices),
        ]),
      ).toEqual([
        [
          'gpu',
          'A GPU of NVIDIA-H100-80GB-HBM3 has 40Gi of memory, and 60Gi are asked for, so no price is known of one that is large enough. Ask for less memory, or for another model.',
        ],
      ]);
    });

    it('takes the list price of a model that no node has', () => {
      const { pods, unknown } = estimateMonthly({
        pods: [demandOf({ gpu: { sharing: 'whole', model: 'NVIDIA-L4' } })],
        prices: pricesOf(),
      });
      expect(unknown).toEqual([]);
      expect(pods[0].prices.at(-1)).toMatchObject({
        resource: 'gpu',
        kind: 'list',
        gpuModel: 'NVIDIA-L4',
      });
    });
  });

  it('assumes unit prices where no node tells, and says so with the line', () => {
    const estimate = estimateMonthly({
      pods: [demandOf({ spot: true })],
      prices: pricesOf([poolOf(price('8', HALVES))]),
    });
    const [cpu] = estimate.pods[0].prices;
    expect(cpu).toMatchObject({ kind: 'default', price: '0.006655000' });
    expect(cpu.said.message).toBe(
      'No spot node of us-west ran in the last 7 days that tells the price of a core-hour, so a unit price of last resort is assumed. Add what you pay: headroom.prices.unitPrices.spot.cpuCoreHour: ….',
    );
  });

  it('takes what is configured before what is assumed', () => {
    const { pods } = estimateMonthly({
      pods: [demandOf()],
      prices: pricesOf([], {
        books: {
          ...pricesOf().books,
          config: { unitPrices: { 'on-demand': { cpuCoreHour: '0.02' } } },
        },
      }),
    });
    expect(pods[0].prices.map(({ kind }) => kind)).toEqual([
      'config',
      'default',
    ]);
  });

  it('knows nothing of a pool that had no nodes', () => {
    expect(unknownOf({ nodePool: 'nowhere' })).toEqual([
      ['cpu', expect.stringContaining('The node pool nowhere of us-west')],
      ['memory', expect.stringContaining('name one that has nodes')],
    ]);
  });

  it('charges storage at what volumes cost, or at the price of its class', () => {
    const prices = pricesOf([poolOf(price('8', HALVES))], {
      storage: {
        micros: 1_000_000n,
        quantity: { numerator: 10_000n, denominator: 1n },
        day: '2026-11-02',
      },
    });
    const storageOf = (more: Parameters<typeof demandOf>[0]) => {
      const { pods } = estimateMonthly({
        pods: [demandOf({ storageBytes: 10 * GIB, ...more })],
        prices,
      });
      const { perReplica, prices: all } = pods[0];
      return [perReplica.storage?.micros, all.at(-1)?.kind];
    };
    // 0.0001 $ a GiB-hour.
    expect(storageOf({})).toEqual([730_000n, 'measured']);
    expect(storageOf({ storageClass: 'gp3' })[1]).toBe('list');
  });

  it('says everything in sentences of the catalogue', () => {
    const { pods } = estimateMonthly({
      pods: [demandOf()],
      prices: pricesOf([
        poolOf(price('8', HALVES), {}, { priceKind: 'default' }),
      ]),
    });
    expect(pods[0].prices[0].said).toMatchObject({
      wording: { key: 'estimate.measuredAssumed' },
    });
    expect(pods[0].prices[0].said.message).toContain(
      'headroom.prices.nodes: [{ instanceType: …',
    );
  });
});
