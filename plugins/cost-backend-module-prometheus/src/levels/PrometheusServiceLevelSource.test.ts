import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ServiceLevelQueries } from '@headroom/plugin-cost-node';
import {
  clusterOf,
  end,
  FakeSeries,
  HOUR,
  hourly,
  START,
  URL_OF_FAKE,
} from '../__testUtils__/fakePrometheus';
import { PrometheusServiceLevelSource } from './PrometheusServiceLevelSource';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const shop = { namespace: 'shop', deployment: 'web' };
const part = (name: string, labels: Record<string, string>, ...v: number[]) =>
  hourly({ ...labels, headroom_part: name }, ...v);

async function ask(
  result: FakeSeries[],
  queries: Partial<ServiceLevelQueries> = { convention: 'opentelemetry' },
  matchers?: Record<string, string>,
) {
  const asked: string[] = [];
  server.use(
    http.all(`${URL_OF_FAKE}/api/v1/query_range`, async ({ request }) => {
      const params =
        request.method === 'POST'
          ? new URLSearchParams(await request.text())
          : new URL(request.url).searchParams;
      asked.push(params.get('query') ?? '');
      return HttpResponse.json({
        status: 'success',
        data: { resultType: 'matrix', result },
      });
    }),
  );
  const answer = await PrometheusServiceLevelSource.create().levels({
    cluster: clusterOf(matchers),
    start: START,
    end: end(2),
    signal: new AbortController().signal,
    serviceLevels: { latencyUnit: 'seconds', ...queries },
  });
  return { ...answer, asked };
}

describe('service levels of a Prometheus', () => {
  it('are counts of buckets, summed over series of a workload, hour by hour', async () => {
    const { levels, queries, asked } = await ask([
      part('latency', { ...shop, le: '0.1' }, 90, 5),
      part('latency', { ...shop, le: '0.5', pod: 'a' }, 90, 9),
      part('latency', { ...shop, le: '0.5', pod: 'b' }, 8),
      part('latency', { ...shop, le: '+Inf' }, 100, 10),
      part('errors', shop, 2, 0),
    ]);
    expect(levels).toEqual([
      {
        hour: HOUR,
        requests: 100,
        errors: 2,
        latency: { '0.1': 90, '0.5': 8, '+Inf': 2 },
        match: { namespace: 'shop', workload: 'web' },
      },
      {
        hour: '2026-03-02T11:00:00.000Z',
        requests: 10,
        errors: 0,
        latency: { '0.1': 5, '0.5': 4, '+Inf': 1 },
        match: { namespace: 'shop', workload: 'web' },
      },
    ]);
    expect([queries, asked.length]).toEqual([1, 1]);
  });

  it('know no errors where no series says so, and nothing where there are no requests', async () => {
    const { levels } = await ask([
      part('latency', { ...shop, le: '+Inf' }, 100),
      part('errors', { ...shop, deployment: 'api' }, 1),
      part('latency', { pod: 'unlinked', le: '+Inf' }, 3),
      part('latency', { namespace: 'shop', app: 'nan', le: '+Inf' }, NaN),
    ]);
    expect(levels).toEqual([
      expect.objectContaining({ requests: 100, latency: { '+Inf': 100 } }),
    ]);
    expect(levels?.[0].errors).toBeUndefined();
  });

  it('ask what is written, in its unit, and for nothing when nothing is', async () => {
    const { levels, asked } = await ask(
      [
        part('latency', { ...shop, le: '250' }, 90),
        part('requests', shop, 120),
      ],
      {
        latency: 'my_buckets # milliseconds',
        latencyUnit: 'milliseconds',
        requests: 'my_requests',
      },
    );
    expect(levels).toEqual([
      expect.objectContaining({ requests: 120, latency: { '0.25': 90 } }),
    ]);
    expect(asked[0]).toContain('label_replace(\nmy_buckets # milliseconds\n,');
    expect(await ask([], {})).toEqual({ queries: 0, asked: [] });
  });

  it('take what is written before the convention', async () => {
    const { asked } = await ask([], {
      convention: 'istio',
      errors: 'my_errors',
    });
    expect(asked[0]).toContain('istio_request_duration_milliseconds_bucket');
    expect(asked[0]).toContain('my_errors');
    expect(asked[0]).not.toContain('_count{');
  });

  it.each(['opentelemetry', 'istio', 'ingress-nginx'] as const)(
    'of %s keep what links and tells clusters apart, and say 0 errors only where a status is told',
    async convention => {
      const { asked } = await ask([], { convention }, { cluster: 'a"b' });
      expect(asked[0]).toMatch(/sum by \(entity_ref, namespace, [^)]*cluster/);
      expect(asked[0]).toContain('cluster="a\\"b"');
      expect(asked[0]).toMatch(/ or 0 \* sum by/);
    },
  );

  it('keep to their cluster on a shared Prometheus', async () => {
    const of = (labels: Record<string, string>) =>
      part('latency', { ...shop, ...labels, le: '+Inf' }, 5);
    const { levels } = await ask(
      [of({ cluster: 'a' }), of({ cluster: 'b' })],
      undefined,
      { cluster: 'a' },
    );
    expect(levels?.map(({ requests }) => requests)).toEqual([5]);
    await expect(
      ask([of({})], { latency: 'x' }, { cluster: 'a' }),
    ).rejects.toThrow("must keep the label 'cluster'");
  });
});
