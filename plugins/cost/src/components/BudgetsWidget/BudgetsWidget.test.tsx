import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BudgetList, BudgetQuery } from '@headroom/plugin-cost-common';
import { axeFindings } from '../../__testUtils__/axe';
import {
  budgetDefinition,
  budgetList,
  budgetRow,
  budgetStatus,
} from '../../__testUtils__/budgetReports';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { BudgetsWidget } from './BudgetsWidget';

// A page of a portal takes long to draw on a busy machine.
jest.setTimeout(60_000);

const calm = budgetRow({
  id: 'calm',
  budget: budgetDefinition({
    title: 'Search',
    scope: { type: 'service', entityRef: 'component:default/search' },
  }),
  status: budgetStatus({
    spent: '10000000',
    breachedOn: undefined,
    thresholds: [],
    projection: {
      ...budgetStatus().projection,
      status: 'ok',
      total: '50000000',
      low: '40000000',
      high: '60000000',
    } as ReturnType<typeof budgetStatus>['projection'],
  }),
});
const foreign = budgetRow({
  id: 'foreign',
  budget: budgetDefinition({
    title: 'Shop',
    scope: { type: 'group', entityRef: 'group:default/shop' },
  }),
  notified: ['group:default/shop'],
});

function setUp(
  getBudgets: (query: BudgetQuery) => Promise<BudgetList> = async ({ mine }) =>
    budgetList({
      budgets: mine ? [budgetRow(), calm] : [budgetRow(), calm, foreign],
    }),
  owners = ['user:default/ann', 'group:default/ml'],
) {
  return renderCost(<BudgetsWidget />, {
    api: mockCostApi({ getBudgets }),
    owners,
  });
}

describe('BudgetsWidget', () => {
  it('shows budgets of my teams, the one over first, each with a link to it', async () => {
    const getBudgets = jest.fn(async () =>
      budgetList({ budgets: [budgetRow(), calm] }),
    );
    const { container } = setUp(getBudgets);
    const names = await screen.findAllByRole('heading', { level: 3 });
    expect(names.map(({ textContent }) => textContent)).toEqual([
      'Machine learning Over budget',
      'Search Within budget',
    ]);
    expect(getBudgets).toHaveBeenCalledWith(
      { mine: true, sort: 'spent', order: 'desc', limit: 5 },
      expect.anything(),
    );
    expect(
      within(names[0]).getByRole('link', { name: 'Machine learning' }),
    ).toHaveAttribute(
      'href',
      '/cost/budgets?budget=0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a001',
    );
    expect(screen.getByText(/^\$120.00 of \$100.00 \(120.%\)/)).toBeVisible();
    expect(screen.getByText(/^\$50.00 forecast by 31 October/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'All budgets' })).toHaveAttribute(
      'href',
      '/cost/budgets',
    );
    expect(await axeFindings(container)).toEqual([]);
  });

  it('says so where nobody is in a team, and shows all that can be seen', async () => {
    setUp(undefined, ['user:default/guest']);
    expect(await screen.findByText(/has you in no team/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Shop' })).toBeVisible();
  });

  it('has at most five, and says how many there are more', async () => {
    const many = Array.from({ length: 5 }, (_, index) =>
      budgetRow({ id: `b${index}` }),
    );
    setUp(jest.fn(async () => budgetList({ budgets: many, totalRows: 7 })));
    expect(
      await screen.findByRole('link', { name: /^2 more, and all/ }),
    ).toBeVisible();
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(5);
  });

  it('tells none, not yet, of nothing, hidden, forbidden and failed apart', async () => {
    const none = setUp(
      jest.fn(async () => budgetList({ budgets: [], restricted: true })),
    );
    expect(
      await screen.findByText(/None of your teams has a budget/),
    ).toBeVisible();
    expect(screen.getByText(/you may not see as a whole/)).toBeVisible();
    none.unmount();

    const pending = setUp(
      jest.fn(async () =>
        budgetList({ budgets: [budgetRow({ status: undefined })] }),
      ),
    );
    expect(
      await screen.findByText('Its first evaluation is still to come.'),
    ).toBeVisible();
    pending.unmount();

    const ofNothing = setUp(
      jest.fn(async () =>
        budgetList({
          budgets: [
            budgetRow({ status: budgetStatus({ limit: '0', spent: '1' }) }),
          ],
        }),
      ),
    );
    expect(
      await screen.findByRole('progressbar', {
        name: 'Something is spent of a budget of nothing',
      }),
    ).toHaveAttribute('aria-valuenow', '100');
    ofNothing.unmount();

    const forbidden = setUp(
      jest.fn(async () => {
        throw Object.assign(new Error('no'), { name: 'NotAllowedError' });
      }),
    );
    expect(await screen.findByText(/can give you cost.read/)).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    forbidden.unmount();

    const getBudgets = jest
      .fn(async () => budgetList())
      .mockRejectedValueOnce(new Error('away'));
    setUp(getBudgets);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The budgets could not be loaded: away',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Machine learning' }),
    ).toBeVisible();
  });
});
