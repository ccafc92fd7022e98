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

/** Answers each part of a joined query, as Prometheus would. */
function answerTo(query: string, answers: Record<string, FakeSeries[]>) {
  const parts = query.matchAll(
    /label_replace\(\n([^]*?)\n, "headroom_part", "([^"]+)", "", ""\)/g,
  );
  return [...parts].flatMap(([, promql, headroom_part]) =>
    (answers[promql] ?? []).map(({ metric, values }) => ({
      metric: { ...metric, headroom_part },
      values,
    })),
  );
}

async function ask(
  answers: Record<string, FakeSeries[]>,
  metrics: UnitMetric[],
  matchers?: Record<string, string>,
) {
  let count = 0;
  server.use(
    http.all(`${URL_OF_FAKE}/api/v1/query_range`, async ({ request }) => {
      count += 1;
      const params =
        request.method === 'POST'
          ? new URLSearchParams(await request.text())
          : new URL(request.url).searchParams;
      const result = answerTo(params.get('query') ?? '', answers);
      return HttpResponse.json({
        status: 'success',
        data: { resultType: 'matrix', result },
      });
    }),
  );
  const answer = await PrometheusUnitMetricSource.create().units({
    cluster: clusterOf(matchers),
    start: START,
    end: end(2),
    signal: new AbortController().signal,
    metrics,
  });
  return { ...answer, requests: count };
}

async function units(
  answers: Record<string, FakeSeries[]>,
  matchers?: Record<string, string>,
) {
  const unset = { ...requests, id: 'unset', query: undefined };
  return (await ask(answers, [requests, unset], matchers)).units;
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

  it('asks once, however many metrics there are, and counts it', async () => {
    // findings.ts asks 13 queries; the limit is 15 a cluster and window.
    const metrics = [1, 2, 3, 4].map(n => ({
      ...requests,
      id: `m${n}`,
      query: `good${n} # of ${n}`,
      failedQuery: `bad${n}`,
    }));
    const answers = Object.fromEntries(
      metrics.flatMap(({ query, failedQuery }, i) => [
        [query, [hourly(shop, 10 * (i + 1))]],
        [failedQuery, [hourly(shop, i)]],
      ]),
    );
    const answer = await ask(answers, metrics);
    expect([answer.requests, answer.queries]).toEqual([1, 1]);
    expect(
      answer.units.map(({ metric, quantity, failed }) => [
        metric,
        quantity,
        failed,
      ]),
    ).toEqual([
      ['m1', 10, 0],
      ['m2', 20, 1],
      ['m3', 30, 2],
      ['m4', 40, 3],
    ]);
  });

  it('asks nothing when no metric has a query', async () => {
    const unset = { ...requests, query: undefined };
    expect(await ask({}, [unset])).toEqual({
      units: [],
      queries: 0,
      requests: 0,
    });
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
