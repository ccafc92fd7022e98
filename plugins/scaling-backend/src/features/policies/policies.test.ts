import { mockServices } from '@backstage/backend-test-utils';
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

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const IMPORTER = 'component:default/legacy-importer';
const POLICY = {
  id: 'nights',
  title: 'Nights',
  scope: { type: 'service', entityRef: IMPORTER },
  outside: { type: 'zero' },
};

let cluster: TestCluster;
let knex: Knex;
let backend: ScalingBackend;
const record: Array<{ eventId: string; meta: object }> = [];

beforeAll(async () => {
  cluster = await startTestCluster();
  knex = await postgres.migrated();
  await know(
    knex,
    [storedEntity({ entityRef: IMPORTER, name: 'legacy-importer' })],
    { 'legacy/Deployment/legacy-importer': IMPORTER },
  );
  backend = await startScalingBackend({
    knex,
    clusters: { 'us-west': cluster.url },
    features: [
      mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => ({
          success: async done => {
            record.push({ eventId, meta: { ...meta, ...done?.meta } });
          },
          fail: async ({ error }) => {
            record.push({ eventId, meta: { ...meta, failed: error.name } });
          },
        }),
      }).factory,
    ],
  });
  await until(
    async () => (await backend.api.get('/api/scaling/v1/workloads')).body.total,
    total => total > 0,
    'The cluster',
  );
});

afterAll(async () => {
  await backend.stop();
  await cluster.demo.stop();
});

describe('A policy of the page', () => {
  it('is made, changed, paused and deleted, each on record with before and after', async () => {
    const { api } = backend;
    const url = '/api/scaling/v1/policies';
    const made = await api.post(url).send(POLICY);
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ matches: 1, wins: 1, mayChange: true }),
    ]);
    expect(made.body.policy).toMatchObject({
      mode: 'observe',
      origin: { type: 'page' },
      by: 'user:default/mock',
    });
    const again = await api.post(url).send(POLICY);
    expect(again.status).toBe(409);
    const changed = await api
      .put(`${url}/nights`)
      .send({ ...POLICY, title: 'All nights' });
    expect([changed.status, changed.body.policy.title]).toEqual([
      200,
      'All nights',
    ]);
    const until1 = new Date(Date.now() + 3_600_000).toISOString();
    const paused = await api.put(`${url}/nights/pause`).send({ until: until1 });
    expect(paused.body.pausedUntil).toBe(until1);
    const past = await api
      .put(`${url}/nights/pause`)
      .send({ until: '2020-01-01T00:00:00Z' });
    expect([past.status, past.body.error.message]).toEqual([
      400,
      expect.stringContaining('until must lie in the future'),
    ]);
    const [row] = (await api.get('/api/scaling/v1/workloads?policyId=nights'))
      .body.rows;
    expect(row.gap.message).toBe(`Its policy is paused until ${until1}.`);
    expect((await api.delete(`${url}/nights`)).status).toBe(204);
    expect((await api.delete(`${url}/nights`)).status).toBe(404);

    expect(
      record.map(({ eventId, meta }) => [
        eventId,
        (meta as { actionType: string }).actionType,
        (meta as { failed?: string }).failed,
      ]),
    ).toEqual([
      ['policy-write', 'create', undefined],
      ['policy-write', 'create', 'ConflictError'],
      ['policy-write', 'update', undefined],
      ['policy-write', 'pause', undefined],
      ['policy-write', 'pause', 'InputError'],
      ['policy-write', 'delete', undefined],
      ['policy-write', 'delete', 'NotFoundError'],
    ]);
    expect(record[2].meta).toMatchObject({
      by: 'user:default/mock',
      before: { title: 'Nights' },
      after: { title: 'All nights' },
    });
    const history = await knex('scaling_policy_history')
      .orderBy('id')
      .select('change', 'version');
    expect(history).toEqual([
      { change: 'created', version: 1 },
      { change: 'updated', version: 2 },
      { change: 'paused', version: 0 },
      { change: 'deleted', version: 2 },
    ]);
    await until(
      async () => backend.signals,
      signals => signals.length > 0,
      'A signal',
    );
    expect(backend.signals[0]).toEqual({
      recipients: { type: 'broadcast' },
      channel: 'scaling',
      message: { changed: true },
    });
  });
});
