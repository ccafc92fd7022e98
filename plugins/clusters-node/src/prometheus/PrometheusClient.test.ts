import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { PrometheusEndpointConfig } from '../clusters';
import { PrometheusClient } from './PrometheusClient';

const endpoint: PrometheusEndpointConfig = {
  url: 'http://prometheus.test',
  auth: { type: 'none' },
  headers: {},
  timeoutMs: 1000,
  matchers: { cluster: 'a' },
};
const server = setupServer();
const { signal } = new AbortController();
const at = new Date('2026-01-02T03:00:00Z');

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function answer(path: string, body: object): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get(`http://prometheus.test/api/v1/${path}`, ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json(body);
    }),
  );
  return asked;
}

describe('PrometheusClient', () => {
  it('adds the matchers of the cluster to a selector', () => {
    const client = PrometheusClient.create(endpoint);
    expect(client.select({ metric: 'up', matchers: [] })).toBe(
      'up{cluster="a"}',
    );
  });

  it('reads a vector, tells what is no number from what is not there, and says warnings in words of ours', async () => {
    const asked = answer('query', {
      status: 'success',
      warnings: ['partial response'],
      data: {
        resultType: 'vector',
        result: [
          { metric: { pod: 'a' }, value: [1767322800, '1.5e3'] },
          { metric: { pod: 'b' }, value: [1767322800, 'NaN'] },
          { metric: { pod: 'c' }, value: [1767322800, '+Inf'] },
        ],
      },
    });
    const client = PrometheusClient.create(endpoint);
    expect(await client.query('up', { time: at, signal })).toEqual({
      series: [
        { labels: { pod: 'a' }, samples: [[1767322800, 1500]] },
        { labels: { pod: 'b' }, samples: [], unknownAt: [1767322800] },
        { labels: { pod: 'c' }, samples: [], unknownAt: [1767322800] },
      ],
      warnings: ['a part of it did not answer'],
    });
    expect(Object.fromEntries(asked[0])).toEqual({
      query: 'up',
      time: '1767322800',
    });
  });

  it('reads a matrix', async () => {
    const asked = answer('query_range', {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: {},
            values: [
              [1767322800, '1'],
              [1767326400, '-Inf'],
              [1767330000, '3'],
            ],
          },
        ],
      },
    });
    const client = PrometheusClient.create(endpoint);
    const end = new Date(at.getTime() + 7_200_000);
    const range = { start: at, end, stepSeconds: 3600, signal };
    expect(await client.queryRange('up', range)).toEqual({
      series: [
        {
          labels: {},
          samples: [
            [1767322800, 1],
            [1767330000, 3],
          ],
          unknownAt: [1767326400],
        },
      ],
      warnings: [],
    });
    expect(asked[0].get('step')).toBe('3600');
    expect(asked[0].get('end')).toBe('1767330000');
  });

  it('refuses to ask for more points than Prometheus gives', async () => {
    const client = PrometheusClient.create(endpoint);
    const end = new Date(at.getTime() + 11_000_000);
    const range = { start: at, end, stepSeconds: 1, signal };
    await expect(client.queryRange('up', range)).rejects.toThrow('11000');
  });

  it.each([
    { status: 'error', errorType: 'bad_data', error: 'secret' },
    { status: 'success', data: { resultType: 'string', result: [1, 'a'] } },
    { code: 200, data: [] },
    [],
  ])('says when the answer is not one: %j', async body => {
    answer('query', body);
    const client = PrometheusClient.create(endpoint, {
      name: 'Prometheus of cluster a',
    });
    await expect(client.query('up', { time: at, signal })).rejects.toThrow(
      'Prometheus of cluster a answered /api/v1/query with JSON that is not that of the Prometheus API',
    );
  });
});
