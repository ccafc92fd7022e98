import { JsonObject } from '@backstage/types';
import { InForceRow, PolicyView } from '@headroom/plugin-scaling-common';
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
const PATH = '/apis/apps/v1/namespaces/legacy/deployments/legacy-importer';
const ASLEEP = 'outside=zero; grace=0m; mode=enforce';

let cluster: TestCluster;
let backend: ScalingBackend | undefined;

beforeEach(async () => {
  cluster = await startTestCluster();
});

afterEach(async () => {
  await backend?.stop();
  await cluster.demo.stop();
});

const annotate = (schedule: string) =>
  cluster.patch(
    PATH,
    { metadata: { annotations: { 'headroom.io/schedule': schedule } } },
    'kubectl-annotate',
  );

async function start(annotations?: JsonObject) {
  const knex = await postgres.migrated();
  await know(knex, [storedEntity()], {});
  backend = await startScalingBackend({
    knex,
    clusters: { 'us-west': cluster.url },
    scaling: annotations ? { annotations } : {},
  });
  return backend.api;
}

const rowOf = (api: ScalingBackend['api']) =>
  until<InForceRow | undefined>(
    async () =>
      (await api.get('/api/scaling/v1/workloads?namespace=legacy')).body
        .rows?.[0],
    row => row !== undefined,
    'The cluster',
  );

describe('An annotation', () => {
  it('makes no policy where nothing is said about annotations', async () => {
    await annotate(ASLEEP);
    const api = await start();
    expect((await rowOf(api))?.policy).toBeUndefined();
    const { body } = await api.get('/api/scaling/v1/policies');
    expect(body.total).toBe(0);
  });

  it('goes no further than it may, and one that can’t be read is said to be', async () => {
    await annotate(ASLEEP);
    const api = await start({ workloads: [{ namespaces: ['leg*'] }] });
    const row = await rowOf(api);
    expect(row?.policy).toMatchObject({
      origin: 'annotation',
      mode: 'observe',
    });
    const { body } = await api.get('/api/scaling/v1/policies');
    expect(
      body.rows.map(({ policy, mayChange }: PolicyView) => [
        policy.origin,
        mayChange,
      ]),
    ).toEqual([
      [
        {
          type: 'annotation',
          on: 'workload',
          of: 'Deployment legacy/legacy-importer',
        },
        false,
      ],
    ]);
    expect(
      (await cluster.deployment('legacy', 'legacy-importer')).spec,
    ).toEqual(expect.objectContaining({ replicas: 2 }));
    await annotate('Mon-Fri whenever');
    const wrong = await until(
      () => rowOf(api),
      each => each?.policy === undefined,
      'The annotation',
    );
    expect(wrong?.gap?.message).toContain('headroom.io/schedule');
  });
});
