import { Knex } from 'knex';
import { TestPostgres, untilBlocked } from '../__testUtils__/database';
import { FakeUsageSource } from '../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../__testUtils__/ingest';
import { totalOfSums } from './sums';
import { ChargeStore } from './ChargeStore';
import { IngestStore } from './IngestStore';
import { MoneyQuery } from './MoneyStore';
import { PageDatabase } from './PageDatabase';
import { INTERNAL } from './scope';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const DAYS = ['2026-06-01', '2026-06-02'];
const WINDOW = { start: DAYS[0], end: '2026-06-03' };
const BEFORE = { start: '2026-05-30', end: DAYS[0] };
const QUERY: MoneyQuery = {
  readFrom: BEFORE.start,
  readTo: WINDOW.end,
  current: WINDOW,
  previous: BEFORE,
  compared: { current: WINDOW, previous: BEFORE },
  shared: false,
};

async function twoDays(): Promise<Knex> {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  await runIngest({
    knex,
    source: FakeUsageSource.create(),
    now: '2026-06-03T01:30:00Z',
    config: { cost: { ingest: { backfill: { hours: 72 } } } },
  });
  return knex;
}

const sum = (amounts: bigint[]) =>
  amounts.reduce((total, amount) => total + amount, 0n);

describe('a snapshot', () => {
  it('has days and rows of the same moment', async () => {
    const knex = await twoDays();
    // The days' query passes, that of the rows waits until all is twice as dear.
    const writer = await knex.transaction();
    await writer.raw('LOCK TABLE cost_entities IN ACCESS EXCLUSIVE MODE');
    const reading = PageDatabase.create({ knex }).inSnapshot(
      INTERNAL,
      ({ money }) => money.fleetMoney(QUERY, 'service'),
    );
    await untilBlocked(knex);
    await writer.raw('UPDATE cost_days SET cpu_micros = cpu_micros * 2');
    await writer.commit();
    const { days, groups } = await reading;
    const rows = groups.filter(
      ({ dimension, compared, period }) =>
        dimension === 'group' && !compared && period === 'current',
    );
    const byDay = sum(DAYS.map(day => totalOfSums(days.get(day)!)));
    expect(byDay > 0n).toBe(true);
    expect(sum(rows.map(({ sums }) => totalOfSums(sums)))).toBe(byDay);
  });
});

describe('charges', () => {
  const pagesOf = (knex: Knex) =>
    ChargeStore.create({ knex, scope: INTERNAL }).ofDay(DAYS[0], undefined, 1);

  it('are told page by page, each row once', async () => {
    const knex = await twoDays();
    const rows: string[] = [];
    for await (const page of pagesOf(knex)) {
      rows.push(...page.map(row => `${row.bucket}/${row.container}`));
    }
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('are cut off, not mixed, when their day is summed anew', async () => {
    const knex = await twoDays();
    const pages = pagesOf(knex);
    await pages.next();
    const cluster = await knex('cost_clusters').first('id');
    const ingest = IngestStore.create({ knex });
    await ingest.markDirty(knex, cluster.id, [DAYS[0]]);
    await runIngest({
      knex,
      source: FakeUsageSource.create(),
      now: '2026-06-03T01:30:00Z',
      config: { cost: { ingest: { backfill: { hours: 72 } } } },
    });
    await expect(pages.next()).rejects.toThrow(
      'Cluster c1 got new sums for 2026-06-01 while they were read',
    );
  });

  it('hold no connection while their reader waits', async () => {
    const knex = await twoDays();
    const pages = pagesOf(knex);
    await pages.next();
    expect(knex.client.pool.numUsed()).toBe(0);
  });
});
