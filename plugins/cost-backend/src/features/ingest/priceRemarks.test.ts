import { VolumeHour } from '@headroom/plugin-cost-common';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import { runIngest } from '../../__testUtils__/ingest';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';

const volume = (hour: string, storageClass: string): VolumeHour => ({
  hour,
  namespace: 'shop',
  claim: storageClass,
  storageClass,
  capacityByteSeconds: 100 * 2 ** 30 * 3600,
  pods: [],
});

/** A node that is over-committed, which is said of each hour alone, and volumes. */
const source = FakeUsageSource.create(hour => ({
  nodes: [
    node(hour, {
      instanceType: 'm5.2xlarge',
      region: 'us-west-2',
      capacityType: 'spot',
      hourlyPrice: undefined,
    }),
  ],
  containers: [container(hour, { cpuRequestCoreSeconds: 40 * 3600 })],
  volumes: [volume(hour, 'gp3'), volume(hour, 'rook-ceph')],
}));

async function told(config = {}) {
  const knex = await postgres.migrated();
  await runIngest({ knex, source, now: NOW, config });
  const { problems } = await knex('cost_cluster_days')
    .where({ day: '2026-01-09' })
    .first();
  return problems.map(
    (each: { code: string; severity: string }) =>
      `${each.severity} ${each.code}`,
  );
}

describe('prices that are not what is paid', () => {
  it('are said once a day, remarks after warnings', async () => {
    expect(await told()).toEqual([
      'warning default-storage-price',
      'info list-price-elsewhere',
      'info representative-spot-price',
    ]);
  });

  it('are no longer said when configuration has what is paid', async () => {
    expect(
      await told({
        prices: {
          nodes: [
            {
              instanceType: 'm5.2xlarge',
              capacityType: 'spot',
              hourlyPrice: 0.1,
            },
          ],
          unitPrices: { 'on-demand': { storageGibHour: 0.0001 } },
        },
      }),
    ).toEqual([]);
  });
});
