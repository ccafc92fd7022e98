import { LedgerEntry, StoredPlan } from '@headroom/common';
import { JsonObject } from '@backstage/types';
import { InForceRow } from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import {
  know,
  ScalingBackend,
  startScalingBackend,
  storedEntity,
  until,
} from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import { startTestCluster, TestCluster } from '../../__testUtils__/demo';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const IMPORTER = 'component:default/legacy-importer';
const NAME = { namespace: 'legacy', name: 'legacy-importer' };
const SCOPE = { type: 'workload', kind: 'Deployment', ...NAME };

/** Wanted at all times: nothing depends on when the test runs. */
const asleep = (change: JsonObject = {}): JsonObject => ({
  id: 'asleep',
  title: 'Asleep',
  scope: SCOPE,
  mode: 'enforce',
  outside: { type: 'zero' },
  graceMinutes: 0,
  ...change,
});

let cluster: TestCluster;
let knex: Knex;
const backends: ScalingBackend[] = [];

beforeEach(async () => {
  cluster = await startTestCluster();
  knex = await postgres.migrated();
  await know(
    knex,
    [storedEntity({ entityRef: IMPORTER, name: 'legacy-importer' })],
    { 'legacy/Deployment/legacy-importer': IMPORTER },
  );
});

afterEach(async () => {
  await Promise.all(backends.splice(0).map(backend => backend.stop()));
  await cluster.demo.stop();
});

async function start(
  scaling: JsonObject = {},
  acting: JsonObject = {},
): Promise<ScalingBackend> {
  const backend = await startScalingBackend({
    knex,
    clusters: { 'us-west': cluster.url },
    scaling,
    acting,
  });
  backends.push(backend);
  return backend;
}

const replicas = async () =>
  (await cluster.deployment(NAME.namespace, NAME.name)).spec.replicas;

const untilReplicas = (wanted: number) =>
  until(replicas, found => found === wanted, `${wanted} replicas`);

async function ledger({ api }: ScalingBackend): Promise<LedgerEntry[]> {
  return (await api.get('/api/scaling/v1/ledger?limit=200')).body.rows;
}

async function row({ api }: ScalingBackend): Promise<InForceRow> {
  const { body } = await api.get(
    '/api/scaling/v1/workloads?namespace=legacy&text=legacy-importer',
  );
  return body.rows[0];
}

describe('A schedule in force', () => {
  it('acts, is overridden, is killed and put back when its policy is deleted', async () => {
    const backend = await start();
    const { api } = backend;
    const before = await replicas();
    await until(
      () => row(backend),
      each => each !== undefined,
      'What runs',
    );
    const created = await api.post('/api/scaling/v1/policies').send(asleep());
    expect([created.status, created.body.matches, created.body.wins]).toEqual([
      201, 1, 1,
    ]);
    await untilReplicas(0);
    const { metadata } = await cluster.deployment(NAME.namespace, NAME.name);
    expect(
      JSON.parse(metadata.annotations!['headroom.io/restore']),
    ).toMatchObject({
      v: 1,
      policy: 'asleep',
      fields: { 'spec.replicas': { was: before, set: 0 } },
    });
    const [applied] = await until(
      () => ledger(backend),
      rows => rows.length > 0,
      'A line',
    );
    const { body: done } = await api.get(
      `/api/scaling/v1/plans/${applied.planId}`,
    );
    const [{ evidence, expected }] = (done as StoredPlan).actions;
    // There is no cost plugin here: what isn't known is said, and is no zero.
    expect(evidence.map(({ text }) => text.message)).toEqual([
      expect.stringMatching(/^Deployment legacy\/legacy-importer has /),
      expect.stringContaining('could not be asked of the cost plugin'),
    ]);
    expect(expected.savingPerHour).toBeUndefined();
    expect(applied).toMatchObject({
      event: 'applied',
      policyId: 'asleep',
      entityRef: IMPORTER,
      changes: expect.arrayContaining([
        expect.objectContaining({
          path: ['spec', 'replicas'],
          before,
          after: 0,
        }),
      ]),
    });
    await until(
      async () => backend.notifications,
      told => told.length > 0,
      'A notification',
    );
    expect(backend.notifications).toEqual([
      {
        entityRef: IMPORTER,
        title: expect.stringContaining('Headroom begins to scale'),
      },
    ]);
    const shown = await until(
      () => row(backend),
      each => each.actual.replicas === 0,
      'What runs',
    );
    expect(shown).toMatchObject({
      policy: { id: 'asleep', origin: 'page', mode: 'enforce' },
      wanted: { floor: 0, ceiling: 0 },
    });

    // Somebody wakes it for a while.
    const woken = await api.post('/api/scaling/v1/overrides').send({
      workloads: [shown.workload.id],
      direction: 'up',
      until: { hours: 2 },
      reason: 'A demo',
    });
    expect(woken.status).toBe(201);
    await untilReplicas(before!);
    await api.delete(`/api/scaling/v1/overrides/${woken.body[0].id}`);
    await untilReplicas(0);

    // Nothing is done while everything is stopped.
    const stopped = await api
      .put('/api/scaling/v1/kill-switch')
      .send({ on: true, reason: 'Too much at once' });
    expect(stopped.body).toMatchObject({
      on: true,
      reason: 'Too much at once',
    });
    await api.delete('/api/scaling/v1/policies/asleep');
    await until(
      async () =>
        (
          await api.get('/api/scaling/v1/plans?state=open')
        ).body.rows.flatMap((plan: StoredPlan) =>
          plan.actions.flatMap(({ vetoes }) =>
            vetoes.map(({ guard }) => guard),
          ),
        ),
      guards => guards.includes('kill-switch'),
      'A veto',
    );
    expect(await replicas()).toBe(0);
    await api
      .put('/api/scaling/v1/kill-switch')
      .send({ on: false, reason: 'Looked at' });
    await untilReplicas(before!);
    const after = await cluster.deployment(NAME.namespace, NAME.name);
    expect(after.metadata.annotations).not.toHaveProperty([
      'headroom.io/restore',
    ]);
  });

  it('that proposes waits for a yes to the very plan', async () => {
    const backend = await start({ policies: [asleep({ mode: 'propose' })] });
    const { api } = backend;
    const [plan] = await until(
      async () =>
        (
          await api.get('/api/scaling/v1/plans?state=waiting&mine=true')
        ).body.rows,
      plans => plans.length > 0,
      'A plan',
    );
    expect(await replicas()).toBeGreaterThan(0);
    const url = `/api/scaling/v1/plans/${plan.id}/decision`;
    const other = await api
      .put(url)
      .send({ decision: 'approved', hash: 'another' });
    expect([other.status, other.body.error.name]).toEqual([
      409,
      'ConflictError',
    ]);
    const yes = await api
      .put(url)
      .send({ decision: 'approved', hash: plan.hash });
    expect(yes.status).toBe(200);
    await untilReplicas(0);
    const [line] = await until(
      () => ledger(backend),
      rows => rows.length > 0,
      'A line',
    );
    expect(line).toMatchObject({
      event: 'applied',
      approvedBy: 'user:default/mock',
    });
    await until(
      async () => backend.notifications,
      told => told.length > 1,
      'Both notifications',
    );
    expect(backend.notifications.map(({ title }) => title)).toEqual([
      expect.stringContaining('waits for an approval'),
      expect.stringContaining('Headroom begins to scale'),
    ]);
  });

  it('that observes shows its plan, and nothing happens', async () => {
    const { api } = await start({ policies: [asleep({ mode: 'observe' })] });
    const [plan] = await until(
      async () => (await api.get('/api/scaling/v1/plans?state=open')).body.rows,
      plans => plans.length > 0,
      'A plan',
    );
    expect(plan.actions[0].state).toBe('planned');
    await new Promise(resolve => setTimeout(resolve, 2500));
    expect(await replicas()).toBeGreaterThan(0);
  });

  it('is held by what its workload and its service say, until they no longer do', async () => {
    await know(
      knex,
      [
        storedEntity({
          entityRef: IMPORTER,
          name: 'legacy-importer',
          annotations: { 'headroom.io/min-replicas': '1' },
        }),
      ],
      { 'legacy/Deployment/legacy-importer': IMPORTER },
    );
    const before = await replicas();
    const annotate = (hold: string | null) =>
      cluster.patch(
        '/apis/apps/v1/namespaces/legacy/deployments/legacy-importer',
        { metadata: { annotations: { 'headroom.io/hold': hold } } },
        'kubectl-annotate',
      );
    await annotate('It is being moved');
    const { api, notifications } = await start({ policies: [asleep()] });
    const vetoes = async (): Promise<string[]> => {
      const { body } = await api.get('/api/scaling/v1/plans?state=open');
      return (body.rows as StoredPlan[]).flatMap(({ actions }) =>
        actions.flatMap(action =>
          action.vetoes.map(
            ({ guard, reason }) => `${guard}: ${reason.message}`,
          ),
        ),
      );
    };
    const least =
      'minimum-replicas: 0 replicas would be left, and at least 1 must run. The annotation headroom.io/min-replicas of component:default/legacy-importer says so.';
    expect(
      await until(vetoes, found => found.length === 2, 'Two vetoes'),
    ).toEqual(
      expect.arrayContaining([
        'hold: headroom.io/hold (Deployment legacy/legacy-importer) wants it to be left alone: It is being moved',
        least,
      ]),
    );
    await annotate(null);
    expect(
      await until(vetoes, found => found.length === 1, 'One veto'),
    ).toEqual([least]);
    expect(await replicas()).toBe(before);
    expect(notifications).toEqual([]);
    await know(
      knex,
      [storedEntity({ entityRef: IMPORTER, name: 'legacy-importer' })],
      { 'legacy/Deployment/legacy-importer': IMPORTER },
    );
    await untilReplicas(0);
    // Of what was held when it was planned its owner is told as well.
    await until(
      async () => notifications,
      told =>
        told.some(({ title }) => title.includes('Headroom begins to scale')),
      'A notification',
    );
  });

  it('is undone by a person, and not done again', async () => {
    const backend = await start({ policies: [asleep()] });
    await untilReplicas(0);
    const [applied] = await until(
      () => ledger(backend),
      rows => rows.length > 0,
      'A line',
    );
    const undone = await backend.api
      .post(`/api/scaling/v1/actions/${applied.actionId}/undo`)
      .send({ reason: 'Needed tonight' });
    expect(undone.status).toBe(204);
    await until(replicas, found => found !== 0, 'The undo');
    await new Promise(resolve => setTimeout(resolve, 3000));
    expect(await replicas()).not.toBe(0);
  });

  it('is left alone, and said to be, when somebody takes it back', async () => {
    const backend = await start(
      { policies: [asleep()] },
      { contested: { times: 1 } },
    );
    const before = await replicas();
    await untilReplicas(0);
    await until(
      () => ledger(backend),
      rows => rows.length > 0,
      'A line',
    );
    await cluster.patch(
      '/apis/apps/v1/namespaces/legacy/deployments/legacy-importer',
      { spec: { replicas: before } },
      'kubectl-edit',
    );
    const shown = await until(
      () => row(backend),
      each => each.contested !== undefined,
      'A contest',
    );
    expect(shown.contested).toMatchObject({ manager: 'kubectl-edit' });
    await new Promise(resolve => setTimeout(resolve, 2500));
    expect(await replicas()).toBe(before);
    expect(backend.notifications.map(({ title }) => title)).toContainEqual(
      expect.stringContaining('kubectl-edit takes back'),
    );
    // Until somebody says to go on.
    const path = `/api/scaling/v1/workloads/${shown.workload.id}/go-on`;
    const { api } = backend;
    expect((await api.post(path).send({})).status).toBe(400);
    expect((await api.post(path).send({ reason: 'Asked' })).status).toBe(204);
    await until(
      () => row(backend),
      each => each.contested === undefined,
      'The end of the contest',
    );
    expect((await api.post(path).send({ reason: 'Asked' })).status).toBe(409);
  });

  it('is kept to by one of two replicas, also when the first one goes', async () => {
    const [first] = [await start(), await start()];
    await first.api.post('/api/scaling/v1/policies').send(asleep());
    await untilReplicas(0);
    const lines = await until(
      () => ledger(first),
      rows => rows.length > 0,
      'A line',
    );
    expect(lines.filter(({ event }) => event === 'applied')).toHaveLength(1);
    await first.stop();
    backends.splice(backends.indexOf(first), 1);
    const [second] = backends;
    await second.api.delete('/api/scaling/v1/policies/asleep');
    await until(replicas, found => found !== 0, 'What was before');
  });
});
