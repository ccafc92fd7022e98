import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { addDays } from '@headroom/common';
import { Fence } from '@headroom/node';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { connectAssistant } from '../__testUtils__/assistant';
import { configOf } from '../__testUtils__/backend';
import { seedCosts } from '../__testUtils__/budgetCosts';
import { TestPostgres } from '../__testUtils__/database';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import { Calendar } from '../core/Calendar';
import { readCostConfig } from '../core/config/readCostConfig';
import { Currencies } from '../core/Currencies';
import {
  costConditions,
  createCostConditionalDecision,
} from '../core/permissions/conditions';
import { BudgetEvaluator } from '../features/budgets/BudgetEvaluator';
import { BudgetJob } from '../features/budgets/BudgetJob';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const WEB = 'component:default/web';
const PAY = 'component:default/pay';
const SHOP = 'group:default/shop';
const dollars = (amount: string) => ({ amount, currency: 'USD' });
const FROM = addDays(TODAY, -10);
/** It begins on the first day of spending. */
const YEAR = {
  type: 'year',
  month: Number(FROM.slice(5, 7)),
  day: Number(FROM.slice(8)),
};

const config = {
  cost: {
    budgets: {
      defined: [
        {
          id: 'shop',
          title: 'The shop',
          scope: { type: 'group', entityRef: SHOP },
          period: YEAR,
          amount: '200',
        },
        {
          id: 'pay',
          scope: { type: 'service', entityRef: PAY },
          period: YEAR,
          amount: '40',
        },
      ],
    },
  },
};

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity(),
      storedEntity({
        entityRef: PAY,
        name: 'pay',
        ownerRefs: ['group:default/pay'],
      }),
      ...['shop', 'pay', 'other'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [`group:default/${name}`],
          annotations: {},
        }),
      ),
    ],
    [{ group: 'group:default/pay', parent: SHOP }],
  );
  const span = { from: FROM, to: TODAY };
  await seedCosts(knex, [
    { name: 'web', entityRef: WEB, ...span, dollars: 10 },
    { name: 'pay', entityRef: PAY, ...span, dollars: 5 },
  ]);
});

async function evaluate() {
  const read = readCostConfig(configOf(config));
  const currencies = Currencies.create({
    stored: read.currency,
    rates: read.exchangeRates,
  });
  await BudgetJob.create({
    knex,
    fence: Fence.create({ prefix: 'cost', task: 'cost-budgets' }),
    config: read,
    currencies,
    evaluator: BudgetEvaluator.create({
      config: read,
      currencies,
      calendar: Calendar.create({ zone: read.timezone }),
      configured: new Set(['c1']),
    }),
    catalog: catalogServiceMock({ entities: [] }),
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    now: () => new Date(),
  }).run();
}

const connect = (decisions = {}) =>
  connectAssistant({ knex, config, decisions });
const ownedBy = (...claims: string[]) => ({
  [costReadPermission.name]: createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims }),
  ),
});

describe('the tool budget-of', () => {
  it('says that it is not known how a budget stands, then how it does', async () => {
    const { call } = await connect();
    const before = (await call('budget-of', {})).output;
    expect(before.budgets).toHaveLength(2);
    for (const budget of before.budgets) {
      expect(budget.spent).toBeUndefined();
      expect(budget.left).toBeUndefined();
      expect(budget.notes).toEqual([
        'It was not evaluated yet, so what is spent is not known.',
      ]);
    }
    await evaluate();
    const { output } = await call('budget-of', { limit: '1' });
    expect(output.budgetsLeftOut).toBe(1);
    expect(output.budgets).toMatchObject([
      {
        id: 'config:pay',
        for: PAY,
        cost: 'allocated, without idle capacity',
        amount: dollars('40.000000'),
        notified: ['group:default/pay'],
        period: { type: 'year', start: FROM },
        spent: dollars('50.000000'),
        left: dollars('-10.000000'),
        spentPercent: 125,
        overspentSince: addDays(FROM, 8),
        thresholds: expect.arrayContaining([
          { on: 'spent', percent: 100, isReached: true },
        ]),
      },
    ]);
  });

  it('has of a team the budgets of its services, and of a service its own', async () => {
    await evaluate();
    const { call } = await connect();
    const idsOf = async (entityRef: string) =>
      (await call('budget-of', { entityRef })).output.budgets.map(
        ({ id }: { id: string }) => id,
      );
    expect((await idsOf(SHOP)).sort()).toEqual(['config:pay', 'config:shop']);
    expect(await idsOf('pay')).toEqual(['config:pay']);
    expect(await idsOf(WEB)).toEqual([]);
  });

  it('does not tell who may not see all that is spent that there is a budget', async () => {
    await evaluate();
    const web = await connect(ownedBy(SHOP));
    const { output } = await web.call('budget-of', { entityRef: PAY });
    const none = await web.call('budget-of', { entityRef: WEB });
    expect({ ...output, of: '' }).toEqual({ ...none.output, of: '' });
    expect(output).toMatchObject({
      budgets: [],
      notes: [
        'There is no budget for it, or none of which you may see all that is spent.',
      ],
    });
    const nobody = await connect({
      [costReadPermission.name]: { result: AuthorizeResult.DENY },
    });
    for (const input of [{}, { entityRef: SHOP }]) {
      expect((await nobody.call('budget-of', input)).error).toMatch(
        /^NotAllowedError: /,
      );
    }
  });
});
