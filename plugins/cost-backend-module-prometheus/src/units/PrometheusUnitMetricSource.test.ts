import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { UnitMetric } from '@headroom/plugin-cost-node';
import {
  clusterOf,
  end,
  FakeSeries,
  HOUR,
  hourly,
  START,
  URL_OF_FAKE,
} from '../__testUtils__/fakePrometheus';
import { PrometheusUnitMetricSource } from './PrometheusUnitMetricSource';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const requests: UnitMetric = {
  id: 'requests',
  title: 'Requests',
  per: 1,
  minimum: 0,
  query: 'good',
  failedQuery: 'bad',
};

async function units(
  answers: Record<string, FakeSeries[]>,
  matchers?: Record<string, string>,
) {
  server.use(
    http.get(`${URL_OF_FAKE}/api/v1/query_range`, ({ request }) => {
      const query = new URL(request.url).searchParams.get('query') ?? '';
      const result = answers[query] ?? [];
      return HttpResponse.json({
        status: 'success',
        data: { resultType: 'matrix', result },
      });
    }),
  );
  return PrometheusUnitMetricSource.create().units({
    cluster: clusterOf(matchers),
    start: START,
    end: end(2),
    signal: new AbortController().signal,
    metrics: [requests, { ...requests, id: 'unset', query: undefined }],
  });
}

const shop = { namespace: 'shop', deployment: 'web' };

describe('PrometheusUnitMetricSource', () => {
  it('sums the series of a workload, hour by hour, failed apart', async () => {
    expect(
      await units({
        good: [
          hourly({ ...shop, code: '200' }, 100, 50),
          hourly({ ...shop, code: '204' }, 5),
        ],
        bad: [hourly(shop, 2)],
      }),
    ).toEqual([
      {
        hour: HOUR,
        metric: 'requests',
        quantity: 105,
        failed: 2,
        match: { namespace: 'shop', workload: 'web' },
      },
      {
        hour: '2026-03-02T11:00:00.000Z',
        metric: 'requests',
        quantity: 50,
        failed: undefined,
        match: { namespace: 'shop', workload: 'web' },
      },
    ]);
  });

  it('answers with nothing where there is no value, never with zero', async () => {
    expect(
      await units({ good: [hourly(shop, NaN, undefined)], bad: [] }),
    ).toEqual([]);
  });

  it.each([
    [
      { entity_ref: 'component:default/web', namespace: 'x', app: 'y' },
      { entityRef: 'component:default/web' },
    ],
    [
      { namespace: 'shop', service: 'web' },
      { namespace: 'shop', workload: 'web' },
    ],
    [
      { namespace: 'shop', app: 'a', statefulset: 'db' },
      { namespace: 'shop', workload: 'db' },
    ],
  ])('links %j', async (labels, match) => {
    const [observation] = await units({ good: [hourly(labels, 1)] });
    expect(observation.match).toEqual(match);
  });

  it('leaves out what it can not link', async () => {
    expect(await units({ good: [hourly({ pod: 'a' }, 1)] })).toEqual([]);
  });

  it('keeps to its cluster on a shared Prometheus', async () => {
    const here = { ...shop, cluster: 'a' };
    const there = { ...shop, cluster: 'b' };
    const observed = await units(
      { good: [hourly(here, 1), hourly(there, 10)] },
      { cluster: 'a' },
    );
    expect(observed.map(({ quantity }) => quantity)).toEqual([1]);
    await expect(
      units({ good: [hourly(shop, 1)] }, { cluster: 'a' }),
    ).rejects.toThrow("must keep the label 'cluster'");
  });
});
