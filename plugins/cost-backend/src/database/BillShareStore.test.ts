import { addDays, eachDay } from '@headroom/common';
import { Fence } from '@headroom/node';
import { Knex } from 'knex';
import { seedCosts, storeMachineDay } from '../__testUtils__/budgetCosts';
import { TestPostgres } from '../__testUtils__/database';
import { BillShareStore } from './BillShareStore';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();

const NOW = '2026-06-20T00:00:00Z';

interface Charge {
  machine: string;
  first: string;
  last?: string;
  billed: string;
  currency?: string;
  isCorrection?: boolean;
}

/** June's bill of machines of one kind; `web` costs $3 a day, `api` $1. */
async function setUp(charges: Charge[]) {
  const knex = await postgres.migrated();
  const span = { from: '2026-04-01', to: '2026-07-01' };
  const [web, api] = await seedCosts(knex, [
    { name: 'web', dollars: 3, ...span },
    { name: 'api', dollars: 1, ...span },
  ]);
  const { id: cluster } = await knex('cost_clusters').first('id');
  const { region, capacity_type } = await knex('cost_days').first();
  const machines = new Map<string, number>();
  for (const each of charges) {
    if (!machines.has(each.machine)) {
      const [{ id }] = await knex('cost_machines')
        .insert({
          machine: each.machine,
          cluster_id: cluster,
          region,
          capacity_type,
        })
        .returning('id');
      machines.set(each.machine, id);
    }
    await charge(knex, each);
  }
  const store = BillShareStore.create({
    knex,
    fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
  });
  return {
    knex,
    store,
    /** A container had a machine alone, from a day until another one, inclusive. */
    async had(machine: string, container: number, from: string, to = from) {
      for (let day = from; day <= to; day = addDays(day, 1)) {
        await storeMachineDay(knex, {
          cluster,
          day,
          machine: machines.get(machine)!,
          container,
          micros: 1_000_000,
        });
      }
    },
    async shares() {
      const stale = await store.stale();
      for (const each of stale) {
        await store.replace(each);
      }
      const rows = await knex('cost_bill_shares')
        .select(
          'container_id',
          'currency',
          knex.raw('round(billed, 2)::float8 AS billed'),
          knex.raw('(estimated_micros / 1000000)::integer AS estimated'),
        )
        .orderBy('currency');
      const of = (id: number, currency = 'USD') =>
        rows
          .filter(row => row.container_id === id && row.currency === currency)
          .map(({ billed, estimated }) => ({ billed, estimated }));
      return { stale: stale.length, web: of(web), api: of(api), of };
    },
    web,
    api,
    cluster,
  };
}

async function charge(knex: Knex, each: Charge) {
  const { first, last = first } = each;
  const days = eachDay(first, addDays(last, 1));
  const [delivery] = await knex('cost_bill_deliveries')
    .insert({ source: 'aws', name: 'june', version: '1', imported_at: NOW })
    .onConflict(['source', 'name'])
    .merge()
    .returning('id');
  const [item] = await knex('cost_bill_items')
    .insert({
      key: knex.raw('gen_random_uuid()'),
      period: '2026-06-01',
      currency: each.currency ?? 'USD',
      provider: 'AWS',
      billing_account: '1',
      sub_account: '1',
      service: 'EC2',
      service_category: 'Compute',
      region: 'us',
      resource_id: each.machine,
      category: 'Usage',
      correction: each.isCorrection ?? false,
      frequency: 'Usage-Based',
      pricing: 'Standard',
      commitment: '',
      commitment_id: '',
      tags: '{}',
      machine: each.machine,
      billed: each.billed,
      effective: each.billed,
      list: each.billed,
      charges: 1,
      first_day: first,
      last_day: last,
    })
    .returning('id');
  await knex('cost_bill_days').insert(
    days.map(day => ({
      item_id: item.id,
      delivery_id: delivery.id,
      day,
      billed: Number(each.billed) / days.length,
      effective: Number(each.billed) / days.length,
      list: 0,
      contracted: 0,
      charges: 1,
    })),
  );
}

describe('what containers pay of machines', () => {
  it('is of who had a machine, with days that are not summed yet as those before', async () => {
    const { had, shares, web, api } = await setUp([
      { machine: 'a', first: '2026-06-10', last: '2026-06-14', billed: '30' },
    ]);
    await had('a', web, '2026-06-10', '2026-06-11');
    await had('a', api, '2026-06-12');
    // Estimates of the kind are those of the days that it is charged for.
    expect(await shares()).toMatchObject({
      web: [{ billed: 20, estimated: 15 }],
      api: [{ billed: 10, estimated: 5 }],
    });
  });

  it('is of all of the kind when a day between was not summed', async () => {
    const { had, shares, api } = await setUp([
      { machine: 'a', first: '2026-06-10', last: '2026-06-14', billed: '40' },
    ]);
    await had('a', api, '2026-06-10', '2026-06-11');
    await had('a', api, '2026-06-13', '2026-06-14');
    expect(await shares()).toMatchObject({
      web: [{ billed: 30 }],
      api: [{ billed: 10 }],
    });
  });

  it('is of all of the kind when only its last days are known', async () => {
    const { had, shares, api } = await setUp([
      { machine: 'a', first: '2026-06-10', last: '2026-06-14', billed: '40' },
    ]);
    await had('a', api, '2026-06-13', '2026-06-14');
    expect(await shares()).toMatchObject({
      web: [{ billed: 30 }],
      api: [{ billed: 10 }],
    });
  });

  it('counts a day on which a machine was not seen, of a cluster that was', async () => {
    const { had, shares, web, api } = await setUp([
      { machine: 'a', first: '2026-06-10', last: '2026-06-11', billed: '5' },
      { machine: 'b', first: '2026-06-10', last: '2026-06-11', billed: '7' },
    ]);
    await had('b', web, '2026-06-10', '2026-06-11');
    await had('a', api, '2026-06-11');
    expect(await shares()).toMatchObject({
      web: [{ billed: 7 }],
      api: [{ billed: 5 }],
    });
  });

  it('has corrections of earlier months with their machine, and no days of these', async () => {
    const { knex, shares, api } = await setUp([
      { machine: 'a', first: '2026-06-10', billed: '40' },
      { machine: 'b', first: '2026-04-03', billed: '4', isCorrection: true },
    ]);
    // In April api cost a thousand times as much.
    await knex('cost_days')
      .where({ container_id: api })
      .where('day', '<', '2026-06-01')
      .update({ cpu_micros: 1_000_000_000 });
    expect(await shares()).toMatchObject({
      web: [{ billed: 33 }],
      api: [{ billed: 11 }],
    });
  });

  it('is the same of each currency', async () => {
    const { had, shares, web } = await setUp([
      { machine: 'a', first: '2026-06-10', billed: '4' },
      { machine: 'a', first: '2026-06-10', billed: '3', currency: 'EUR' },
    ]);
    await had('a', web, '2026-06-10');
    const { of } = await shares();
    expect(of(web)).toEqual([{ billed: 4, estimated: 3 }]);
    expect(of(web, 'EUR')).toEqual([{ billed: 3, estimated: 3 }]);
  });

  it('is found out again when the bill, the machine, or who had it is another, and only then', async () => {
    const { knex, had, shares, web, api } = await setUp([
      { machine: 'a', first: '2026-06-10', last: '2026-06-11', billed: '4' },
    ]);
    await had('a', web, '2026-06-10', '2026-06-11');
    expect(await shares()).toMatchObject({ stale: 1, web: [{ billed: 4 }] });
    expect(await shares()).toMatchObject({ stale: 0 });

    await knex('cost_bill_items').update({ billed: 8 });
    await knex('cost_bill_days').update({ billed: 4 });
    expect(await shares()).toMatchObject({ stale: 1, web: [{ billed: 8 }] });
    // The same on another day is what budgets of a week see.
    await knex('cost_bill_days')
      .where({ day: '2026-06-10' })
      .update({ billed: 3 });
    await knex('cost_bill_days')
      .where({ day: '2026-06-11' })
      .update({ billed: 5 });
    expect(await shares()).toMatchObject({ stale: 1 });
    await knex('cost_bill_items').update({ category: 'Credit' });
    expect(await shares()).toMatchObject({ stale: 1 });

    await knex('cost_machine_days').update({ container_id: api });
    await knex('cost_machine_sums').update({ hours: 'others' });
    expect(await shares()).toMatchObject({ stale: 1, api: [{ billed: 8 }] });

    await knex('cost_cluster_days')
      .where({ day: '2026-06-11' })
      .update({ rolled: knex.raw('gen_random_uuid()') });
    expect(await shares()).toMatchObject({ stale: 1 });
    // Not of a day that it is not charged for.
    await knex('cost_cluster_days')
      .where({ day: '2026-06-12' })
      .update({ rolled: knex.raw('gen_random_uuid()') });
    expect(await shares()).toMatchObject({ stale: 0 });
  });

  it('is forgotten with the machines of the bill', async () => {
    const { knex, store, shares } = await setUp([
      { machine: 'a', first: '2026-06-10', billed: '4' },
    ]);
    await shares();
    await store.forget();
    expect(await knex('cost_bill_shared')).toHaveLength(1);
    // What is left is of a machine of no cluster.
    await knex('cost_machines').delete();
    await store.forget();
    for (const table of [
      'cost_bill_shared',
      'cost_bill_shares',
      'cost_bill_machine_days',
      'cost_bill_kind_days',
    ]) {
      expect(await knex(table)).toEqual([]);
    }
  });
});
