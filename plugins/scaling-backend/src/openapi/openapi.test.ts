import { buildDocument } from '@headroom/node';
import { ScalingClient } from '@headroom/plugin-scaling-common';
import { INFO, operations } from './operations';

/** What the client asks, as `method path`. */
async function askedBy(call: (client: ScalingClient) => Promise<unknown>) {
  const asked: string[] = [];
  const client = ScalingClient.create({
    discoveryApi: { getBaseUrl: async () => 'http://x/api/scaling' },
    fetchApi: {
      fetch: async (input, init) => {
        const { pathname } = new URL(String(input));
        asked.push(
          `${(init?.method ?? 'GET').toLowerCase()} ${pathname.replace(
            '/api/scaling',
            '',
          )}`,
        );
        return new Response('{}', {
          headers: { 'Content-Type': 'application/json' },
        });
      },
    },
  });
  await call(client);
  return asked[0];
}

const PLAN = { decision: 'approved', hash: 'h' } as const;
const REASON = { reason: 'r' };

describe('the OpenAPI document', () => {
  it('has what the client asks, each under the name of its method', async () => {
    const policy = { id: 'p' } as never;
    const calls: Record<string, (client: ScalingClient) => Promise<unknown>> = {
      getSettings: client => client.getSettings(),
      getOverview: client => client.getOverview(),
      getInForce: client => client.getInForce({}),
      getEntity: client => client.getEntity('component:default/web'),
      getPolicies: client => client.getPolicies({}),
      previewPolicy: client => client.previewPolicy(policy),
      createPolicy: client => client.createPolicy(policy),
      updatePolicy: client => client.updatePolicy(policy),
      deletePolicy: client => client.deletePolicy('p'),
      pausePolicy: client => client.pausePolicy('p', null),
      getPlans: client => client.getPlans({}),
      getPlan: client => client.getPlan('p'),
      decide: client => client.decide('p', PLAN),
      resolveAction: client =>
        client.resolveAction('p', { done: true, ...REASON }),
      undoAction: client => client.undoAction('p', REASON),
      override: client =>
        client.override({
          workloads: ['w'],
          direction: 'up',
          until: 'next-window',
          ...REASON,
        }),
      endOverride: client => client.endOverride('p'),
      goOn: client => client.goOn('p', { reason: 'x' }),
      setKillSwitch: client => client.setKillSwitch({ on: true, ...REASON }),
      getLedger: client => client.getLedger({}),
      getSavings: client => client.getSavings({}),
      getAdviceApplication: client => client.getAdviceApplication('p'),
      applyAdvice: client =>
        client.applyAdvice({ adviceId: 'p', how: 'cluster', ...REASON }),
      getManifests: client => client.getManifests('component:default/web'),
      checkManifests: client => client.checkManifests({ files: [] }),
    };
    for (const [id, call] of Object.entries(calls)) {
      const { method, path } = operations.find(each => each.id === id)!;
      const wanted = `${method} ${path
        .replace('/:kind/:namespace/:name', '/component/default/web')
        .replace(':id', 'p')}`;
      expect([id, await askedBy(call)]).toEqual([id, wanted]);
    }
    expect(operations.map(({ id }) => id).sort()).toEqual(
      [...Object.keys(calls), 'getLedgerCsv'].sort(),
    );
  });

  it('is one that can be built, and names its parts', () => {
    const { components } = JSON.parse(
      JSON.stringify(buildDocument(INFO, operations)),
    );
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Policy', 'StoredPlan', 'LedgerEntry', 'Json']),
    );
  });
});
