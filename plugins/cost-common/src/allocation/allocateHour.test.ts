import {
  allocate,
  capacityTotal,
  codes,
  container,
  GIB,
  HALVES,
  HOUR,
  idleRows,
  node,
  nodesTotal,
  price,
  workloadRows,
} from './__testUtils__/builders';
import { builtInPriceBook } from '../prices/builtInPriceBook';
import { createVolumePricer } from '../prices/volumePricer';
import { allocateHour } from './allocateHour';

const DOLLAR = 1_000_000n;

describe('allocateHour', () => {
  it('charges max(request, usage) and leaves the rest idle', () => {
    const result = allocate({
      containers: [container({ cpu: [1, 0.5], memory: [2, 4] })],
    });
    const [row] = workloadRows(result);
    expect(row).toMatchObject({
      hour: HOUR,
      bucket: 'workload',
      namespace: 'shop',
      workloadKind: 'Deployment',
      workload: 'api',
      container: 'main',
      capacityType: 'on-demand',
      region: 'us-west-2',
      cpuCoreHours: 1,
      cpuRequestCoreHours: 1,
      cpuUsageCoreHours: 0.5,
      memoryByteHours: 4 * GIB,
      memoryRequestByteHours: 2 * GIB,
      memoryUsageByteHours: 4 * GIB,
    });
    // 4 $ a resource: a quarter of the cores, a quarter of the memory.
    expect(row.cost).toMatchObject({ cpu: DOLLAR, memory: DOLLAR, gpu: 0n });
    expect(row.used).toMatchObject({ cpu: DOLLAR / 2n, memory: DOLLAR });
    expect(idleRows(result)).toMatchObject([
      {
        namespace: '__idle__',
        workloadKind: 'Idle',
        workload: 'general',
        container: '',
        cost: { cpu: 3n * DOLLAR, memory: 3n * DOLLAR },
        used: { cpu: 0n, memory: 0n },
        cpuCoreHours: 3,
        memoryByteHours: 12 * GIB,
      },
    ]);
    expect(result.problems).toEqual([]);
    expect(result.workloads).toEqual([
      {
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'api',
        container: 'main',
        labels: { app: 'api' },
      },
    ]);
  });

  it('sums pods of a workload, apart by capacity type', () => {
    const result = allocate({
      nodes: [node(), node({ node: 'spot-1', capacityType: 'spot' })],
      containers: [
        container({ cpu: [1, 1] }),
        container({ cpu: [2, 1] }, { pod: 'api-2' }),
        container({ cpu: [1, 0] }, { pod: 'api-3', node: 'spot-1' }),
      ],
    });
    expect(
      workloadRows(result).map(row => [row.capacityType, row.cpuCoreHours]),
    ).toEqual([
      ['on-demand', 3],
      ['spot', 1],
    ]);
    expect(result.workloads).toHaveLength(1);
  });

  it('adds nodes of a kind, and keeps kinds apart', () => {
    const { nodes } = allocate({
      nodes: [
        node(),
        node({ node: 'node-2', upSeconds: 1800 }),
        node({ node: 'gpu-1', nodePool: 'gpu', gpuDevices: 2 }),
      ],
      priceNode: given => price(given.gpuDevices > 0 ? '16' : '8', HALVES),
    });
    expect(nodes).toMatchObject([
      { nodePool: 'gpu', nodeHours: 1, gpuDeviceHours: 2, hourlyPrice: '16' },
      {
        nodePool: 'general',
        nodeHours: 1.5,
        cpuCoreHours: 6,
        memoryByteHours: 24 * GIB,
        cost: { cpu: 6n * DOLLAR, memory: 6n * DOLLAR },
      },
    ]);
  });

  it('pays a pod from the moment it was bound, for as long as it was', () => {
    const result = allocate({
      containers: [container({ run: 900, cpu: [4, 0], memory: [0, 0] })],
    });
    expect(workloadRows(result)[0].cost.cpu).toBe(DOLLAR);
    expect(idleRows(result)[0].cost.cpu).toBe(3n * DOLLAR);
  });

  it('splits a node that came mid-hour by the time it was there', () => {
    const result = allocate({
      nodes: [node({ upSeconds: 1800 })],
      containers: [container({ run: 1800, cpu: [2, 0], memory: [0, 0] })],
    });
    expect(workloadRows(result)[0].cost.cpu).toBe(DOLLAR);
    expect(idleRows(result)[0].cost).toMatchObject({
      cpu: DOLLAR,
      memory: 2n * DOLLAR,
    });
    expect(result.problems).toEqual([]);
  });

  it('charges nothing for a pending pod, and still knows its workload', () => {
    const result = allocate({
      containers: [container({ run: 0, cpu: [1] }, { node: undefined })],
    });
    expect(workloadRows(result)).toEqual([]);
    expect(result.workloads).toHaveLength(1);
    expect(result.problems).toEqual([]);
  });

  describe('of GPUs', () => {
    const gpuNode = node({ gpuDevices: 4 });
    const priceNode = () =>
      price('24', { cpuCore: '1', memoryGib: '0.25', gpuDevice: '4' });

    it('charges what is reserved, and counts busy time as used', () => {
      const result = allocate({
        nodes: [gpuNode],
        priceNode,
        containers: [container({ gpu: [2, 0.5], cpu: [0, 0], memory: [0, 0] })],
      });
      expect(workloadRows(result)[0]).toMatchObject({
        cost: { gpu: 8n * DOLLAR },
        used: { gpu: 2n * DOLLAR },
        gpuHours: 2,
        gpuBusyHours: 0.5,
      });
      expect(idleRows(result)[0]).toMatchObject({
        cost: { gpu: 8n * DOLLAR },
        gpuHours: 2,
      });
    });

    it('does not take a missing reading for an unused GPU', () => {
      const result = allocate({
        nodes: [gpuNode],
        priceNode,
        containers: [
          container({ gpu: [1, 1], cpu: [1, 1], memory: [1, 1] }),
          container(
            { gpu: [1], cpu: [1, 1], memory: [1, 1] },
            { pod: 'api-2' },
          ),
        ],
      });
      const [row] = workloadRows(result);
      expect(row.unknownUsage).toEqual(['gpu']);
      expect(row.gpuBusyHours).toBeUndefined();
      expect(row.cost.gpu).toBe(8n * DOLLAR);
      expect(row.used.gpu).toBe(0n);
    });

    it.each([
      ['gpu-over-allocated', [3, 1], [2, 1], [24n, 16n]],
      ['gpu-busy-above-reserved', [1, 2], [1, 1], [10n, 10n]],
    ] as const)('reports %s', (code, one, other, ratio) => {
      const result = allocate({
        nodes: [gpuNode],
        priceNode,
        containers: [
          container({ gpu: [...one] }),
          container({ gpu: [...other] }, { workload: 'other', pod: 'other-1' }),
        ],
      });
      expect(codes(result)).toEqual([code]);
      const [a, b] = workloadRows(result).map(row => row.cost.gpu);
      expect(a * ratio[1]).toBe(b * ratio[0]);
      expect(capacityTotal(result.rows)).toBe(nodesTotal(result));
    });
  });

  describe('when the source contradicts itself', () => {
    it('shares an overcommitted node in proportion, and says so', () => {
      const result = allocate({
        containers: [
          container({ cpu: [2, 4], memory: [1, 1] }),
          container({ cpu: [4, 0], memory: [1, 1] }, { workload: 'b' }),
        ],
      });
      expect(workloadRows(result).map(row => row.cost.cpu)).toEqual([
        2n * DOLLAR,
        2n * DOLLAR,
      ]);
      expect(idleRows(result)[0].cost.cpu).toBe(0n);
      expect(result.problems).toMatchObject([
        {
          code: 'overcommitted',
          severity: 'info',
          subject: 'node-1 cpu',
          hour: HOUR,
          message: expect.stringContaining('200 % of its cpu'),
        },
      ]);
    });

    it('reports usage above capacity beyond a percent', () => {
      const use = (cores: number) =>
        codes(allocate({ containers: [container({ cpu: [1, cores] })] }));
      expect(use(4.2)).toEqual(['usage-above-capacity']);
      expect(use(4.03)).toEqual(['overcommitted']);
      expect(use(4)).toEqual([]);
    });

    it('does not take the dust of doubles for overcommitment', () => {
      expect(1.1 * 3600 + 2.2 * 3600).toBeGreaterThan(3.3 * 3600);
      const result = allocate({
        nodes: [node({ cpuCores: 3.3 })],
        containers: [
          container({ cpu: [1.1, 0] }),
          container({ cpu: [2.2, 0] }, { pod: 'api-2' }),
        ],
      });
      expect(codes(result)).toEqual([]);
    });

    it('lets a container outlive its node by a minute', () => {
      const outlive = (seconds: number) =>
        codes(
          allocate({
            nodes: [node({ upSeconds: 1800 })],
            containers: [container({ run: 1800 + seconds })],
          }),
        );
      expect(outlive(60)).toEqual([]);
      expect(outlive(61)).toEqual(['ran-longer-than-node']);
    });

    it('reports containers on a node nobody lists, once a node', () => {
      const result = allocate({
        containers: [
          container({ cpu: [1, 1] }, { node: 'ghost' }),
          container({ cpu: [1, 1] }, { node: 'ghost', pod: 'api-2' }),
        ],
      });
      expect(workloadRows(result)).toEqual([]);
      expect(result.problems).toMatchObject([
        {
          code: 'unknown-node',
          severity: 'error',
          subject: 'ghost',
          message: expect.stringMatching(/^2 container/),
        },
      ]);
    });

    it.each([
      ['ran-longer-than-node', node({ upSeconds: 600 }), container()],
      [
        'resource-without-capacity',
        node({ cpuCores: 0 }),
        container({ cpu: [1, 1] }),
      ],
      ['invalid-node', node({ node: 'bad', memoryBytes: NaN }), container()],
      [
        'node-without-capacity',
        node({ cpuCores: 0, memoryBytes: 0 }),
        container(),
      ],
      ['node-up-longer-than-hour', node({ upSeconds: 4000 }), container()],
      ['invalid-quantity', node(), container({ cpu: [-1, 1] })],
      ['invalid-quantity', node(), container({ memory: [1, NaN] })],
    ])('reports %s', (code, oneNode, oneContainer) => {
      const result = allocate({
        nodes: oneNode.node === 'bad' ? [node(), oneNode] : [oneNode],
        containers: [oneContainer],
      });
      expect(codes(result)).toEqual([code]);
      expect(capacityTotal(result.rows)).toBe(nodesTotal(result));
    });

    it('pays a node that left and came back, and reports one listed twice', () => {
      const half = node({ upSeconds: 1800 });
      const back = allocate({ nodes: [half, half] });
      expect(nodesTotal(back)).toBe(8n * DOLLAR);
      expect(codes(back)).toEqual([]);
      const twice = allocate({ nodes: [node(), node()] });
      expect(codes(twice)).toEqual(['duplicate-node']);
      expect(capacityTotal(twice.rows)).toBe(nodesTotal(twice));
    });

    it('keeps a usage nobody reported apart from none', () => {
      const [row] = workloadRows(
        allocate({ containers: [container({ cpu: [1], memory: [1, 0] })] }),
      );
      expect(row.unknownUsage).toEqual(['cpu']);
    });
  });

  describe('by slots of five minutes', () => {
    const slots = (cpuChargedCoreSeconds: number) =>
      allocate({
        containers: [
          { ...container({ cpu: [1, 0.5] }), cpuChargedCoreSeconds },
        ],
      });
    const charged = (result: ReturnType<typeof allocate>) =>
      workloadRows(result)[0].cpuCoreHours;

    it('charges what the source saw closer than the hour', () => {
      expect(charged(slots(4500))).toBe(1.25);
      expect(codes(slots(4500))).toEqual([]);
    });

    it.each([3000, 6000, -1, NaN])(
      'charges the hour, and says so, for %d',
      wrong => {
        expect(charged(slots(wrong))).toBe(1);
        expect(codes(slots(wrong))).toHaveLength(1);
      },
    );
  });

  describe('of volumes', () => {
    const volume = {
      hour: HOUR,
      namespace: 'shop',
      claim: 'data',
      region: 'us-west-2',
      capacityByteSeconds: 3 * GIB * 3600,
    };
    const containers = [
      container({ cpu: [1, 1] }),
      container({ cpu: [1, 1] }, { container: 'sidecar' }),
      container({ cpu: [1, 1] }, { pod: 'web-1', workload: 'web' }),
    ];

    it('charges the pods that mounted them evenly', () => {
      const result = allocate({
        containers,
        volumes: [{ ...volume, pods: ['web-1', 'gone', 'api-1', 'web-1'] }],
        priceVolume: () => ({ gibHourPrice: '0.000001', kind: 'config' }),
      });
      expect(
        result.rows
          .filter(row => row.cost.storage > 0n)
          .map(row => [row.workload, row.container, row.cost.storage]),
      ).toEqual([
        ['api', '', 2n],
        ['web', '', 1n],
      ]);
      expect(
        result.rows.reduce((sum, row) => sum + row.storageByteHours, 0),
      ).toBe(3 * GIB);
      expect(result.workloads).toContainEqual({
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'api',
        container: '',
        labels: { app: 'api' },
      });
    });

    it.each([
      ['nobody', [], []],
      ['a pod nobody knows', ['gone'], ['unknown-pod']],
    ])('leaves what %s mounted on a row of its own', (_, pods, expected) => {
      const result = allocate({ containers, volumes: [{ ...volume, pods }] });
      expect(idleRows(result)).toContainEqual(
        expect.objectContaining({
          workload: '__unmounted__',
          region: 'us-west-2',
          cost: expect.objectContaining({ storage: 1_500_000n }),
          storageByteHours: 3 * GIB,
        }),
      );
      expect(codes(result)).toEqual(expected);
    });

    it.each([
      ['59 to 1, an instant of two divided', [3540, 60], 3600, [118n, 2n, 0n]],
      ['the rest of its time to nobody', [900, 900], 3600, [30n, 30n, 60n]],
      [
        'a claim that was there for half of the hour',
        [1800, 0],
        1800,
        [120n, 0n, 0n],
      ],
      ['more seconds than there are', [3600, 3600], 3600, [60n, 60n, 0n]],
    ])('charges %s', (_, podSeconds, existedSeconds, expected) => {
      const result = allocate({
        containers,
        volumes: [
          { ...volume, pods: ['api-1', 'web-1'], podSeconds, existedSeconds },
        ],
        priceVolume: () => ({ gibHourPrice: '0.00004', kind: 'config' }),
      });
      const storage = (workload: string) =>
        result.rows
          .filter(row => row.workload === workload)
          .reduce((sum, row) => sum + row.cost.storage, 0n);
      expect(['api', 'web', '__unmounted__'].map(storage)).toEqual(expected);
      expect(
        result.rows.reduce((sum, row) => sum + row.storageByteHours, 0),
      ).toBeCloseTo(3 * GIB, 3);
    });

    it('shares evenly, and says so, when seconds of pods can not be', () => {
      const result = allocate({
        containers,
        volumes: [
          { ...volume, pods: ['api-1', 'web-1'], podSeconds: [-5, 10] },
        ],
      });
      expect(codes(result)).toEqual(['invalid-quantity']);
    });

    it('reports a size that can not be', () => {
      const result = allocate({
        volumes: [{ ...volume, capacityByteSeconds: NaN, pods: [] }],
      });
      expect(codes(result)).toEqual(['invalid-quantity']);
    });
  });

  describe('of traffic', () => {
    const network = {
      hour: HOUR,
      namespace: 'shop',
      pod: 'api-1',
      internetBytes: 5,
      crossZoneBytes: 2,
    };

    it("charges the pod's workload, as used", () => {
      const result = allocate({
        containers: [container({ cpu: [1, 1], memory: [1, 1] })],
        network: [network],
        priceNetwork: () => 7n,
      });
      expect(workloadRows(result)).toContainEqual(
        expect.objectContaining({
          workload: 'api',
          container: '',
          networkBytes: 7,
          cost: expect.objectContaining({ network: 7n }),
          used: expect.objectContaining({ network: 7n }),
        }),
      );
    });

    it('stays with a pod that is known by name only', () => {
      const result = allocate({ network: [network], priceNetwork: () => 7n });
      expect(workloadRows(result)).toMatchObject([
        { workloadKind: 'Pod', workload: 'api-1', cost: { network: 7n } },
      ]);
      expect(codes(result)).toEqual(['unknown-pod']);
    });
  });

  it('charges no volume whose size is not what is paid for, and says so', () => {
    const result = allocateHour({
      hour: HOUR,
      nodes: [],
      containers: [],
      volumes: (['shared', 'node'] as const).map(backing => ({
        hour: HOUR,
        namespace: 'shop',
        claim: backing,
        storageClass: 'efs-sc',
        backing,
        capacityByteSeconds: 2 ** 63,
        pods: [],
      })),
      network: [],
      priceNode: () => price('1'),
      priceVolume: () => undefined,
      priceNetwork: () => 0n,
    });
    expect(result.rows).toEqual([]);
    expect(
      result.problems.map(({ code, severity, subject }) => [
        code,
        severity,
        subject,
      ]),
    ).toEqual([
      ['volume-unpriced', 'warning', 'shop/shared'],
      ['volume-of-node', 'info', 'shop/node'],
    ]);
    expect(result.problems[0].message).toContain(
      'A price of its storage class efs-sc under headroom.prices.storageClasses',
    );
  });

  it('charges a volume of an unknown class the price of last resort, and says so', () => {
    const priced = createVolumePricer({ builtIn: builtInPriceBook });
    const volume = (claim: string, storageClass: string) => ({
      hour: HOUR,
      namespace: 'shop',
      claim,
      storageClass,
      capacityByteSeconds: 730 * GIB * 3600,
      pods: [],
    });
    const result = allocateHour({
      hour: HOUR,
      nodes: [node({ region: 'eu-west-1' })],
      containers: [],
      volumes: [volume('a', 'rook-ceph'), volume('b', 'gp3')],
      network: [],
      priceNode: () => price('1'),
      priceVolume: priced,
      priceNetwork: () => 0n,
    });
    const storage = result.rows.map(({ cost }) => cost.storage);
    expect(storage.reduce((sum, each) => sum + each)).toBe(40_000n + 80_000n);
    // Neither volume says where it is; all nodes are in one region.
    expect(
      result.problems.map(({ code, severity }) => [code, severity]),
    ).toEqual([
      ['default-storage-price', 'warning'],
      ['list-price-elsewhere', 'info'],
    ]);
  });

  it('of nothing is nothing', () => {
    const empty = { nodes: [], containers: [], volumes: [], network: [] };
    expect(
      allocateHour({
        hour: HOUR,
        ...empty,
        priceNode: () => price('1'),
        priceVolume: () => ({ gibHourPrice: '1', kind: 'config' }),
        priceNetwork: () => 0n,
      }),
    ).toEqual({ rows: [], pods: [], nodes: [], workloads: [], problems: [] });
  });
});
