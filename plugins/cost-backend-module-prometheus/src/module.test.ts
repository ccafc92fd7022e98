import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  costSourcesExtensionPoint,
  UnitMetricSource,
  UsageSource,
} from '@headroom/plugin-cost-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import costModulePrometheus from '.';
import {
  clusterOf,
  end,
  fakePrometheus,
  HOUR,
  hourly,
  scrapedEvery,
  START,
  URL_OF_FAKE,
} from './__testUtils__/fakePrometheus';

const server = setupServer();
const logger = mockServices.logger.mock();
const added: Record<string, unknown[]> = {};
let backend: TestBackend;
let usage: UsageSource;
let units: UnitMetricSource;

beforeAll(async () => {
  // A request while the back end starts would fail here.
  server.listen({ onUnhandledRequest: 'error' });
  const adder = (kind: string) => (source: unknown) =>
    (added[kind] ??= []).push(source);
  backend = await startTestBackend({
    extensionPoints: [
      [
        costSourcesExtensionPoint,
        {
          addUsageSource: adder('usage'),
          addAllocationSource: adder('allocation'),
          addPriceSource: adder('price'),
          addUnitMetricSource: adder('units'),
          addServiceLevelSource: adder('levels'),
        },
      ],
    ],
    features: [costModulePrometheus, logger.factory],
  });
  [usage] = added.usage as UsageSource[];
  [units] = added.units as UnitMetricSource[];
});
afterEach(() => server.resetHandlers());
afterAll(async () => {
  server.close();
  await backend.stop();
});

const query = (cluster = clusterOf()) => ({
  cluster,
  start: START,
  end: end(1),
  signal: new AbortController().signal,
});

const requests = {
  id: 'requests',
  title: 'Requests',
  per: 1,
  minimum: 0,
  query: 'good',
};

describe('costModulePrometheus', () => {
  it('adds sources of usage, business metrics and service levels, and no other', () => {
    expect(Object.keys(added).sort()).toEqual(['levels', 'units', 'usage']);
    expect([...added.usage, ...added.units]).toEqual([usage, units]);
    expect([usage.id, units.id]).toEqual(['prometheus', 'prometheus']);
    expect(usage.simulated ?? false).toBe(false);
    expect(usage.check).toBeDefined();
    expect(usage.earliest).toBeDefined();
  });

  it('is for the clusters that have a Prometheus, and asks it there', () => {
    const elsewhere = { ...clusterOf(), prometheus: undefined };
    for (const source of [usage, units]) {
      expect(source.supports(clusterOf())).toBe(true);
      expect(source.supports(elsewhere)).toBe(false);
    }
    expect(usage.endpointOf?.(clusterOf())?.url).toBe(URL_OF_FAKE);
    expect(usage.endpointOf?.(elsewhere)).toBeUndefined();
  });

  it('reads a node that was there for half an hour', async () => {
    const part = (
      name: string,
      labels: Record<string, string>,
      value: number,
    ) => hourly({ headroom_part: name, node: 'node-1', ...labels }, value);
    fakePrometheus(server, {
      scrapes: [scrapedEvery({ job: 'ksm', instance: 'ksm-1' }, 30)],
      nodes: [
        part('seen', {}, 1800),
        part(
          'labels',
          { label_node_kubernetes_io_instance_type: 'm5.large' },
          60,
        ),
        part('capacity', { resource: 'cpu' }, 2),
        part('capacity', { resource: 'memory' }, 8 * 2 ** 30),
      ],
    });
    const { nodes, containers, missingHours } = await usage.observe(query());
    expect(nodes).toEqual([
      expect.objectContaining({
        hour: HOUR,
        node: 'node-1',
        instanceType: 'm5.large',
        region: 'us-west-2',
        cpuCores: 2,
        memoryBytes: 8 * 2 ** 30,
        gpuDevices: 0,
        upSeconds: 1800,
      }),
    ]);
    expect(containers).toEqual([]);
    expect(missingHours).toEqual([]);
  });

  it('reads what a service did in the hour', async () => {
    const shop = { namespace: 'shop', deployment: 'web' };
    server.use(
      http.all(`${URL_OF_FAKE}/api/v1/query_range`, () =>
        HttpResponse.json({
          status: 'success',
          data: {
            resultType: 'matrix',
            result: [
              hourly({ ...shop, headroom_part: 'units-0', code: '200' }, 100),
              hourly({ ...shop, headroom_part: 'units-0', code: '204' }, 5),
            ],
          },
        }),
      ),
    );
    expect(await units.units({ ...query(), metrics: [requests] })).toEqual({
      units: [
        {
          hour: HOUR,
          metric: 'requests',
          quantity: 105,
          failed: undefined,
          match: { namespace: 'shop', workload: 'web' },
        },
      ],
      queries: 1,
    });
  });

  it('says which Prometheus refused, and nothing of what it said or was sent', async () => {
    const cluster = clusterOf();
    cluster.prometheus!.auth = { type: 'bearer', token: 'hunter2' };
    server.use(
      http.all(
        `${URL_OF_FAKE}/*`,
        () => new HttpResponse('hunter2 is wrong', { status: 401 }),
      ),
    );
    for (const ask of [
      () => usage.observe(query(cluster)),
      () => units.units({ ...query(cluster), metrics: [requests] }),
    ]) {
      logger.warn.mockClear();
      const error = await ask().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      expect(error?.name).toBe('ServiceUnavailableError');
      expect(error?.message).toMatch(/^Prometheus of cluster us-west .*401/);
      expect(JSON.stringify([error, error?.message])).not.toContain('hunter2');
      // The module's logger is that of each source.
      expect(logger.warn).toHaveBeenCalled();
      expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('hunter2');
    }
  });

  it('asks nothing of a cluster without a Prometheus', async () => {
    const elsewhere = { ...clusterOf(), prometheus: undefined };
    await expect(usage.observe(query(elsewhere))).rejects.toThrow(
      'Cluster us-west has no Prometheus configured',
    );
    await expect(
      units.units({ ...query(elsewhere), metrics: [requests] }),
    ).rejects.toThrow('Cluster us-west has no Prometheus configured');
  });
});
