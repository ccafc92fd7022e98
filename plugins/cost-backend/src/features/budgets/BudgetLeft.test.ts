import {
  BudgetDefinition,
  budgetScopeKey,
  BudgetStatus,
} from '@headroom/plugin-cost-common';
import { Currencies } from '../../core/Currencies';
import { CostConfig } from '../../core/config/CostConfig';
import { mockCredentials } from '@backstage/backend-test-utils';
import { BudgetLeft } from './BudgetLeft';
import { Budgets, BudgetsAbove } from './Budgets';
import { Exchange } from './Exchange';

const SHOP = 'group:default/shop';
const COMPANY = 'group:default/company';

type Row = BudgetsAbove['budgets'][number];

function definition(
  entityRef: string,
  more: Partial<BudgetDefinition> = {},
): BudgetDefinition {
  return {
    scope: { type: 'group', entityRef },
    period: { type: 'month' },
    amount: '100',
    currency: 'USD',
    carryOver: 'none',
    ...more,
  } as BudgetDefinition;
}

/** A budget with 100 less what is spent. */
function row(
  entityRef: string,
  spent: number,
  more: Partial<BudgetStatus> = {},
  carryOver: BudgetDefinition['carryOver'] = 'none',
): Row {
  return {
    id: entityRef,
    budget: definition(entityRef, { carryOver }),
    status: {
      start: '2026-11-01',
      end: '2026-12-01',
      today: '2026-11-15',
      limit: '100000000',
      spent: `${spent}000000`,
      projection: { status: 'ok', total: `${spent}000000` },
      ...more,
    } as BudgetStatus,
  };
}

const broken: Row = {
  id: 'broken',
  budget: definition(SHOP),
  problem: 'the rate of CHF is gone',
};

const UNREAD = { carryProblem: { message: 'October is not known.' } };

function leftOf(budgets: Row[], more: Partial<BudgetsAbove> = {}) {
  const above = async () => ({
    owners: [SHOP],
    budgets,
    restricted: false,
    ...more,
  });
  return BudgetLeft.create({
    budgets: { above } as Partial<Budgets> as Budgets,
    exchange: Exchange.create({
      currencies: Currencies.create({ stored: 'USD', rates: [] }),
    }),
    config: { timezone: 'UTC' } as CostConfig,
    now: () => new Date('2026-11-15T12:00:00Z'),
  });
}

const credentials = mockCredentials.user();

describe('BudgetLeft', () => {
  it.each<[string, boolean, Row[], Partial<BudgetsAbove>]>([
    ['all of it is known', false, [row(SHOP, 40), row(COMPANY, 10)], {}],
    ['one is hidden', true, [row(SHOP, 40)], { restricted: true }],
    ['one can not be evaluated', true, [row(SHOP, 40), broken], {}],
    [
      'days of another are not known',
      true,
      [row(SHOP, 40), row(COMPANY, 10, { knownFrom: '2026-11-10' })],
      {},
    ],
    [
      'what was overspent before is not known',
      true,
      [row(SHOP, 40, UNREAD, 'both')],
      {},
    ],
    [
      'nothing is forecast',
      true,
      [row(SHOP, 40, { projection: { status: 'not-yet', reason: '' } })],
      {},
    ],
    [
      'only what was left before is not known',
      false,
      [row(SHOP, 40, UNREAD, 'unused')],
      {},
    ],
  ])('where %s, less may be left: %s', async (_, atMost, rows, more) => {
    const known = await leftOf(rows, more).of(SHOP, 'USD', credentials);
    expect(known).toMatchObject({
      budget: { id: SHOP, left: '60000000', atMost },
    });
  });

  it('does not mind hidden budgets above that of a group', async () => {
    const of = (rows: Row[]) =>
      leftOf(rows, {
        restricted: true,
        nearest: budgetScopeKey({ type: 'group', entityRef: SHOP }),
      }).ofGroup(
        SHOP,
        { monthly: { min: '0', max: '0' }, currency: 'USD' },
        credentials,
      );
    const known = { budget: { id: SHOP, atMost: false } };
    expect(await of([row(SHOP, 40)])).toMatchObject(known);
    expect(await of([row(SHOP, 40), broken])).toMatchObject({
      budget: { id: SHOP, atMost: true },
    });
  });
});
