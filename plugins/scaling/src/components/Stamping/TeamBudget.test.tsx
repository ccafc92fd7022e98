import { EstimatedBudget, OwnerBudget } from '@headroom/plugin-cost-common';
import { screen, within } from '@testing-library/react';
import { axeFindings } from '../../__testUtils__/axe';
import { costEstimate, mockEstimatesApi } from '../../__testUtils__/estimates';
import { renderForm } from '../../__testUtils__/forms';

jest.setTimeout(60_000);

const STEP = { estimate: { type: 'object', 'ui:field': 'HeadroomCost' } };
const VALUES = {
  cluster: 'us-west',
  minReplicas: 2,
  maxReplicas: 10,
  cpu: '250m',
  memory: '512Mi',
  owner: 'group:default/shop',
};
const BUDGET: EstimatedBudget = {
  id: 'page/1',
  title: 'The company',
  entityRef: 'group:default/company',
  start: '2026-11-01',
  end: '2026-12-01',
  limit: '1000000000',
  spent: '700000000',
  forecast: '900000000',
  left: '100000000',
  atMost: false,
  months: 1,
  daysLeft: 10,
  fewest: { takes: '5040000', left: '94960000' },
  most: { takes: '25200000', left: '74800000' },
};

function renderWith(
  ownerBudget: OwnerBudget | undefined,
  { owner = VALUES.owner, complete = true } = {},
) {
  const estimates = mockEstimatesApi(() =>
    costEstimate({ complete, ...(ownerBudget && { ownerBudget }) }),
  );
  renderForm(STEP, { values: { ...VALUES, owner }, estimates });
  return estimates;
}

const heading = () =>
  screen.findByRole('heading', { name: 'Budget of the team' });

describe('the budget of the team', () => {
  it('stands beside the cost: what is left without it and with it, and how that is counted', async () => {
    const estimates = renderWith({ budget: BUDGET });
    const table = await screen.findByRole('table', {
      name: 'The budget without it and with it',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'BudgetFewest replicasMost replicas',
      'Limit$1.00k$1.00k',
      'Spent so far$700.00$700.00',
      'Forecast by the end$900.00$900.00',
      'Left without it$100.00$100.00',
      'It takes by the end$5.04$25.20',
      'Left with it$94.96$74.80',
    ]);
    expect(
      screen.getByText(/\$76\.65 × 10 days × 24 h \/ 730 h = \$25\.20/),
    ).toHaveTextContent(/the limit less the forecast/);
    expect(
      screen.getByText(
        'The budget has room for it, also with the most replicas.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'The company' })).toHaveAttribute(
      'href',
      '/cost/budgets?budget=page%2F1',
    );
    expect(screen.getByRole('link', { name: 'company' })).toHaveAttribute(
      'href',
      '/catalog/default/group/company',
    );
    expect(estimates.estimate.mock.calls[0][0].owner).toBe(
      'group:default/shop',
    );
    expect(await axeFindings(document.body)).toEqual([]);
  });

  it.each([
    [
      'with the fewest replicas',
      { fewest: { takes: '0', left: '-2000000' } },
      'With it the budget would be overspent by $2.00 or more by the end of the period.',
    ],
    [
      'with the most',
      { most: { takes: '0', left: '-3000000' } },
      'With the most replicas the budget would be overspent by $3.00 by the end of the period.',
    ],
    [
      'without it',
      { left: '-4000000' },
      'The budget will be overspent by $4.00 by the end of the period, also without it.',
    ],
  ])('warns when it would be over %s', async (_, over, warning) => {
    renderWith({ budget: { ...BUDGET, ...over } });
    const said = await screen.findByText(warning);
    expect(said.closest('[role="note"]')).toHaveTextContent(/Warning|warning/);
  });

  it('promises nothing of what is not known', async () => {
    renderWith(
      { budget: { ...BUDGET, forecast: undefined, atMost: true } },
      { complete: false },
    );
    expect(await screen.findByText(/leaves room for it/)).toHaveTextContent(
      'What is known leaves room for it. Not all of it has a price, so it may take more. Not all that counts for the budget is known, so less of it may be left. There is no forecast yet, so what others will still spend is not taken off.',
    );
    expect(
      screen.getByRole('row', {
        name: 'Forecast by the end Not known Not known',
      }),
    ).toBeVisible();
    expect(screen.getByText(/less what is spent/)).toBeVisible();
  });

  it('says why it is not known, in the reader’s words', async () => {
    renderWith({
      unknown: {
        message: 'as the back end has it',
        wording: {
          key: 'guard.budgetHidden',
          params: { owner: 'group:default/shop' },
        },
      },
    });
    expect(
      await screen.findByText(
        'What is left of the budget is not known: you may not see all that the budgets of group:default/shop are for.',
      ),
    ).toBeVisible();
  });

  it('says that there is none, and where one is made', async () => {
    renderWith({ none: 'group:default/shop' });
    expect(
      await screen.findByText(
        /Neither group:default\/shop nor a group above it has a budget\./,
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Budgets are made here.' }),
    ).toHaveAttribute('href', '/cost/budgets');
  });

  it('asks for nothing where the owner is a person, and says so', async () => {
    const estimates = renderWith(undefined, { owner: 'user:default/ada' });
    await heading();
    expect(
      screen.getByText(/user:default\/ada is none, so there is no budget/),
    ).toBeVisible();
    expect(estimates.estimate.mock.calls[0][0]).not.toHaveProperty('owner');
  });

  it('takes a bare name for a group, as the picker may write one', async () => {
    const estimates = renderWith(
      { none: 'group:default/shop' },
      { owner: 'shop' },
    );
    await heading();
    expect(estimates.estimate.mock.calls[0][0].owner).toBe(
      'group:default/shop',
    );
  });
});
