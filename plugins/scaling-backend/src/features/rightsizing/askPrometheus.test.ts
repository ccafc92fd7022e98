import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { KubernetesTarget } from '@headroom/common';
import { PrometheusClient } from '@headroom/plugin-clusters-node';
import { askQueries } from './askQueries';
import { askThrottling } from './askThrottling';

const { signal } = new AbortController();
const APPLIED = '2026-03-02T10:00:00.000Z';
const target: KubernetesTarget = {
  type: 'kubernetes',
  cluster: 'c1',
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
  namespace: 'shop',
  name: 'web.v2',
  uid: 'u',
  resourceVersion: '1',
};

let server: Server;
let asked: URLSearchParams[];
/** What is answered at an instant, seconds since 1970; undefined = now. */
let answers: (time: number | undefined) => string | undefined;

beforeEach(async () => {
  asked = [];
  server = createServer((req, res) => {
    const query = new URL(req.url!, 'http://localhost').searchParams;
    asked.push(query);
    const time = query.get('time');
    const value = answers(time === null ? undefined : Number(time));
    res.setHeader('Content-Type', 'application/json');
    res.statusCode = value === undefined ? 500 : 200;
    res.end(
      JSON.stringify({
        status: 'success',
        data: {
          resultType: 'vector',
          result: value === '' ? [] : [{ metric: {}, value: [1, value] }],
        },
      }),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const prometheus = () =>
  PrometheusClient.create(
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      auth: { type: 'none' },
      headers: {},
      timeoutMs: 5000,
      matchers: { cluster: 'c1' },
    },
    { retryDelayMs: 1 } as object,
  );
const logger = mockServices.logger.mock();
const isApplied = (time: number | undefined) =>
  time === Date.parse(APPLIED) / 1000;

describe('queries of a service', () => {
  const queries = [
    { title: 'Errors', query: 'errors{ns={{namespace}}} > 0', above: 0.05 },
  ];

  it('are asked as they are, and as they were when it was applied', async () => {
    answers = time => (isApplied(time) ? '0.01' : '0.2');
    expect(
      await askQueries(
        prometheus(),
        queries,
        { target, appliedAt: APPLIED, logger },
        signal,
      ),
    ).toEqual([{ title: 'Errors', above: 0.05, value: 0.2, before: 0.01 }]);
    expect(asked[0].get('query')).toBe('errors{ns="shop"} > 0');
  });

  it.each([
    ['no answer', () => ''],
    ['no number', () => 'NaN'],
  ])('have no value with %s', async (_, answer) => {
    answers = answer;
    expect(
      await askQueries(
        prometheus(),
        queries,
        { target, appliedAt: APPLIED, logger },
        signal,
      ),
    ).toEqual([{ title: 'Errors', above: 0.05 }]);
  });

  it('have no value without a Prometheus', async () => {
    expect(
      await askQueries(
        undefined,
        queries,
        { target, appliedAt: APPLIED, logger },
        signal,
      ),
    ).toEqual([{ title: 'Errors', above: 0.05 }]);
  });
});

describe('throttling', () => {
  const ask = (minutes: number) =>
    askThrottling(
      prometheus(),
      {
        target,
        containers: ['app'],
        appliedAt: APPLIED,
        now: new Date(Date.parse(APPLIED) + minutes * 60_000),
        logger,
      },
      signal,
    );

  it('is told before the change and since, of the containers and pods of the workload', async () => {
    answers = time => (isApplied(time) ? '0.1' : '0.6');
    expect(await ask(30)).toEqual({ before: 0.1, now: 0.6 });
    expect(asked[1].get('query')).toBe(
      'sum by (container) (increase(container_cpu_cfs_throttled_periods_total{namespace="shop",pod=~"web\\\\.v2-.+",container=~"app",cluster="c1"}[1800s])) / sum by (container) (increase(container_cpu_cfs_periods_total{namespace="shop",pod=~"web\\\\.v2-.+",container=~"app",cluster="c1"}[1800s]))',
    );
  });

  it('is not known while it is too early', async () => {
    answers = () => '0.1';
    expect(await ask(9)).toEqual({ before: 0.1 });
  });

  it('is not known where it is not reported', async () => {
    answers = () => '';
    expect(await ask(30)).toEqual({});
  });
});
