import { Knex } from 'knex';
import { restate, seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { BudgetCostStore } from '../budgets/BudgetCostStore';
import { IngestStore } from '../IngestStore';
import { MonthRollup } from './MonthRollup';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const TODAY = '2026-04-10';

const keep = (knex: Knex, today = TODAY) =>
  MonthRollup.create({ knex, store: IngestStore.create({ knex }) }).keep(
    today,
    new AbortController().signal,
  );

async function seeded() {
  const knex = await postgres.migrated();
  await seedCosts(knex, [
    {
      name: 'web',
      from: '2026-01-15',
      to: TODAY,
      dollars: 10,
      sharedDollars: 1,
    },
    { name: 'api', from: '2026-02-01', to: TODAY, dollars: 2 },
  ]);
  return knex;
}

async function months(knex: Knex) {
  const { rows } = await knex.raw(
    `SELECT to_char(m.month, 'YYYY-MM') AS month, c.workload AS name, m.own_micros / 1000000 AS own, m.shared_micros / 1000000 AS shared
     FROM cost_months m JOIN cost_containers c ON c.id = m.container_id ORDER BY 1, 2`,
  );
  return rows.map((row: Record<string, string>) =>
    Object.values(row).join(' '),
  );
}

/** What a cluster cost in two spans, as drivers of a budget tell it. */
async function spent(
  knex: Knex,
  current: [string, string],
  before: [string, string],
) {
  const store = BudgetCostStore.create({ knex, timezone: 'UTC' });
  const span = ([start, end]: [string, string]) => ({ start, end });
  const found = await store.drivers(
    [
      {
        scope: { type: 'cluster', cluster: 'c1' },
        readFrom: before[0],
      } as Parameters<BudgetCostStore['drivers']>[0][0],
    ],
    { current: span(current), before: span(before) },
  );
  return [found.current, found.before].map(rows =>
    rows.map(({ own, shared }) => `${own / 1_000_000n} ${shared / 1_000_000n}`),
  );
}

describe('months that are over', () => {
  it('are the sums of their days, once', async () => {
    const knex = await seeded();
    expect(await keep(knex)).toBe(3);
    expect(await months(knex)).toEqual([
      '2026-01 web 170 187',
      '2026-02 api 56 56',
      '2026-02 web 280 308',
      '2026-03 api 62 62',
      '2026-03 web 310 341',
    ]);
    expect(await keep(knex)).toBe(0);
    expect(await keep(knex, '2026-05-01')).toBe(1);
  });

  it('are summed again when their days are, and not while these wait', async () => {
    const knex = await seeded();
    await keep(knex);
    const { rows } = await knex.raw(
      `SELECT id, cluster_id FROM cost_containers WHERE workload = 'web'`,
    );
    await restate(knex, rows[0].id, 20);
    await IngestStore.create({ knex }).markDirty(knex, rows[0].cluster_id, [
      '2026-02-03',
    ]);
    expect(await keep(knex)).toBe(2);
    expect(await months(knex)).toContain('2026-03 web 620 651');
    expect(await months(knex)).toContain('2026-02 web 280 308');
    await knex('cost_dirty_days').delete();
    expect(await keep(knex)).toBe(1);
    expect(await months(knex)).toContain('2026-02 web 560 588');
  });

  it('tell the same of spans as the days do, kept, old or not kept at all', async () => {
    const knex = await seeded();
    const ask = () =>
      spent(knex, ['2026-02-10', '2026-04-05'], ['2026-01-01', '2026-02-10']);
    const expected = await ask();
    // 54 days of both, and 26 and 9 before.
    expect(expected).toEqual([['648 702'], ['278 304']]);
    await keep(knex);
    expect(await ask()).toEqual(expected);
    // What is kept is read: it says something else now.
    await knex('cost_months').update({ shared_micros: 0 });
    expect((await ask())[0]).not.toEqual(expected[0]);
    // And it isn't where its days are other ones.
    await knex('cost_cluster_days').update({
      rolled: knex.raw('gen_random_uuid()'),
    });
    expect(await ask()).toEqual(expected);
  });
});
