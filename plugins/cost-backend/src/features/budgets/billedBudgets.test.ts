import { mockServices } from '@backstage/backend-test-utils';
import { Fence } from '@headroom/node';
import {
  BillCharge,
  BillItem,
  BudgetCost,
  budgetDefinitionSchema,
  BudgetScope,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { seedCosts, storeMachineDay } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import { shareBills } from '../../__testUtils__/shareBills';
import { Currencies } from '../../core/Currencies';
import { BillStore } from '../../database/BillStore';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';
import { BillImport } from '../bill/BillImport';
import { Exchange } from './Exchange';
import { askBudget } from './facts/AskedBudget';
import { BilledFacts } from './facts/BilledFacts';
import { RememberedCharges } from './RememberedCharges';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const DAY = '2026-06-01';
const WEB = 'component:default/web';

const ITEM: BillItem = {
  period: '2026-06-01',
  currency: 'USD',
  provider: 'AWS',
  billingAccount: '999',
  subAccount: '111',
  service: 'EC2',
  serviceCategory: 'Compute',
  region: 'us-west-2',
  resourceId: 'i-0abc',
  category: 'Usage',
  correction: false,
  frequency: 'Usage-Based',
  pricing: 'Standard',
  commitment: '',
  commitmentId: '',
  tags: {},
};

function charge(
  billed: string,
  effective: string,
  item: Partial<BillItem> = {},
): BillCharge {
  const amount = parseDecimal(billed)!;
  return {
    item: { ...ITEM, ...item },
    day: DAY,
    amounts: {
      billed: amount,
      effective: parseDecimal(effective)!,
      list: amount,
      contracted: amount,
    },
  };
}

const TAGS = { application: 'Web' };
const CHARGES = [
  // Two thirds of the machine are web's.
  charge('9', '6'),
  charge('5', '5', { resourceId: 'db-1', service: 'RDS', tags: TAGS }),
  charge('100', '0', {
    resourceId: 'db-1',
    service: 'RDS reserved',
    frequency: 'One-Time',
    tags: TAGS,
  }),
  charge('0.5', '0.5', {
    resourceId: 'db-1',
    category: 'Tax',
    tags: TAGS,
  }),
  charge('-1', '-1', { resourceId: 'db-1', category: 'Credit', tags: TAGS }),
  charge('50', '50', { resourceId: 'nobody' }),
];

async function setUp(): Promise<Knex> {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  await seedCosts(knex, [
    { name: 'web', entityRef: WEB, from: DAY, to: '2026-06-02', dollars: 4 },
    {
      name: 'idle',
      bucket: 'idle',
      namespace: '',
      from: DAY,
      to: '2026-06-02',
      dollars: 2,
    },
  ]);
  const { signal } = new AbortController();
  await BillImport.create({
    sources: [
      {
        id: 'aws',
        deliveries: async () => [{ name: 'june', version: '1' }],
        async *charges() {
          yield CHARGES;
        },
      },
    ],
    store: BillStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
    }),
    tags: ['application'],
    share: 1,
    logger: mockServices.logger.mock(),
    now: () => new Date('2026-06-02T00:00:00Z'),
  }).run(signal, signal);
  const { rows } = await knex.raw(
    `SELECT machine FROM cost_bill_items WHERE resource_id = 'i-0abc'`,
  );
  await knex.raw(
    `INSERT INTO cost_machines (machine, cluster_id, region, capacity_type)
     SELECT ?, id, 'r1', 'on-demand' FROM cost_clusters`,
    [rows[0].machine],
  );
  await knex('cost_bill_items')
    .where({ resource_id: 'db-1' })
    .update({ entity_ref: WEB });
  await shareBills(knex);
  return knex;
}

const SCOPES: BudgetScope[] = [
  { type: 'service', entityRef: WEB },
  { type: 'cluster', cluster: 'c1' },
  { type: 'tag', tag: 'application', value: TAGS.application },
];

it('sums what is charged for a scope, of machines its part, with or without tax and credits', async () => {
  const knex = await setUp();
  const costs = BudgetCostStore.create({ knex, timezone: 'UTC' });
  const amounts = async (
    which: Pick<Extract<BudgetCost, { tax: boolean }>, 'tax' | 'credits'>,
  ) => {
    const answer = await costs.billedDays(
      SCOPES.map(scope => ({ scope, readFrom: DAY, ...which })),
    );
    return answer.map(days =>
      days.map(({ billed, effective, fixedBilled, day, currency }) => [
        day,
        currency,
        ...[billed, effective, fixedBilled].map(each => Number(each) / 1e6),
      ]),
    );
  };
  expect(await amounts({ tax: true, credits: true })).toEqual([
    [[DAY, 'USD', 6 + 5 + 100 + 0.5 - 1, 4 + 5 + 0.5 - 1, 100]],
    [[DAY, 'USD', 9, 6, 0]],
    [[DAY, 'USD', 104.5, 4.5, 100]],
  ]);
  expect((await amounts({ tax: false, credits: false }))[0]).toEqual([
    [DAY, 'USD', 111, 9, 100],
  ]);
  expect(await costs.billedThrough()).toEqual([
    { source: 'aws', account: '999', first: DAY, last: DAY },
  ]);
});

it('gives what a machine is billed to who had it alone, where that is known', async () => {
  const knex = await setUp();
  const { id: cluster } = await knex('cost_clusters').first('id');
  const { id: container } = await knex('cost_containers')
    .where({ workload: 'web' })
    .first('id');
  const { id: machine } = await knex('cost_machines').first('id');
  const costs = BudgetCostStore.create({ knex, timezone: 'UTC' });
  const billed = async () => {
    const [days] = await costs.billedDays([
      {
        scope: { type: 'cluster', cluster: 'c1' },
        readFrom: DAY,
        tax: true,
        credits: true,
      },
    ]);
    return days.map(day => [day.billed, day.effective]);
  };
  const had = (of: number, micros: number) =>
    storeMachineDay(knex, {
      cluster,
      day: DAY,
      machine: of,
      container,
      micros,
    });
  // Of another machine, which nobody is charged for.
  await had(machine + 1, 7);
  await shareBills(knex);
  expect(await billed()).toEqual([[9_000_000n, 6_000_000n]]);
  await had(machine, 3);
  await knex('cost_machine_totals')
    .where({ machine_id: machine })
    .update({ micros: 4 });
  await knex('cost_machine_sums').update({ hours: 'others' });
  await shareBills(knex);
  expect(await billed()).toEqual([[6_750_000n, 4_500_000n]]);
});

it('is read again when what it is made of is another, and only then', async () => {
  const knex = await setUp();
  const costs = BudgetCostStore.create({ knex, timezone: 'UTC' });
  const read = jest.spyOn(costs, 'billedDays');
  const questions = SCOPES.map(scope => ({
    scope,
    readFrom: DAY,
    tax: true,
    credits: true,
  }));
  const charges = RememberedCharges.create({ costs });
  /** How many scopes were read anew; what is said is what the store says. */
  const readAgain = async () => {
    await shareBills(knex);
    read.mockClear();
    const days = await charges.days(questions);
    const count = read.mock.calls.reduce((sum, [of]) => sum + of.length, 0);
    expect(days).toEqual(await costs.billedDays(questions));
    return count;
  };
  // Whose charges are is not decided yet.
  expect(await readAgain()).toBe(3);
  expect(await readAgain()).toBe(3);
  await knex('cost_bill_ownership').update({ decided_with: 'rules' });
  expect(await readAgain()).toBe(3);
  expect(await readAgain()).toBe(0);

  const anew = { rolled: knex.raw('gen_random_uuid()') };
  await knex('cost_cluster_days').where('day', '>', DAY).update(anew);
  expect(await readAgain()).toBe(0);
  await knex('cost_days').update({ cpu_micros: 7 });
  await knex('cost_cluster_days').where({ day: DAY }).update(anew);
  expect(await readAgain()).toBe(3);

  await knex('cost_machines').update({ region: 'elsewhere' });
  expect(await readAgain()).toBe(3);

  await knex('cost_bill_items').update({ entity_ref: null });
  await knex('cost_bill_ownership').update({ decided_with: 'other rules' });
  expect(await readAgain()).toBe(3);

  await knex('cost_bill_days').update({ billed: 3 });
  await knex('cost_bill_deliveries').update({ version: '2' });
  expect(await readAgain()).toBe(3);

  // The service alone is made of another container.
  await knex('cost_links').delete();
  expect(await readAgain()).toBe(1);
  questions[2] = { ...questions[2], tax: false };
  expect(await readAgain()).toBe(1);
  expect(await readAgain()).toBe(0);
});

it('is not known while it is being worked out who pays for nodes', async () => {
  const knex = await setUp();
  const costs = BudgetCostStore.create({ knex, timezone: 'UTC' });
  const asked = askBudget(
    budgetDefinitionSchema.parse({
      scope: SCOPES[0],
      period: { type: 'month' },
      amount: '100',
      currency: 'USD',
      cost: { basis: 'billed' },
      thresholds: [],
    }),
    { now: new Date(`${DAY}T12:00:00Z`), zone: 'UTC' },
  );
  const facts = async () => {
    const found = await BilledFacts.create({
      exchange: Exchange.create({
        currencies: Currencies.create({ stored: 'USD', rates: [] }),
      }),
    }).read([asked], { costs, systems: new Map() });
    return found.get(asked);
  };
  expect(await facts()).toMatchObject({
    days: new Map([[DAY, 110_500_000n]]),
  });
  await knex('cost_bill_deliveries').update({
    imported_at: '2026-06-03T00:00:00.123456Z',
  });
  expect(await facts()).toEqual({
    problem: expect.stringContaining('is being worked out'),
  });
  await shareBills(knex);
  expect(await facts()).toHaveProperty('days');
  // What is gone is noticed as well, though nothing was imported later.
  await knex('cost_bill_deliveries').insert({
    source: 'aws',
    name: 'may',
    version: '1',
    imported_at: '2026-06-01T00:00:00Z',
  });
  expect(await costs.isSplit()).toBe(false);
  await knex('cost_bill_deliveries').where({ name: 'may' }).delete();
  expect(await costs.isSplit()).toBe(true);

  // Of machines that were never split, nothing was worked out either; without any there is nothing to.
  await knex('cost_bill_shared').delete();
  expect(await costs.isSplit()).toBe(false);
  await knex('cost_machines').delete();
  expect(await costs.isSplit()).toBe(true);
});

it('says of every source how far it has come, and forgets what a newer version has not', async () => {
  const knex = await setUp();
  const costs = BudgetCostStore.create({ knex, timezone: 'UTC' });
  const { signal } = new AbortController();
  const usage = charge('3', '3', { billingAccount: '777' });
  const read = async (version: string, days: string[]) =>
    BillImport.create({
      sources: [
        {
          id: 'aws',
          deliveries: async () => [{ name: 'june', version: '1' }],
          async *charges() {
            yield CHARGES;
          },
        },
        {
          id: 'other',
          deliveries: async () => [{ name: 'june', version }],
          async *charges() {
            yield days.map(day => ({ ...usage, day }));
            yield [
              {
                ...charge('1', '1', { category: 'Tax', billingAccount: '888' }),
                day: '2026-06-30',
              },
            ];
          },
        },
      ],
      store: BillStore.create({
        knex,
        fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
      }),
      tags: ['application'],
      share: 1,
      logger: mockServices.logger.mock(),
      now: () => new Date('2026-06-05T00:00:00Z'),
    }).run(signal, signal);

  await read('1', ['2026-06-02', '2026-06-04']);
  const aws = { source: 'aws', account: '999', first: DAY, last: DAY };
  expect(await costs.billedThrough()).toEqual([
    aws,
    ...['777', '888'].map(account => ({
      source: 'other',
      account,
      first: '2026-06-02',
      last: '2026-06-04',
    })),
  ]);
  await read('2', ['2026-06-02']);
  expect((await costs.billedThrough())[1].last).toBe('2026-06-02');
  await read('3', []);
  expect(await costs.billedThrough()).toEqual([aws]);
});
