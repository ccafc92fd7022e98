import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Policy } from '../policies';
import { ScalingClient } from './ScalingClient';

const BASE = 'http://localhost/api/scaling';
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const client = ScalingClient.create({
  discoveryApi: { getBaseUrl: async () => BASE },
});
const policy = { id: 'nights / dev' } as Policy;

interface Asked {
  method: string;
  path: string;
  body: unknown;
  authorization: string | null;
}

/** What a call sends, whatever it is answered. */
async function sent(call: () => Promise<unknown>): Promise<Asked> {
  let asked: Asked | undefined;
  server.use(
    http.all(`${BASE}/*`, async ({ request }) => {
      const text = await request.text();
      asked = {
        method: request.method,
        path: request.url.slice(BASE.length),
        body: text === '' ? undefined : JSON.parse(text),
        authorization: request.headers.get('authorization'),
      };
      return HttpResponse.json({});
    }),
  );
  await call();
  return asked!;
}

describe('the client of the scaling back end', () => {
  it.each<[string, string, unknown, () => Promise<unknown>]>([
    ['GET', '/v1/settings', undefined, () => client.getSettings()],
    ['GET', '/v1/overview', undefined, () => client.getOverview()],
    [
      'GET',
      '/v1/workloads?cluster=c1&text=web&limit=20',
      undefined,
      () => client.getInForce({ cluster: 'c1', text: 'web', limit: 20 }),
    ],
    [
      'GET',
      '/v1/entities/component/default/web',
      undefined,
      () => client.getEntity('Component:default/web'),
    ],
    [
      'GET',
      '/v1/policies?policyId=nights',
      undefined,
      () => client.getPolicies({ policyId: 'nights' }),
    ],
    [
      'POST',
      '/v1/policies/preview',
      policy,
      () => client.previewPolicy(policy),
    ],
    ['POST', '/v1/policies', policy, () => client.createPolicy(policy)],
    [
      'PUT',
      '/v1/policies/nights%20%2F%20dev',
      policy,
      () => client.updatePolicy(policy),
    ],
    [
      'DELETE',
      '/v1/policies/nights',
      undefined,
      () => client.deletePolicy('nights'),
    ],
    [
      'PUT',
      '/v1/policies/nights/pause',
      { until: null },
      () => client.pausePolicy('nights', null),
    ],
    [
      'GET',
      '/v1/plans?entityRef=component%3Adefault%2Fweb&state=waiting&mine=true',
      undefined,
      () =>
        client.getPlans({
          entityRef: 'component:default/web',
          state: 'waiting',
          mine: true,
        }),
    ],
    ['GET', '/v1/plans/p1', undefined, () => client.getPlan('p1')],
    [
      'PUT',
      '/v1/plans/p1/decision',
      { decision: 'approved', hash: 'abc' },
      () => client.decide('p1', { decision: 'approved', hash: 'abc' }),
    ],
    [
      'PUT',
      '/v1/actions/a1/resolution',
      { done: true, reason: 'seen' },
      () => client.resolveAction('a1', { done: true, reason: 'seen' }),
    ],
    [
      'POST',
      '/v1/actions/a1/undo',
      { reason: 'no' },
      () => client.undoAction('a1', { reason: 'no' }),
    ],
    [
      'POST',
      '/v1/overrides',
      {
        workloads: ['w1'],
        direction: 'up',
        until: { hours: 2 },
        reason: 'demo',
      },
      () =>
        client.override({
          workloads: ['w1'],
          direction: 'up',
          until: { hours: 2 },
          reason: 'demo',
        }),
    ],
    ['DELETE', '/v1/overrides/o1', undefined, () => client.endOverride('o1')],
    [
      'POST',
      '/v1/workloads/w1/go-on',
      { reason: 'fixed' },
      () => client.goOn('w1', { reason: 'fixed' }),
    ],
    [
      'PUT',
      '/v1/kill-switch',
      { on: true, reason: 'stop' },
      () => client.setKillSwitch({ on: true, reason: 'stop' }),
    ],
    ['GET', '/v1/ledger', undefined, () => client.getLedger({})],
    [
      'GET',
      '/v1/savings?limit=1',
      undefined,
      () => client.getSavings({ limit: 1 }),
    ],
    ['GET', '/v1/advice/7', undefined, () => client.getAdviceApplication('7')],
    [
      'POST',
      '/v1/advice/7/plan',
      { how: 'cluster', reason: 'small' },
      () =>
        client.applyAdvice({ adviceId: '7', how: 'cluster', reason: 'small' }),
    ],
    [
      'GET',
      '/v1/entities/component/default/web/manifests',
      undefined,
      () => client.getManifests('Component:default/web'),
    ],
    [
      'POST',
      '/v1/manifests/checks',
      { files: [{ path: 'a.yaml', text: 'a: 1' }] },
      () =>
        client.checkManifests({ files: [{ path: 'a.yaml', text: 'a: 1' }] }),
    ],
  ])('sends %s %s', async (method, path, body, call) => {
    expect(await sent(call)).toEqual({
      method,
      path,
      body,
      authorization: null,
    });
  });

  it('signs in with the token of a back end', async () => {
    const { authorization } = await sent(() =>
      client.getSettings({ token: 't' }),
    );
    expect(authorization).toBe('Bearer t');
  });

  it('rejects with what the back end says', async () => {
    server.use(
      http.get(`${BASE}/v1/plans/p1`, () =>
        HttpResponse.json(
          {
            error: { name: 'NotFoundError', message: 'There is no plan p1' },
            request: { method: 'GET', url: '/v1/plans/p1' },
            response: { statusCode: 404 },
          },
          { status: 404 },
        ),
      ),
    );
    await expect(client.getPlan('p1')).rejects.toMatchObject({
      cause: { name: 'NotFoundError', message: 'There is no plan p1' },
    });
  });
});
