import { addDays } from '@headroom/common';
import {
  costReadPermission,
  EstimateRequestInput,
  OwnerBudget,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  CostBackendOptions,
  startCostBackend,
} from '../../__testUtils__/backend';
import { seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const SHOP = 'group:default/shop';
const COMPANY = 'group:default/company';
const HOLDING = 'group:default/holding';
const CONFIG = {
  prices: {
    unitPrices: {
      'on-demand': { cpuCoreHour: 0.04, memoryGibHour: 0.005 },
    },
  },
};
const BODY: EstimateRequestInput = {
  cluster: 'c1',
  pods: [
    {
      name: 'new',
      replicas: { min: 1, max: 2 },
      cpuCores: 1,
      memoryBytes: 0,
    },
  ],
};

let knex: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity(),
      storedEntity({
        entityRef: 'component:default/pay',
        name: 'pay',
        ownerRefs: [COMPANY],
      }),
      ...['shop', 'company', 'holding'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [`group:default/${name}`],
          annotations: {},
        }),
      ),
    ],
    [
      { group: SHOP, parent: COMPANY },
      { group: COMPANY, parent: HOLDING },
    ],
  );
  await seedCosts(
    knex,
    ['web', 'pay'].map(name => ({
      name,
      entityRef: `component:default/${name}`,
      from: addDays(TODAY, -40),
      to: TODAY,
      dollars: 1,
    })),
  );
  await BudgetCostStore.create({ knex, timezone: 'UTC' }).noteOwners();
});

async function budget(id: number, entityRef: string, amount: string) {
  const agent = await startCostBackend({ knex });
  const { status } = await agent
    .put(`/api/cost/v1/budgets/0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a00${id}`)
    .send({
      budget: {
        title: `Budget ${id}`,
        scope: { type: 'group', entityRef },
        period: { type: 'month' },
        amount,
        currency: 'USD',
      },
    });
  expect(status).toBe(200);
}

async function ask(
  more: Partial<EstimateRequestInput>,
  options: Omit<CostBackendOptions, 'knex'> = {},
) {
  const agent = await startCostBackend({ knex, config: CONFIG, ...options });
  const { status, body } = await agent
    .post('/api/cost/v1/estimates')
    .send({ ...BODY, ...more });
  return { status, body, known: body.ownerBudget as OwnerBudget | undefined };
}

describe('the budget of the owner beside an estimate', () => {
  it('is the nearest: the group’s own, else of the one above it, however little others have left', async () => {
    await budget(1, HOLDING, '1');
    await budget(2, COMPANY, '5000');
    const above = await ask({ owner: SHOP });
    expect(above.known).toMatchObject({
      budget: { title: 'Budget 2', entityRef: COMPANY, limit: '5000000000' },
    });
    await budget(3, SHOP, '400');
    const own = await ask({ owner: SHOP });
    expect(own.known).toMatchObject({
      budget: { title: 'Budget 3', entityRef: SHOP, limit: '400000000' },
    });
    const asked = await ask({ owner: HOLDING });
    expect(asked.known).toMatchObject({ budget: { title: 'Budget 1' } });
  });

  it('takes off what the pods cost on the days of the period that are left', async () => {
    await budget(1, SHOP, '400');
    const { body, known } = await ask({ owner: SHOP });
    // One core at 0.04 an hour.
    expect(body.monthly).toEqual({ min: '29200000', max: '58400000' });
    if (!known || !('budget' in known)) {
      throw new Error('There is no budget');
    }
    const { daysLeft, end, fewest, forecast, left, limit, most, spent } =
      known.budget;
    expect(addDays(TODAY, daysLeft)).toBe(end);
    expect(BigInt(left)).toBe(BigInt(limit) - BigInt(forecast ?? spent));
    // 29.20 × 24 / 730 = 0.96 a day.
    const aDay = 960_000n;
    expect(BigInt(fewest.takes)).toBe(aDay * BigInt(daysLeft));
    expect(BigInt(most.takes)).toBe(2n * aDay * BigInt(daysLeft));
    expect(BigInt(most.left)).toBe(BigInt(left) - BigInt(most.takes));
  });

  it('is said not to be there, and is not looked for where nobody asks', async () => {
    expect((await ask({ owner: SHOP })).known).toEqual({ none: SHOP });
    expect((await ask({})).body).not.toHaveProperty('ownerBudget');
    const gone = await ask({ owner: 'group:default/gone' });
    expect(gone.known).toMatchObject({
      unknown: { message: expect.stringContaining('not in the catalog') },
    });
    const person = await ask({ owner: 'user:default/ada' });
    expect(person.status).toBe(400);
  });

  it('tells nobody of a budget what they may not see as a whole', async () => {
    await budget(1, COMPANY, '5000');
    const decision = createCostConditionalDecision(
      costReadPermission,
      costConditions.isOwner({ claims: [SHOP] }),
    );
    const { status, body, known } = await ask({ owner: SHOP }, { decision });
    expect(status).toBe(200);
    expect(known).toMatchObject({
      unknown: { message: expect.stringContaining('may not see') },
    });
    expect(JSON.stringify(body)).not.toMatch(/Budget 1|5000000000/);
    // What is a team's own it may see, with another above that it may not.
    await budget(2, SHOP, '400');
    const own = await ask({ owner: SHOP }, { decision });
    expect(own.known).toMatchObject({ budget: { title: 'Budget 2' } });
  });
});
