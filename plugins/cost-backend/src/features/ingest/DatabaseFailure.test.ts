import { TestPostgres } from '../../__testUtils__/database';
import { FakeUsageSource } from '../../__testUtils__/FakeUsageSource';
import { runIngest, totalMicros } from '../../__testUtils__/ingest';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';

it('a database that fails between the source and the hour is no gap, nor a source that is down', async () => {
  const knex = await postgres.migrated();
  const source = FakeUsageSource.create();
  const { observe } = source;
  // Only the labels are away, so that a gap could be written.
  source.observe = async query => {
    await knex.schema.renameTable('cost_node_labels', 'away');
    return observe.call(source, query);
  };
  await expect(runIngest({ knex, source, now: NOW })).rejects.toMatchObject({
    code: '42P01',
  });
  expect(await knex('cost_ingest_hours')).toEqual([]);
  expect(await knex('cost_ingest_state').first()).toMatchObject({
    down_since: null,
    last_error: null,
  });

  await knex.schema.renameTable('away', 'cost_node_labels');
  source.observe = observe;
  await runIngest({ knex, source, now: NOW });
  expect(await totalMicros(knex)).toBe(48n * 1_200_000n);
});
