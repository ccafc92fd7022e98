import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { createKubernetesAccess } from '@headroom/plugin-clusters-node';
import { StartUp } from '@headroom/plugin-scaling-node';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { startTestCluster, TestCluster } from '../../__testUtils__/demo';
import { workloadKey } from '../../database/LinkStore';
import { StartUpStore } from '../../database/StartUpStore';
import { MeasureStartUps } from './MeasureStartUps';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const { signal } = new AbortController();
const WEB = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const NOW = new Date('2026-11-28T12:00:00Z');

let knex: Knex;
let store: StartUpStore;

beforeEach(async () => {
  knex = await postgres.migrated();
  store = StartUpStore.create({ knex });
});

const start = (pod: number, seconds: number, daysAgo = 0): StartUp => ({
  workload: WEB,
  podUid: `pod-${pod}`,
  seconds,
  readyAt: new Date(
    NOW.getTime() - daysAgo * 86_400_000 + pod * 1000,
  ).toISOString(),
});
const measured = async (workload = WEB) =>
  (await store.read()).get(workloadKey({ cluster: 'c', ...workload }));

it('is what nine of ten of the last starts took, each counted once', async () => {
  expect(await measured()).toBeUndefined();
  await store.add(
    'c',
    Array.from({ length: 10 }, (_, i) => start(i, (i + 1) * 10)),
  );
  // Seen again, and as if it had been ready later: a flap is no start.
  await store.add('c', [start(3, 2000)]);
  expect(await measured()).toEqual({ seconds: 90, starts: 10 });
});

it('forgets all but the newest, and what is old', async () => {
  await store.add(
    'c',
    Array.from({ length: 30 }, (_, i) => start(i, i < 10 ? 500 : 20)),
  );
  await store.add('c', [
    { ...start(99, 7, 31), workload: { ...WEB, name: 'old' } },
  ]);
  await store.prune(NOW);
  expect(await measured()).toEqual({ seconds: 20, starts: 20 });
  expect(await measured({ ...WEB, name: 'old' })).toBeUndefined();
});

describe('a cluster', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await startTestCluster();
  });

  afterEach(async () => {
    await cluster.demo.stop();
  });

  it('is read, one that does not answer is left out', async () => {
    const config = new ConfigReader({
      headroom: {
        clusters: [
          { name: 'off', kubernetes: { url: 'http://127.0.0.1:9' } },
          { name: 'us-west', kubernetes: { url: cluster.url } },
        ],
      },
    });
    const logger = mockServices.logger.mock();
    const work = MeasureStartUps.create({
      clusters: ['off', 'us-west', 'unknown'],
      kubernetes: createKubernetesAccess({ config, logger }),
      logger,
      now: () => new Date(),
      startUps: store,
    });
    await work.run(signal);
    const first = await store.read();
    expect(first.size).toBeGreaterThan(5);
    for (const { seconds, starts } of first.values()) {
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThanOrEqual(3600);
      expect(starts).toBeLessThanOrEqual(20);
    }
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('pods of cluster off'),
    );
    await work.run(signal);
    expect(await store.read()).toEqual(first);
  });
});
