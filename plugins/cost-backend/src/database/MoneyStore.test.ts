import { TestPostgres } from '../__testUtils__/database';
import { FakeUsageSource } from '../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../__testUtils__/ingest';
import { totalOfSums } from './sums';
import { MoneyStore } from './MoneyStore';
import { INTERNAL } from './scope';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const CURRENT = { start: '2026-06-01', end: '2026-06-03' };
const PREVIOUS = { start: '2026-05-30', end: '2026-06-01' };

describe('fleetMoney', () => {
  it('leaves days that are not compared out of what is compared, only', async () => {
    const knex = await postgres.migrated();
    await storeEntities(knex, [storedEntity()]);
    await runIngest({
      knex,
      source: FakeUsageSource.create(),
      now: '2026-06-03T01:30:00Z',
      config: { cost: { ingest: { backfill: { hours: 72 } } } },
    });
    const { days, groups } = await MoneyStore.create({
      knex,
      scope: INTERNAL,
    }).fleetMoney(
      {
        readFrom: PREVIOUS.start,
        readTo: CURRENT.end,
        current: CURRENT,
        previous: PREVIOUS,
        compared: { current: CURRENT, previous: PREVIOUS },
        notCompared: ['2026-06-02', '2026-05-31'],
        shared: false,
      },
      'service',
    );
    const total = (ofCompared: boolean) =>
      groups
        .filter(
          ({ dimension, compared, period }) =>
            dimension === 'group' &&
            period === 'current' &&
            compared === ofCompared,
        )
        .reduce((sum, { sums }) => sum + totalOfSums(sums), 0n);
    const first = totalOfSums(days.get('2026-06-01')!);
    const second = totalOfSums(days.get('2026-06-02')!);
    expect(first > 0n && second > 0n).toBe(true);
    expect(total(true)).toBe(first);
    expect(total(false)).toBe(first + second);
  });
});
