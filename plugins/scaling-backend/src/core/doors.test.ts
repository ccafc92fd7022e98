import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  InForceRow,
  scalingOverridePermission,
  scalingPermissions,
  scalingReadPermission,
} from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import {
  know,
  ScalingBackend,
  startScalingBackend,
  storedEntity,
  until,
} from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';
import { createEntityMirror } from '../database/entityMirror';
import { startTestCluster, TestCluster } from '../__testUtils__/demo';
import {
  createScalingConditionalDecision,
  scalingConditions,
} from './permissions/conditions';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const IMPORTER = 'component:default/legacy-importer';
const GATEWAY = 'component:default/api-gateway';

/** Observes, so that nothing changes under the test. */
const policy = (id: string, entityRef: string) => ({
  id,
  title: id,
  scope: { type: 'service', entityRef },
  outside: { type: 'zero' },
  graceMinutes: 0,
});

const ownedBy = (group: string): Record<string, PolicyDecision> =>
  Object.fromEntries(
    scalingPermissions.map(permission => [
      permission.name,
      createScalingConditionalDecision(
        permission,
        scalingConditions.isOwner({ claims: [group] }),
      ),
    ]),
  );

let cluster: TestCluster;
let knex: Knex;
const backends: ScalingBackend[] = [];

beforeAll(async () => {
  cluster = await startTestCluster();
  knex = await postgres.migrated();
  await know(
    knex,
    [
      storedEntity({ entityRef: IMPORTER, name: 'legacy-importer' }),
      storedEntity({
        entityRef: GATEWAY,
        name: 'api-gateway',
        ownerRefs: ['group:default/secret'],
      }),
      storedEntity({
        entityRef: 'group:default/novices',
        kind: 'group',
        name: 'novices',
        ownerRefs: ['group:default/novices'],
      }),
    ],
    {
      'legacy/Deployment/legacy-importer': IMPORTER,
      'edge/Deployment/api-gateway': GATEWAY,
    },
  );
});

afterEach(async () => {
  await Promise.all(backends.splice(0).map(backend => backend.stop()));
});

afterAll(async () => {
  await cluster.demo.stop();
});

async function start(
  options: Pick<
    Parameters<typeof startScalingBackend>[0],
    'decision' | 'decisions'
  >,
) {
  const backend = await startScalingBackend({
    knex,
    clusters: { 'us-west': cluster.url },
    scaling: {
      policies: [policy('ours', IMPORTER), policy('theirs', GATEWAY)],
    },
    ...options,
  });
  backends.push(backend);
  return backend.api;
}

/** Once the cluster is known. */
async function rows(api: ScalingBackend['api']): Promise<InForceRow[]> {
  return until(
    async () => (await api.get('/api/scaling/v1/workloads')).body.rows ?? [],
    found => found.length > 0,
    'Rows',
  );
}

describe('Who sees some services', () => {
  it('sees and touches nothing of others, and isn’t told that it is there', async () => {
    const all = await start({});
    const everything = await rows(all);
    const theirs = everything.find(
      ({ workload }) => workload.name === 'api-gateway',
    )!;
    const plans = await until(
      async () => (await all.get('/api/scaling/v1/plans')).body.rows,
      found => found.length >= 2,
      'Plans',
    );
    const hidden = plans.find(
      ({ policyId }: { policyId: string }) => policyId === 'theirs',
    );

    const api = await start({ decisions: ownedBy('group:default/shop') });
    const seen = await rows(api);
    expect(seen.map(({ workload }) => workload.name)).toEqual([
      'legacy-importer',
    ]);
    const get = async (path: string) => {
      const { status, body } = await api.get(`/api/scaling/v1${path}`);
      return [status, body];
    };
    const [, policies] = await get('/policies');
    expect(
      policies.rows.map((each: { policy: { id: string } }) => each.policy.id),
    ).toEqual(['ours']);
    const [, listed] = await get('/plans');
    expect(
      new Set(
        listed.rows.map(({ policyId }: { policyId: string }) => policyId),
      ),
    ).toEqual(new Set(['ours']));
    expect((await get(`/plans/${hidden.id}`))[0]).toBe(404);
    expect((await get('/plans/00000000-0000-0000-0000-000000000000'))[0]).toBe(
      404,
    );
    expect((await get('/entities/component/default/api-gateway'))[0]).toBe(403);
    expect((await get('/entities/component/default/nobody'))[0]).toBe(404);
    expect((await get('/entities/component/default/legacy-importer'))[0]).toBe(
      200,
    );
    const [, settings] = await get('/settings');
    expect(settings.clusters[0].workloads).toBe(1);
    expect(JSON.stringify(await get('/overview'))).not.toContain('api-gateway');

    const tries = [
      await api
        .put(`/api/scaling/v1/plans/${hidden.id}/decision`)
        .send({ decision: 'approved', hash: hidden.hash }),
      await api
        .post(`/api/scaling/v1/actions/${hidden.actions[0].id}/undo`)
        .send({ reason: 'x' }),
      await api.post('/api/scaling/v1/overrides').send({
        workloads: [theirs.workload.id],
        direction: 'down',
        until: { hours: 1 },
        reason: 'x',
      }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404]);
    for (const scope of [
      { type: 'service', entityRef: GATEWAY },
      { type: 'namespace', namespace: 'legacy' },
      { type: 'all' },
      {
        type: 'workload',
        namespace: 'edge',
        kind: 'Deployment',
        name: 'api-gateway',
      },
    ]) {
      const { status } = await api
        .post('/api/scaling/v1/policies')
        .send({ ...policy('new', GATEWAY), scope });
      expect([scope.type, status]).toEqual([scope.type, 403]);
    }
  });

  it('without a permission does not do what it is for', async () => {
    const api = await start({
      decisions: {
        [scalingOverridePermission.name]: { result: AuthorizeResult.DENY },
      },
    });
    const [row] = await rows(api);
    const { status, body } = await api.post('/api/scaling/v1/overrides').send({
      workloads: [row.workload.id],
      direction: 'up',
      until: { hours: 1 },
      reason: 'x',
    });
    expect([status, body.error.message]).toEqual([
      403,
      expect.stringContaining('scaling.override'),
    ]);
  });

  it.each([
    ['nobody allows', { result: AuthorizeResult.DENY } as PolicyDecision],
    [
      'owns no service',
      createScalingConditionalDecision(
        scalingReadPermission,
        scalingConditions.isOwner({ claims: ['group:default/novices'] }),
      ),
    ],
  ])('is refused everything whom %s', async (_, decision) => {
    const api = await start({ decision });
    for (const path of [
      'settings',
      'overview',
      'workloads',
      'policies',
      'plans',
      'ledger',
      'entities/component/default/legacy-importer',
      'plans/00000000-0000-0000-0000-000000000000',
    ]) {
      const { status, body } = await api.get(`/api/scaling/v1/${path}`);
      expect([path, status, body.error.name]).toEqual([
        path,
        403,
        'NotAllowedError',
      ]);
    }
  });

  it('stops all of theirs, known to run or not, and who may everything lets it go on', async () => {
    const LATER = 'component:default/not-there-yet';
    await createEntityMirror({ knex }).replaceAll(
      [
        storedEntity({ entityRef: IMPORTER, name: 'legacy-importer' }),
        storedEntity({ entityRef: LATER, name: 'not-there-yet' }),
        storedEntity({
          entityRef: GATEWAY,
          name: 'api-gateway',
          ownerRefs: ['group:default/secret'],
        }),
      ],
      [],
      new Date(),
    );
    const theirs = await start({ decisions: ownedBy('group:default/shop') });
    const all = await start({});
    const turn = async (api: ScalingBackend['api'], on: boolean) =>
      (
        await api
          .put('/api/scaling/v1/kill-switch')
          .send({ on, reason: 'Incident' })
      ).body;
    const stopped = async () =>
      (
        await knex('scaling_kill_switches')
          .where({ is_on: true })
          .orderBy('entity_ref')
      ).map(({ entity_ref }) => entity_ref);
    expect(await turn(theirs, true)).toMatchObject({ on: true, services: 2 });
    expect(await stopped()).toEqual([IMPORTER, LATER]);
    const seen = await all.get('/api/scaling/v1/settings');
    expect(seen.body.killSwitch).toMatchObject({ on: true, services: 2 });
    const everything = await turn(all, true);
    expect([everything.on, everything.services]).toEqual([true, undefined]);
    expect((await turn(theirs, false)).on).toBe(true);
    expect(await stopped()).toEqual(['']);
    await turn(theirs, true);
    expect((await turn(all, false)).on).toBe(false);
    expect(await stopped()).toEqual([]);
  });

  it('changes something as a person only', async () => {
    const api = await start({});
    const { status } = await api
      .put('/api/scaling/v1/kill-switch')
      .set('Authorization', mockCredentials.service.header())
      .send({ on: true, reason: 'x' });
    expect(status).toBe(403);
  });
});

it('says at the field what is wrong with a policy', async () => {
  const api = await start({});
  await rows(api);
  const wrong = {
    ...policy('wrong', IMPORTER),
    schedules: [
      {
        zone: 'Europe/Nowhere',
        windows: [
          {
            type: 'weekly',
            days: ['mon'],
            times: { start: '07:00', end: '19:00' },
            wish: { type: 'untouched' },
          },
        ],
      },
    ],
  };
  const refused = await api.post('/api/scaling/v1/policies').send(wrong);
  expect([refused.status, refused.body.error.message]).toEqual([
    400,
    expect.stringContaining('schedules[0].zone'),
  ]);
  const preview = await api
    .post('/api/scaling/v1/policies/preview')
    .send(wrong);
  expect([preview.status, preview.body.issues[0].path]).toEqual([
    200,
    'schedules[0].zone',
  ]);
  const { body } = await api
    .post('/api/scaling/v1/policies/preview')
    .send(policy('fine', IMPORTER));
  expect(body).toMatchObject({
    matches: 1,
    workloads: [{ name: 'legacy-importer' }],
    actions: [{ subject: 'Deployment legacy/legacy-importer' }],
  });
  const declared = await api
    .put('/api/scaling/v1/policies/ours')
    .send(policy('ours', IMPORTER));
  expect(declared.status).toBe(409);
});
