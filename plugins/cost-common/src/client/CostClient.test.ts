import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ClusterCheckEvent } from '@headroom/common';
import { CostClient } from './CostClient';
import { CostScope } from './CostScope';

const BASE = 'http://cost.test/api/cost/v1';
const DEFAULT_SCOPE: CostScope = { window: '30d', idle: 'separate' };
const AT = '2026-11-01T00:00:00Z';
const CHECK: ClusterCheckEvent[] = [
  {
    type: 'started',
    cluster: 'us-west',
    title: 'US West',
    source: 'prometheus',
    simulated: false,
    at: AT,
  },
  { type: 'asking', subject: 'source', question: 'whether Prometheus answers' },
  { type: 'finished', at: AT },
];

describe('CostClient', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  const client = CostClient.create({
    discoveryApi: { getBaseUrl: async id => `http://cost.test/api/${id}` },
  });

  it('asks with the token it is given, and with none when it is given none', async () => {
    const tokens: Array<string | null> = [];
    server.use(
      http.all(`${BASE}/*`, ({ request }) => {
        tokens.push(request.headers.get('authorization'));
        return request.method === 'POST'
          ? HttpResponse.text(`${JSON.stringify(CHECK[2])}\n`)
          : HttpResponse.json({});
      }),
    );
    const token = 'abc';
    await client.getSettings();
    await client.getSettings({ token });
    await client.getCharges(DEFAULT_SCOPE, undefined, { token });
    await client.checkCluster('us-west', { token, onEvent: () => {} });
    await client.decideAdvice(
      '1',
      { state: 'dismissed', reason: 'no' },
      { token },
    );
    await client.undoAdviceDecision('1', { token });
    expect(tokens).toEqual([null, ...Array(5).fill('Bearer abc')]);
  });

  it('asks through the fetch it is given', async () => {
    const own = CostClient.create({
      discoveryApi: { getBaseUrl: async id => `http://cost.test/api/${id}` },
      fetchApi: {
        fetch: async input => HttpResponse.json({ asked: String(input) }),
      },
    });
    await expect(own.getSettings()).resolves.toEqual({
      asked: `${BASE}/settings`,
    });
  });

  it('asks for a service by kind, namespace and name, with the scope', async () => {
    const urls: string[] = [];
    server.use(
      http.get(`${BASE}/services/*`, ({ request }) => {
        urls.push(request.url);
        return HttpResponse.json({ status: 'ok' });
      }),
    );
    await expect(
      client.getServiceReport('Component:default/Akidb-Rest', {
        ...DEFAULT_SCOPE,
        currency: 'EUR',
      }),
    ).resolves.toEqual({ status: 'ok' });
    expect(urls).toEqual([
      `${BASE}/services/component/default/akidb-rest?window=30d&idle=separate&currency=EUR`,
    ]);
  });

  it('turns the last day into the day after it', async () => {
    let url = '';
    server.use(
      http.get(`${BASE}/fleet`, ({ request }) => {
        url = request.url;
        return HttpResponse.json({});
      }),
    );
    await client.getFleetReport(
      {
        window: 'custom',
        from: '2026-10-01',
        to: '2026-10-31',
        idle: 'shared',
      },
      'region',
    );
    expect(url).toBe(
      `${BASE}/fleet?window=custom&idle=shared&from=2026-10-01&to=2026-11-01&groupBy=region`,
    );
  });

  it('downloads charges of a service, of a team and of everything', async () => {
    server.use(
      http.get(`${BASE}/services/component/default/web/charges.csv`, () =>
        HttpResponse.text('one'),
      ),
      http.get(`${BASE}/teams/group/org/shop/charges.csv`, () =>
        HttpResponse.text('some'),
      ),
      http.get(`${BASE}/fleet/charges.csv`, () => HttpResponse.text('all')),
    );
    const one = await client.getCharges(DEFAULT_SCOPE, 'component:default/web');
    expect(one.size).toBe(3);
    const some = await client.getCharges(DEFAULT_SCOPE, 'group:org/shop');
    expect(some.size).toBe(4);
    expect((await client.getCharges(DEFAULT_SCOPE)).size).toBe(3);
  });

  it('downloads the rows of a bill', async () => {
    let asked = '';
    server.use(
      http.get(`${BASE}/bill/charges.csv`, ({ request }) => {
        asked = new URL(request.url).search;
        return HttpResponse.text('rows');
      }),
    );
    expect((await client.getBillCharges('2026-11')).size).toBe(4);
    expect(asked).toBe('?month=2026-11');
  });

  it.each([
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [400, 'InputError'],
    [503, 'ServiceUnavailableError'],
    [500, 'Error'],
  ])('tells a %s apart', async (status, name) => {
    server.use(
      http.get(`${BASE}/sources`, () =>
        HttpResponse.json(
          {
            error: { name, message: 'said so' },
            response: { statusCode: status },
          },
          { status },
        ),
      ),
    );
    await expect(client.getSources()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: status,
      cause: { name, message: 'said so' },
    });
  });

  it('aborts', async () => {
    server.use(
      http.get(`${BASE}/settings`, () => new Promise<never>(() => {})),
    );
    const controller = new AbortController();
    const answer = client.getSettings({ signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toThrow(/abort/i);
  });

  it('has a cluster checked, event by event, however lines are cut', async () => {
    const events = CHECK;
    const text = events.map(event => `${JSON.stringify(event)}\n`).join('');
    const bytes = new TextEncoder().encode(text.replace('Prometheus', 'Pröm'));
    let url = '';
    server.use(
      http.post(`${BASE}/sources/:cluster/check`, ({ request }) => {
        url = request.url;
        return new HttpResponse(
          new ReadableStream({
            start(controller) {
              for (let at = 0; at < bytes.length; at += 7) {
                controller.enqueue(bytes.slice(at, at + 7));
              }
              controller.close();
            },
          }),
        );
      }),
    );
    const got: ClusterCheckEvent[] = [];
    const onEvent = (event: ClusterCheckEvent) => got.push(event);
    await client.checkCluster('arn:aws:eks:us-west-2:1:cluster/a', { onEvent });
    expect(url).toBe(
      `${BASE}/sources/arn%3Aaws%3Aeks%3Aus-west-2%3A1%3Acluster%2Fa/check`,
    );
    expect(got).toHaveLength(events.length);
    expect(JSON.stringify(got)).toContain('Pröm answers');
  });

  it('does not take a check that was cut off for one that ended', async () => {
    server.use(
      http.post(`${BASE}/sources/:cluster/check`, () =>
        HttpResponse.text(`${JSON.stringify(CHECK[0])}\n`),
      ),
    );
    await expect(
      client.checkCluster('us-west', { onEvent: () => {} }),
    ).rejects.toThrow('ended before the check did');
  });

  it('asks for one page of advice on everything, leaving out what is not picked', async () => {
    let url = '';
    server.use(
      http.get(`${BASE}/fleet/advice`, ({ request }) => {
        url = request.url;
        return HttpResponse.json({});
      }),
    );
    await client.getFleetAdvice({
      offset: 0,
      limit: 25,
      sort: 'saving',
      order: 'desc',
      q: '',
      cluster: undefined,
    });
    expect(url).toBe(
      `${BASE}/fleet/advice?offset=0&limit=25&sort=saving&order=desc`,
    );
  });

  it('decides about an advice and takes it back', async () => {
    const asked: Array<[string, string, unknown]> = [];
    const decision = { state: 'dismissed', reason: 'no' } as const;
    server.use(
      http.put(`${BASE}/advice/:id/decision`, async ({ request, params }) => {
        asked.push(['PUT', String(params.id), await request.json()]);
        return HttpResponse.json({ ...decision, by: 'user:default/guest' });
      }),
      http.delete(`${BASE}/advice/:id/decision`, ({ params }) => {
        asked.push(['DELETE', String(params.id), undefined]);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    await expect(client.decideAdvice('a/b', decision)).resolves.toMatchObject({
      by: 'user:default/guest',
    });
    await client.undoAdviceDecision('a/b');
    expect(asked).toEqual([
      ['PUT', 'a/b', decision],
      ['DELETE', 'a/b', undefined],
    ]);
  });

  it('asks what runs of a service now', async () => {
    const urls: string[] = [];
    server.use(
      http.get(`${BASE}/services/*`, ({ request }) => {
        urls.push(request.url);
        return HttpResponse.json({ status: 'ok' });
      }),
    );
    await client.getRunning('component:default/web', {});
    await client.getRunning('component:default/web', { currency: 'EUR' });
    const url = `${BASE}/services/component/default/web/running`;
    expect(urls).toEqual([url, `${url}?currency=EUR`]);
  });

  it('asks what pods that are to be created will cost', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(`${BASE}/estimates`, async ({ request }) => {
        asked.push(request.headers.get('authorization'), await request.json());
        return HttpResponse.json({ currency: 'USD' });
      }),
    );
    const request = {
      cluster: 'us-west',
      pods: [
        {
          name: 'web',
          replicas: { min: 2, max: 10 },
          cpuCores: 0.25,
          memoryBytes: 2 ** 29,
        },
      ],
    };
    await expect(
      client.estimate(request, { token: 'abc' }),
    ).resolves.toMatchObject({ currency: 'USD' });
    expect(asked).toEqual(['Bearer abc', request]);
  });

  it.each([
    ['component:default/akidb-rest', 'services/component/default/akidb-rest'],
    [undefined, 'fleet'],
  ])('asks for GPUs and for the CSV of advice of %s', async (ref, path) => {
    const urls: string[] = [];
    server.use(
      http.get(`${BASE}/*`, ({ request }) => {
        const { pathname, search } = new URL(request.url);
        urls.push(pathname + (pathname.endsWith('.csv') ? search : ''));
        return HttpResponse.json({});
      }),
    );
    await client.getGpuReport(DEFAULT_SCOPE, ref);
    await client.getAdviceCsv({ status: 'change' }, ref);
    expect(urls).toEqual([
      `/api/cost/v1/${path}/gpu`,
      `/api/cost/v1/${path}/advice.csv${ref ? '' : '?status=change'}`,
    ]);
  });

  it('asks for the completion report, the review of a week, and the newest', async () => {
    const urls: string[] = [];
    server.use(
      http.get(`${BASE}/*`, ({ request }) => {
        const { pathname, search } = new URL(request.url);
        urls.push(pathname + search);
        return HttpResponse.json({});
      }),
    );
    await client.getCompletion();
    await client.getReviews();
    await client.getReview({});
    await client.getReview({ week: '2026-11-16' });
    expect(urls).toEqual([
      '/api/cost/v1/completion',
      '/api/cost/v1/reviews',
      '/api/cost/v1/review',
      '/api/cost/v1/review?week=2026-11-16',
    ]);
  });
});
