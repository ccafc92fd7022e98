import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { serviceReport } from '../__testUtils__/reports';
import { errorKind } from '../components/states';
import { DEFAULT_SCOPE } from '../scope';
import { CostClient } from './CostClient';

const BASE = 'http://cost.test/api/cost/v1';

describe('CostClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const client = CostClient.create({
    fetchApi: mockApis.fetch({
      resolvePluginProtocol: {
        discoveryApi: { getBaseUrl: async id => `http://cost.test/api/${id}` },
      },
    }),
  });

  it('asks for a service by kind, namespace and name, with the scope', async () => {
    const urls: string[] = [];
    server.use(
      http.get(`${BASE}/services/*`, ({ request }) => {
        urls.push(request.url);
        return HttpResponse.json(serviceReport());
      }),
    );
    await expect(
      client.getServiceReport('Component:default/Akidb-Rest', {
        ...DEFAULT_SCOPE,
        currency: 'EUR',
      }),
    ).resolves.toEqual(serviceReport());
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

  it('downloads charges of a service and of everything', async () => {
    server.use(
      http.get(`${BASE}/services/component/default/web/charges.csv`, () =>
        HttpResponse.text('one'),
      ),
      http.get(`${BASE}/fleet/charges.csv`, () => HttpResponse.text('all')),
    );
    const one = await client.getCharges(DEFAULT_SCOPE, 'component:default/web');
    expect(one.size).toBe(3);
    expect((await client.getCharges(DEFAULT_SCOPE)).size).toBe(3);
  });

  it.each([
    [403, 'NotAllowedError', 'not-allowed'],
    [404, 'NotFoundError', 'not-found'],
    [400, 'InputError', 'bad-request'],
    [503, 'ServiceUnavailableError', 'unavailable'],
    [500, 'Error', 'other'],
  ])('tells a %s apart', async (status, name, kind) => {
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
    const error = await client.getSources().then(
      () => undefined,
      reason => reason,
    );
    expect(errorKind(error)).toBe(kind);
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
});
