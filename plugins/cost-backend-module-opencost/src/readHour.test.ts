import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import {
  answer,
  container,
  hoursFromNoon,
  idle,
  node,
} from './__testUtils__/answers';
import { readNodeAssets } from './answer/readNodeAssets';
import { readAllocations } from './answer/readAllocations';
import { readHour } from './readHour';

const [HOUR] = hoursFromNoon(1);

function read(
  items: Record<string, unknown>,
  nodes: Record<string, unknown> = { n: node(HOUR) },
  gpuMeasured = true,
) {
  const { items: bySpan } = readAllocations(
    answer([items]),
    [HOUR],
    'OpenCost',
  );
  const assets = readNodeAssets(answer(nodes), HOUR, 'eu-west-9', 'OpenCost');
  const hour = readHour({
    span: HOUR,
    items: bySpan.get(HOUR.start) ?? [],
    nodes: assets.nodes,
    region: 'eu-west-9',
    currency: 'EUR',
    gpuMeasured,
    what: 'OpenCost',
  });
  if (!hour) {
    throw new Error('The hour is missing');
  }
  for (const { message, wording } of hour.problems) {
    expect(inEnglish(wording)).toBe(message);
  }
  return hour;
}

const codesOf = ({ problems }: { problems: Array<{ code: string }> }) =>
  problems.map(({ code }) => code);

describe('rows', () => {
  it('book a container by resource, with what it used', () => {
    const hour = read({
      a: container(HOUR, {
        cpuCostAdjustment: -0.02,
        pvCost: 0.003,
        pvByteHours: 700,
        networkCost: 0.001,
        loadBalancerCost: 0.0005,
        networkTransferBytes: 10,
        networkReceiveBytes: 5,
        totalCost: 0.0645,
      }),
    });
    expect(hour.rows).toEqual([
      {
        hour: '2026-03-02T12:00:00.000Z',
        bucket: 'workload',
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'cart',
        container: 'app',
        capacityType: 'on-demand',
        region: 'eu-central-1',
        cost: {
          cpu: 40_000n,
          memory: 20_000n,
          gpu: 0n,
          storage: 3_000n,
          network: 1_500n,
        },
        used: {
          cpu: 20_000n,
          memory: 10_000n,
          gpu: 0n,
          storage: 3_000n,
          network: 1_500n,
        },
        cpuCoreHours: 2,
        cpuRequestCoreHours: 2,
        cpuUsageCoreHours: 1,
        memoryByteHours: 4_000,
        memoryRequestByteHours: 4_000,
        memoryUsageByteHours: 2_000,
        gpuHours: 0,
        storageByteHours: 700,
        networkBytes: 15,
      },
    ]);
    expect(hour.problems).toEqual([]);
  });

  it('add up the pods of a workload on one kind of capacity', () => {
    const hour = read({
      a: container(HOUR),
      b: container(HOUR, { properties: { pod: 'cart-7d4b9-abc' } }),
    });
    expect(hour.rows).toHaveLength(1);
    expect(hour.rows[0].cost.cpu).toBe(120_000n);
    expect(hour.rows[0].cpuUsageCoreHours).toBe(2);
  });

  it('keep spot and on-demand apart', () => {
    const hour = read(
      {
        a: container(HOUR),
        b: container(HOUR, { properties: { node: 'node-2' } }),
      },
      {
        n1: node(HOUR),
        n2: node(HOUR, {
          properties: { cluster: 'eu', name: 'node-2' },
          preemptible: 1,
        }),
      },
    );
    expect(hour.rows.map(row => row.capacityType)).toEqual([
      'on-demand',
      'spot',
    ]);
  });

  it('count averages over the minutes a container ran', () => {
    const [row] = read({
      a: container(HOUR, {
        end: '2026-03-02T12:15:00Z',
        minutes: 15,
        cpuCoreHours: 0.5,
      }),
      b: idle(HOUR),
    }).rows;
    expect(row.cpuUsageCoreHours).toBe(0.25);
    expect(row.used.cpu).toBe(30_000n);
  });

  it('never use more than is paid', () => {
    const [row] = read({ a: container(HOUR, { cpuCoreUsageAverage: 9 }) }).rows;
    expect(row.used.cpu).toBe(row.cost.cpu);
  });

  it.each([null, undefined])('know nothing of usage that is %p', value => {
    const [row] = read({
      a: container(HOUR, { cpuCoreUsageAverage: value }),
    }).rows;
    expect(row.unknownUsage).toEqual(['cpu']);
    expect(row.used).toMatchObject({ cpu: 0n, memory: 10_000n });
  });

  it('know nothing of a row when one of its parts says nothing, in either order', () => {
    const known = container(HOUR);
    const unknown = container(HOUR, { cpuCoreUsageAverage: null });
    for (const items of [
      { known, unknown },
      { unknown, known },
    ]) {
      const [row] = read(items).rows;
      expect(row.unknownUsage).toEqual(['cpu']);
      expect(row.used.cpu).toBe(0n);
    }
  });

  it('stand for the pod when it has no controller', () => {
    const controller = { controllerKind: null, controller: null };
    const [row] = read({ a: container(HOUR, { properties: controller }) }).rows;
    expect(row).toMatchObject({
      workloadKind: 'Pod',
      workload: 'cart-7d4b9-x2v',
    });
  });
});

describe('GPU', () => {
  const gpu = { gpuHours: 2, gpuCost: 1, totalCost: 1.08 };

  it.each([
    ['beside the hours', { gpuUsageAverage: 0.25 }],
    ['in gpuAllocation', { gpuAllocation: { gpuUsageAverage: 0.25 } }],
  ])('is busy by the average over its devices, %s', (_, spelling) => {
    const [row] = read({ a: container(HOUR, { ...gpu, ...spelling }) }).rows;
    expect(row).toMatchObject({ gpuHours: 2, gpuBusyHours: 0.5 });
    expect(row.used.gpu).toBe(250_000n);
    expect(row.unknownUsage).toBeUndefined();
  });

  it.each([
    ['absent', {}],
    ['null', { gpuAllocation: { gpuUsageAverage: null } }],
    ['in percent', { gpuUsageAverage: 25 }],
  ])('is of unknown use when the average is %s', (_, spelling) => {
    const [row] = read({ a: container(HOUR, { ...gpu, ...spelling }) }).rows;
    expect(row.gpuBusyHours).toBeUndefined();
    expect(row.unknownUsage).toEqual(['gpu']);
  });

  it('is of unknown use when nothing measures it', () => {
    const item = container(HOUR, { ...gpu, gpuUsageAverage: 0 });
    expect(read({ a: item }).rows[0].gpuBusyHours).toBe(0);
    const unmeasured = read({ a: item }, undefined, false);
    expect(unmeasured.rows[0].gpuBusyHours).toBeUndefined();
  });
});

describe('reserved names', () => {
  it('make idle of a node the idle of its pool', () => {
    expect(read({ i: idle(HOUR) }).rows).toMatchObject([
      {
        bucket: 'idle',
        namespace: '__idle__',
        workloadKind: 'Idle',
        workload: 'general',
        container: '',
        region: 'eu-central-1',
        cost: { cpu: 60_000n, memory: 20_000n },
        used: { cpu: 0n, memory: 0n },
      },
    ]);
  });

  it('give idle the quantity that nodes have beyond their containers', () => {
    const items = { a: container(HOUR), i: idle(HOUR) };
    expect(read(items).rows[1]).toMatchObject({
      cpuCoreHours: 2,
      memoryByteHours: 4_000,
      gpuHours: 0,
      cpuUsageCoreHours: 0,
    });
    expect(read(items, {}).rows[1].cpuCoreHours).toBe(0);
    const small = node(HOUR, { cpuCores: 1, cpuCoreHours: 1, GPUHours: 2 });
    expect(read(items, { n: small }).rows[1]).toMatchObject({
      cpuCoreHours: 0,
      gpuHours: 2,
    });
  });

  it('put idle of a cluster where its only kind of node is, else nowhere in particular', () => {
    const ofCluster = {
      __idle__: idle(HOUR, {
        name: '__idle__',
        properties: { cluster: 'eu' },
      }),
    };
    expect(read(ofCluster).rows[0].workload).toBe('general');
    const other = node(HOUR, {
      properties: { name: 'node-2' },
      nodeType: 'g5.xlarge',
      pool: 'gpu',
      labels: { topology_kubernetes_io_region: 'eu-west-1' },
    });
    expect(read(ofCluster, { a: node(HOUR), b: other }).rows[0]).toMatchObject({
      workload: 'all node pools',
      region: 'eu-west-9',
    });
  });

  it('make an unmounted volume idle storage', () => {
    const properties = {
      node: null,
      controllerKind: null,
      controller: null,
      pod: '__unmounted__',
      container: '__unmounted__',
      labels: null,
    };
    const hour = read({
      v: container(HOUR, {
        properties,
        cpuCost: 0,
        ramCost: 0,
        pvCost: 0.01,
        pvByteHours: 900,
        totalCost: 0.01,
      }),
    });
    expect(hour.rows).toMatchObject([
      {
        bucket: 'idle',
        workload: '__unmounted__',
        storageByteHours: 900,
        cost: { storage: 10_000n },
        used: { storage: 0n },
      },
    ]);
    expect(hour.workloads).toEqual([]);
  });

  it('keep what nobody could be given unallocated, without a workload to link', () => {
    const hour = read({
      __unallocated__: container(HOUR, { properties: { namespace: null } }),
    });
    expect(hour.rows[0]).toMatchObject({
      bucket: 'workload',
      namespace: '__unallocated__',
    });
    expect(hour.workloads).toEqual([]);
  });
});

describe('workloads', () => {
  it('carry the labels of the pod, sanitized, without those of its node', () => {
    expect(read({ a: container(HOUR) }).workloads).toEqual([
      {
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'cart',
        container: 'app',
        labels: { app: 'cart' },
        labelsSanitized: true,
      },
    ]);
  });
});

describe('nodes', () => {
  it('sum by kind, with the price of one for an hour', () => {
    const { nodes } = read(
      { a: container(HOUR) },
      {
        n1: node(HOUR),
        n2: node(HOUR, {
          properties: { name: 'node-2' },
          end: '2026-03-02T12:30:00Z',
          minutes: 30,
          cpuCoreHours: 2,
          ramByteHours: 4_000,
          cpuCost: 0.06,
          ramCost: 0.02,
          totalCost: 0.08,
        }),
      },
    );
    expect(nodes).toEqual([
      {
        hour: '2026-03-02T12:00:00.000Z',
        nodePool: 'general',
        instanceType: 'm5.xlarge',
        region: 'eu-central-1',
        capacityType: 'on-demand',
        nodeHours: 1.5,
        cpuCoreHours: 6,
        memoryByteHours: 12_000,
        gpuDeviceHours: 0,
        hourlyPrice: '0.160000',
        cost: {
          cpu: 180_000n,
          memory: 60_000n,
          gpu: 0n,
          storage: 0n,
          network: 0n,
        },
        origin: {
          kind: 'source',
          description: 'OpenCost, m5.xlarge, eu-central-1, on-demand',
        },
      },
    ]);
  });
});

describe('items that end before they began', () => {
  // As opencost#4057 has it.
  const backwards = {
    start: '2026-03-02T12:44:57Z',
    end: '2026-03-02T12:42:30Z',
    minutes: -2.45,
  };

  it('are not there when they cost nothing', () => {
    const hour = read({
      a: container(HOUR),
      b: container(HOUR, {
        ...backwards,
        properties: { controller: 'ghost' },
        cpuCoreHours: 0,
        cpuCost: 0,
        ramByteHours: 0,
        ramCost: 0,
        totalCost: 0,
      }),
      i: idle(HOUR),
    });
    expect(hour.rows.map(({ workload }) => workload)).toEqual([
      'cart',
      'general',
    ]);
    expect(hour.workloads).toHaveLength(1);
    expect(hour.problems).toMatchObject([
      { code: 'opencost-negative-minutes', severity: 'warning', subject: 'b' },
    ]);
  });

  it('cost what is stated, for a use that is not known', () => {
    const hour = read({
      a: container(HOUR, { ...backwards, cpuCoreHours: -2 }),
    });
    expect(hour.rows[0]).toMatchObject({
      cost: { cpu: 60_000n, memory: 20_000n },
      unknownUsage: ['cpu', 'memory'],
      cpuCoreHours: 0,
      cpuRequestCoreHours: 0,
      cpuUsageCoreHours: 0,
    });
    expect(codesOf(hour)).toContain('opencost-negative-minutes');
  });

  it('have nothing below 0 in any quantity', () => {
    const [row] = read({
      a: container(HOUR, {
        cpuCoreHours: -1,
        ramByteRequestAverage: -5,
        pvByteHours: -3,
        networkTransferBytes: -9,
        networkReceiveBytes: 4,
      }),
    }).rows;
    expect(row).toMatchObject({
      cpuCoreHours: 0,
      memoryRequestByteHours: 0,
      storageByteHours: 0,
      networkBytes: 4,
    });
  });
});

describe('what is missing by nothing', () => {
  const NOTHING = /0\.000000/;

  it.each([
    [
      'of two seconds',
      { minutes: 59.96, end: '2026-03-02T12:59:58Z' },
      0.00001,
    ],
    [
      'of a node that costs nothing',
      { minutes: 30, end: '2026-03-02T12:30:00Z' },
      0,
    ],
  ])('is not said: %s', (_, short, cost) => {
    const { problems } = read(
      { a: container(HOUR), i: idle(HOUR) },
      {
        n: node(HOUR, {
          ...short,
          cpuCoreHours: (4 * short.minutes) / 60,
          cpuCost: cost,
          ramCost: 0,
          totalCost: cost,
        }),
      },
    );
    expect(problems).toEqual([]);
  });

  it('is said without an amount where nothing at all was counted', () => {
    const { problems } = read(
      { a: container(HOUR), i: idle(HOUR) },
      {
        n: node(HOUR, {
          end: '2026-03-02T12:00:00Z',
          minutes: 0,
          cpuCoreHours: 0,
        }),
      },
    );
    expect(problems).toMatchObject([{ code: 'opencost-window-short' }]);
    expect(problems[0].message).not.toMatch(NOTHING);
  });

  it('is not the sum of what differs both ways', () => {
    const { problems } = read({
      a: container(HOUR, { totalCost: 0.09, sharedCost: 0.5 }),
      b: container(HOUR, { totalCost: 0.07, sharedCost: -0.5 }),
    });
    expect(problems.map(({ code }) => code)).toEqual([
      'opencost-shared-cost',
      'opencost-parts-mismatch',
    ]);
    for (const { message } of problems) {
      expect(message).not.toMatch(NOTHING);
    }
  });

  it('is not idle whose parts make up for each other', () => {
    const { problems } = read({
      a: container(HOUR),
      i: idle(HOUR, { cpuCost: -0.02, ramCost: 0.02, totalCost: 0 }),
    });
    expect(problems[0].message).toMatch(/idle is negative: -0\.020000 EUR/);
  });
});

describe('what can not be right', () => {
  it('is a cost that could not be computed; the rest is booked', () => {
    const hour = read({
      a: container(HOUR, { cpuCost: null, totalCost: null }),
      b: idle(HOUR),
    });
    expect(codesOf(hour)).toEqual(['opencost-cost-unknown']);
    expect(hour.problems[0]).toMatchObject({ severity: 'error', subject: 'a' });
    expect(hour.rows[0].cost).toMatchObject({ cpu: 0n, memory: 20_000n });
  });

  it('is an adjustment that could not be computed', () => {
    const hour = read({ a: container(HOUR, { cpuCostAdjustment: null }) });
    expect(codesOf(hour)).toEqual(['opencost-cost-unknown']);
    expect(hour.rows[0].cost.cpu).toBe(60_000n);
  });

  it('is nothing when a version lacks GPUs, volumes and adjustments', () => {
    const old = container(HOUR, {
      cpuCostAdjustment: undefined,
      ramCostAdjustment: undefined,
      pvCost: undefined,
      networkCost: undefined,
      loadBalancerCost: undefined,
      sharedCost: undefined,
      externalCost: undefined,
    });
    expect(read({ a: old }).problems).toEqual([]);
  });

  it('is an hour without any cost that is known', () => {
    expect(() => read({ a: container(HOUR, { cpuCost: null }) })).toThrow(
      'The hour is missing',
    );
  });

  it('is negative idle: reported, not clamped', () => {
    const hour = read({
      a: container(HOUR),
      i: idle(HOUR, { cpuCost: -0.01, totalCost: 0.01 }),
    });
    expect(codesOf(hour)).toEqual(['opencost-negative-idle']);
    expect(hour.rows[1].cost.cpu).toBe(-10_000n);
  });

  it('is a workload that costs less than nothing, and nothing of it is used', () => {
    const hour = read({
      a: container(HOUR, { cpuCostAdjustment: -0.1, totalCost: -0.02 }),
    });
    expect(codesOf(hour)).toEqual(['opencost-negative-cost']);
    expect(hour.rows[0].used.cpu).toBe(0n);
  });

  it('is shared or external cost, which is not booked', () => {
    const hour = read({
      a: container(HOUR, {
        sharedCost: 0.5,
        externalCost: 0.25,
        totalCost: 0.83,
      }),
    });
    expect(codesOf(hour)).toEqual(['opencost-shared-cost']);
    expect(hour.problems[0].message).toContain('0.750000 EUR');
    expect(hour.total).toBe(80_000n);
  });

  it('is a total that the parts do not sum to, beyond rounding', () => {
    expect(codesOf(read({ a: container(HOUR, { totalCost: 0.09 }) }))).toEqual([
      'opencost-parts-mismatch',
    ]);
    expect(
      codesOf(read({ a: container(HOUR, { totalCost: 0.08001 }) })),
    ).toEqual([]);
  });
});

describe('coverage', () => {
  const short = { end: '2026-03-02T12:55:00Z', minutes: 55 };

  it('names the minutes and the money of nodes counted short of their pods', () => {
    const { problems } = read(
      { a: container(HOUR), i: idle(HOUR, short) },
      {
        n: node(HOUR, {
          ...short,
          cpuCost: 0.11,
          ramCost: 0.03667,
          totalCost: 0.14667,
        }),
      },
    );
    expect(problems).toMatchObject([
      {
        code: 'opencost-window-short',
        severity: 'warning',
        hour: '2026-03-02T12:00:00.000Z',
        subject: 'node-1',
      },
    ]);
    expect(problems[0].message).toContain(
      '55 of 60 minutes of 1 node (node-1)',
    );
    expect(problems[0].message).toContain('8.33 % of their cost');
    expect(problems[0].message).toContain('about 0.013333 EUR');
  });

  it('counts a node without pods as short when it was counted like one that is', () => {
    const { problems } = read(
      { a: container(HOUR) },
      {
        n1: node(HOUR, short),
        n2: node(HOUR, { ...short, properties: { name: 'empty' } }),
        n3: node(HOUR, {
          properties: { name: 'new' },
          start: '2026-03-02T12:40:00Z',
          minutes: 20,
        }),
      },
    );
    expect(problems[0].message).toContain('(node-1, empty)');
    expect(problems[0].message).not.toContain('new');
  });

  it('does not take a node that came late for a short window', () => {
    const late = { start: '2026-03-02T12:40:00Z', minutes: 20 };
    const { problems } = read(
      {
        a: container(HOUR, { properties: { node: 'node-2' } }),
        b: container(HOUR, late),
      },
      {
        n1: node(HOUR, { ...late, cpuCoreHours: 4 / 3 }),
        n2: node(HOUR, { properties: { name: 'node-2' } }),
      },
    );
    expect(problems).toEqual([]);
  });

  it('goes by idle when nothing is known of nodes', () => {
    const { problems } = read({ a: container(HOUR), i: idle(HOUR, short) }, {});
    expect(problems[0]).toMatchObject({
      code: 'opencost-window-short',
      subject: '__idle__',
    });
    expect(problems[0].message).toContain('55 of 60 minutes of idle');
  });

  it('notes an hour nothing was counted to the end of', () => {
    const { problems } = read({
      a: container(HOUR, short),
      i: idle(HOUR, short),
    });
    expect(problems).toMatchObject([
      { code: 'opencost-window-short', severity: 'warning' },
    ]);
    expect(problems[0].message).toContain('55 of 60 minutes: 8.33 %');
  });

  it('has no doubt about pods that took turns', () => {
    const { problems } = read({
      a: container(HOUR, { end: '2026-03-02T12:30:00Z', minutes: 30 }),
      b: container(HOUR, { start: '2026-03-02T12:30:00Z', minutes: 30 }),
    });
    expect(problems).toEqual([]);
  });
});
