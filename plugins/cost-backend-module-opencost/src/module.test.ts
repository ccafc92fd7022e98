import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  AllocationSource,
  costSourcesExtensionPoint,
} from '@headroom/plugin-cost-node';
import costModuleOpenCost from '.';
import { hoursFromNoon, soundAnswers } from './__testUtils__/answers';

const HOURS = hoursFromNoon(2);

type Headroom = {
  opencost?: { currency: string };
  clusters?: Array<{ name: string; opencost: Record<string, string> }>;
};

const others = {
  addUsageSource: jest.fn(),
  addPriceSource: jest.fn(),
  addUnitMetricSource: jest.fn(),
  addServiceLevelSource: jest.fn(),
  addBillSource: jest.fn(),
};

describe('costModuleOpenCost', () => {
  let backend: TestBackend | undefined;
  let server: Server | undefined;

  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function start(headroom: Headroom = {}): Promise<AllocationSource[]> {
    const added: AllocationSource[] = [];
    backend = await startTestBackend({
      extensionPoints: [
        [
          costSourcesExtensionPoint,
          { ...others, addAllocationSource: source => added.push(source) },
        ],
      ],
      features: [
        costModuleOpenCost,
        mockServices.rootConfig.factory({ data: { headroom } }),
      ],
    });
    return added;
  }

  /** Answers every question with what fits it, or with a status. */
  async function serve(status = 200): Promise<ClusterConfig> {
    const answers = soundAnswers(HOURS);
    const listening = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://opencost');
      const kind = url.pathname === '/assets' ? 'assets' : 'allocation';
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      response.end(
        status === 200
          ? JSON.stringify(
              answers[url.searchParams.has('aggregate') ? 'coarse' : kind],
            )
          : '{"message":"hunter2 is wrong"}',
      );
    });
    server = listening;
    await new Promise<void>(resolve => {
      listening.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = listening.address() as AddressInfo;
    return {
      name: 'eu',
      title: 'EU',
      labels: {},
      sections: { opencost: { url: `http://127.0.0.1:${port}` } },
    };
  }

  function ask(source: AllocationSource, cluster: ClusterConfig) {
    return source.allocations({
      cluster,
      start: new Date(HOURS[0].start),
      end: new Date(HOURS[1].end),
      signal: new AbortController().signal,
    });
  }

  it('adds one source of allocations, for the clusters with an OpenCost', async () => {
    const [source, ...more] = await start();
    const cluster = await serve();
    expect(more).toEqual([]);
    expect(source.id).toBe('opencost');
    expect(source.simulated ?? false).toBe(false);
    expect(source.check).toBeDefined();
    expect(source.supports(cluster)).toBe(true);
    expect(source.supports({ ...cluster, sections: {} })).toBe(false);
    expect(source.endpointOf?.(cluster)?.url).toMatch(/^http:\/\/127/);
    for (const add of Object.values(others)) {
      expect(add).not.toHaveBeenCalled();
    }
  });

  it.each<[string, Headroom, string]>([
    ['as configured', { opencost: { currency: 'EUR' } }, 'EUR'],
    ['in US dollars unless configured', {}, 'USD'],
  ])('books what OpenCost says, %s', async (_, headroom, currency) => {
    const [source] = await start(headroom);
    const answer = await ask(source, await serve());
    expect(answer.currency).toBe(currency);
    const rows = answer.rows.map(({ hour, bucket, workload, cost, used }) => ({
      hour,
      bucket,
      workload: bucket === 'idle' ? undefined : workload,
      cost: [cost.cpu, cost.memory],
      used: [used.cpu, used.memory],
    }));
    // 0.06 for CPU and 0.02 for memory, half of it used; as much is idle.
    expect(rows).toEqual(
      ['12', '13'].flatMap(hour => [
        {
          hour: `2026-03-02T${hour}:00:00.000Z`,
          bucket: 'workload',
          workload: 'cart',
          cost: [60_000n, 20_000n],
          used: [30_000n, 10_000n],
        },
        {
          hour: `2026-03-02T${hour}:00:00.000Z`,
          bucket: 'idle',
          workload: undefined,
          cost: [60_000n, 20_000n],
          used: [0n, 0n],
        },
      ]),
    );
    // 0.16 an hour for the node: 0.12 for CPU and 0.04 for memory.
    expect(answer.nodes).toMatchObject(
      [12, 13].map(hour => ({
        hour: `2026-03-02T${hour}:00:00.000Z`,
        nodePool: 'general',
        instanceType: 'm5.xlarge',
        nodeHours: 1,
        cpuCoreHours: 4,
        cost: { cpu: 120_000n, memory: 40_000n, gpu: 0n },
      })),
    );
    expect(answer.nodes.map(({ hourlyPrice }) => Number(hourlyPrice))).toEqual([
      0.16, 0.16,
    ]);
    expect(answer).toMatchObject({
      missingHours: [],
      problems: [],
      queries: 3,
    });
  });

  it('says which OpenCost refused, and nothing of what it said', async () => {
    const [source] = await start();
    const error = await ask(source, await serve(401)).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error?.name).toBe('ServiceUnavailableError');
    expect(error?.message).toMatch(/^OpenCost of cluster eu .*401/);
    expect(JSON.stringify([error, error?.message])).not.toContain('hunter2');
  });

  it.each(['euro', 'eur', 'EURO', 'E1R', '€'])(
    'refuses the currency %s, and says what would be right',
    async currency => {
      await expect(start({ opencost: { currency } })).rejects.toThrow(
        `headroom.opencost.currency '${currency}' must be an ISO 4217 code such as EUR`,
      );
    },
  );

  it.each<[string, Record<string, string>, string]>([
    [
      'an endpoint that is none',
      { url: 'opencost:9003' },
      "headroom.clusters[0].opencost.url 'opencost:9003': must start with http:// or https://",
    ],
    [
      'credentials in a URL',
      { url: 'http://me:hunter2@opencost' },
      'must not contain credentials: put them under auth',
    ],
    [
      'a key that nothing reads',
      { url: 'http://opencost', currency: 'EUR' },
      'headroom.clusters[0].opencost',
    ],
    ['no URL', {}, 'headroom.clusters[0].opencost.url'],
  ])('refuses %s, and says where it is', async (_, opencost, sentence) => {
    const refused = start({ clusters: [{ name: 'eu', opencost }] });
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.not.toThrow('hunter2');
  });
});
