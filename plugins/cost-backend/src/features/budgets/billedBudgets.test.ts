import { mockServices } from '@backstage/backend-test-utils';
import { Fence } from '@headroom/node';
import {
  BillCharge,
  BillItem,
  BudgetCost,
  BudgetScope,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import { BillStore } from '../../database/BillStore';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';
import { BillImport } from '../bill/BillImport';

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
