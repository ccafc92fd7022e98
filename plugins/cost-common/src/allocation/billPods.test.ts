import fc from 'fast-check';
import { totalOf } from '../money/resourceMicros';
import { ContainerHour } from '../observations/observations';
import { builtInPriceBook } from '../prices/builtInPriceBook';
import { createNodePricer } from '../prices/nodePricer';
import {
  allocate,
  capacityTotal,
  codes,
  container,
  GIB,
  idleRows,
  node,
  nodesTotal,
  workloadRows,
} from './__testUtils__/builders';

const priceNode = createNodePricer({ builtIn: builtInPriceBook });

/** What EKS says of a pod's node: two cores for a pod of a quarter. */
const fargate = (more = {}) =>
  node({
    node: 'fargate-ip-10-0-1-2.ec2.internal',
    nodePool: undefined,
    instanceType: undefined,
    region: 'us-east-1',
    cpuCores: 2,
    memoryBytes: 3.9 * GIB,
    ...more,
  });

const onFargate = (
  hold: Parameters<typeof container>[0],
  more: Partial<ContainerHour> = {},
) => container(hold, { node: 'fargate-ip-10-0-1-2.ec2.internal', ...more });

const virtualNode = node({
  node: 'virtual-node-aci-linux',
  nodePool: undefined,
  instanceType: undefined,
  region: undefined,
  cpuCores: 10_000,
  memoryBytes: 4096 * GIB,
});

const inEastUs = node({
  node: 'aks-1',
  instanceType: 'Standard_D4s_v5',
  region: 'eastus',
});

describe('nodes whose pods are billed', () => {
  it('charges a Fargate pod for its size, not for what its node says', () => {
    const hour = allocate({
      nodes: [fargate()],
      containers: [onFargate({ cpu: [0.15, 0.05], memory: [0.2, 0.1] })],
      priceNode,
    });
    const [row] = workloadRows(hour);
    // 0.25 × 0.04048 + 0.5 × 0.004445
    expect(totalOf(row.cost)).toBe(12_342n);
    expect(row.cost).toMatchObject({ cpu: 10_120n, memory: 2_222n });
    expect(row.cpuCoreHours).toBe(0.25);
    expect(row.memoryByteHours).toBe(0.5 * GIB);
    expect(row.cpuRequestCoreHours).toBe(0.15);
    // A fifth of what is paid was used.
    expect(row.used.cpu).toBe(2_024n);
    expect(idleRows(hour)).toEqual([]);
    expect(codes(hour)).toEqual([]);
    expect(hour.nodes).toMatchObject([
      {
        hourlyPrice: '0.012342',
        cpuCoreHours: 0.25,
        nodeHours: 1,
        origin: { kind: 'list', podPlatform: 'eks-fargate' },
      },
    ]);
  });

  it('divides what a size is rounded up by among the pod’s containers', () => {
    const hour = allocate({
      nodes: [fargate()],
      containers: [
        onFargate({ cpu: [0.2, 0.1] }),
        onFargate({ cpu: [0.1, 0.1] }, { container: 'proxy' }),
      ],
      priceNode,
    });
    // 0.3 cores are billed as 0.5: 0.5 × 0.04048, two to one.
    expect(
      workloadRows(hour).map(row => [row.container, row.cost.cpu]),
    ).toEqual([
      ['main', 13_493n],
      ['proxy', 6_747n],
    ]);
  });

  it('bills the time a pod ran', () => {
    const hour = allocate({
      nodes: [fargate({ upSeconds: 600 })],
      containers: [onFargate({ run: 600, cpu: [1], memory: [2] })],
      priceNode,
    });
    // (1 × 0.04048 + 3 × 0.004445) / 6
    expect(totalOf(workloadRows(hour)[0].cost)).toBe(6_747n + 2_222n);
    expect(hour.nodes[0].hourlyPrice).toBe('0.053814');
  });

  it('has no idle on a virtual node of 10,000 cores, and prices it where its cluster is', () => {
    const hour = allocate({
      nodes: [virtualNode, inEastUs],
      containers: [
        container(
          { cpu: [1, 0.5], memory: [2, 1] },
          { node: 'virtual-node-aci-linux' },
        ),
      ],
      priceNode,
    });
    const [row] = workloadRows(hour);
    expect(row.region).toBe('eastus');
    // 1 × 0.0405 + 2.1 × 0.00445
    expect(row.cost).toMatchObject({ cpu: 40_500n, memory: 9_345n });
    // Only the machine beside it is idle.
    expect(capacityTotal(idleRows(hour))).toBe(192_000n);
    expect(capacityTotal(hour.rows)).toBe(nodesTotal(hour));
    expect(codes(hour)).toEqual([]);
  });

  it('costs nothing while it has no pods', () => {
    const hour = allocate({ nodes: [virtualNode, inEastUs], priceNode });
    expect(nodesTotal(hour)).toBe(192_000n);
    expect(hour.nodes.map(({ hourlyPrice }) => hourlyPrice)).toContain(
      '0.000000',
    );
  });

  it('is unpriced, and says how to mend it, where no price is known', () => {
    const hour = allocate({
      nodes: [
        node({
          node: 'vk',
          billing: 'pods',
          podPlatform: 'virtual-kubelet',
          cpuCores: 10_000,
          region: 'cn-hangzhou',
        }),
      ],
      containers: [container({ cpu: [1], memory: [2] }, { node: 'vk' })],
      priceNode,
    });
    expect(nodesTotal(hour)).toBe(0n);
    expect(workloadRows(hour)[0].cpuCoreHours).toBe(1);
    expect(idleRows(hour)).toEqual([]);
    expect(hour.problems).toMatchObject([
      {
        code: 'unpriced-node',
        severity: 'error',
        message:
          'Pods of virtual-kubelet in cn-hangzhou are billed by themselves, and no price is known for them, so what they cost is missing. Add it: headroom.prices.pods: [{ platform: virtual-kubelet, cpuCoreHour: …, memoryGibHour: … }].',
      },
    ]);
  });

  it('bills requests on Autopilot, spot at spot, and not what Google runs', () => {
    const autopilot = { region: 'us-central1', instanceType: 'ek-standard-8' };
    const hour = allocate({
      nodes: [
        node({ ...autopilot, node: 'gk3-a-1' }),
        node({ ...autopilot, node: 'gk3-a-2', capacityType: 'spot' }),
      ],
      containers: [
        container({ cpu: [0.5], memory: [2] }, { node: 'gk3-a-1' }),
        container(
          { cpu: [1], memory: [1] },
          { node: 'gk3-a-2', pod: 'job-1', workload: 'job' },
        ),
        container(
          { cpu: [1], memory: [1] },
          { node: 'gk3-a-1', namespace: 'kube-system', workload: 'dns' },
        ),
      ],
      priceNode,
    });
    expect(
      workloadRows(hour).map(row => [row.workload, totalOf(row.cost)]),
    ).toEqual([
      ['dns', 0n],
      // 0.5 × 0.0445 + 2 × 0.0049225
      ['api', 32_095n],
      // 0.0133 + 0.0014767
      ['job', 14_777n],
    ]);
  });

  it('says when it can’t know a pod’s size, or the price of its GPU', () => {
    const hour = allocate({
      nodes: [node({ node: 'gk3-a-1', region: 'us-central1' })],
      containers: [
        container({ cpu: [undefined, 1] }, { node: 'gk3-a-1' }),
        container(
          { cpu: [1], gpu: [1, 0.5] },
          { node: 'gk3-a-1', pod: 'train-1', workload: 'train' },
        ),
      ],
      priceNode,
    });
    expect(codes(hour).sort()).toEqual(['pod-size-unknown', 'unpriced-gpu']);
    expect(
      workloadRows(hour).find(row => row.workload === 'train')?.gpuHours,
    ).toBe(1);
  });

  it('sums to its nodes to the micro, whatever the pods', () => {
    const quantity = fc.option(fc.double({ min: 0, max: 20, noNaN: true }), {
      nil: undefined,
    });
    const pods = fc.array(
      fc.record({
        pod: fc.constantFrom('a', 'b', 'c'),
        cpu: fc.tuple(quantity, quantity),
        memory: fc.tuple(quantity, quantity),
        run: fc.integer({ min: 0, max: 3600 }),
        virtual: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(pods, given => {
        const hour = allocate({
          nodes: [fargate(), virtualNode, inEastUs],
          containers: given.map(({ pod, virtual, ...hold }, i) =>
            onFargate(hold, {
              pod,
              container: `c${i}`,
              ...(virtual && { node: 'virtual-node-aci-linux' }),
            }),
          ),
          priceNode,
        });
        expect(capacityTotal(hour.rows)).toBe(nodesTotal(hour));
        for (const { cost, used } of hour.rows) {
          expect(used.cpu <= cost.cpu && used.memory <= cost.memory).toBe(true);
        }
        expect(
          idleRows(hour).every(({ workload }) => workload === 'general'),
        ).toBe(true);
      }),
    );
  });
});

describe('prices that are not the bill’s', () => {
  it('are said once an hour, with the types and the line that mends them', () => {
    const hour = allocate({
      nodes: [
        node({ node: 'a', instanceType: 'metal-2' }),
        node({ node: 'b', instanceType: 'metal-1' }),
        node({ node: 'c', instanceType: 'metal-1' }),
        node({ node: 'd', instanceType: undefined, capacityType: 'spot' }),
        node({
          node: 'e',
          instanceType: 'n2-standard-4',
          region: 'asia-east1',
        }),
        node({ node: 'f', instanceType: 'm5.large', capacityType: 'spot' }),
        node({ node: 'g', instanceType: 'm5.large' }),
      ],
      priceNode,
    });
    expect(
      hour.problems.map(({ code, severity, message }) => [
        code,
        severity,
        message,
      ]),
    ).toEqual([
      [
        'default-price',
        'warning',
        'No price is known of nodes of no known type (spot) (0.006655 a core-hour, 0.000892 a GiB-hour); metal-1, metal-2 (0.031611 a core-hour, 0.004237 a GiB-hour), so these nodes are priced by unit prices of last resort. Add what you pay: headroom.prices.nodes: [{ instanceType: …, region: …, hourlyPrice: … }]. A node’s type is told by its label node.kubernetes.io/instance-type, or by one that headroom.cost.nodeLabels.instanceType names.',
      ],
      [
        'price-of-other-region',
        'warning',
        'The built-in price list knows these types but not their region, so the list price of another region is assumed: n2-standard-4 (asia-east1 at prices of us-central1). Add what you pay: headroom.prices.nodes: [{ instanceType: …, region: …, hourlyPrice: … }].',
      ],
      [
        'representative-spot-price',
        'info',
        'Spot prices move; these types are priced at what spot commonly costs: m5.large. Add what you pay: headroom.prices.nodes: [{ instanceType: …, capacityType: spot, hourlyPrice: … }].',
      ],
    ]);
  });

  it('name a few types and count the rest', () => {
    const hour = allocate({
      nodes: Array.from({ length: 12 }, (_, i) =>
        node({
          node: `n${i}`,
          instanceType: `metal-${String(i).padStart(2, '0')}`,
        }),
      ),
      priceNode,
    });
    expect(hour.problems[0].message).toContain('metal-07 and 4 more (0.0316');
  });
});
