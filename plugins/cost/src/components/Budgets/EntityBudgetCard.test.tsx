import { screen } from '@testing-library/react';
import { axeFindings } from '../../__testUtils__/axe';
import {
  budgetList,
  budgetRow,
  budgetStatus,
} from '../../__testUtils__/budgetReports';
import { group, mockCostApi, renderCost } from '../../__testUtils__/render';
import { EntityBudgetCard } from './EntityBudgetCard';

const setUp = (getBudgets = jest.fn(async () => budgetList())) =>
  renderCost(<EntityBudgetCard />, {
    api: mockCostApi({ getBudgets }),
    entity: group,
  });

// A page of a portal takes long to draw on a busy machine.
jest.setTimeout(60_000);

describe('EntityBudgetCard', () => {
  it('says how much is spent, where it is heading, and leads to the tab', async () => {
    const { container } = setUp();
    expect(await screen.findByText('$120.00 of $100.00')).toBeInTheDocument();
    expect(
      screen.getByRole('progressbar', { name: /^120.% of the budget/ }),
    ).toHaveAttribute('aria-valuenow', '100');
    expect(
      screen.getByText(
        '$620.00 forecast by 31 October 2026 ($600.00 to $650.00)',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Over budget')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /How it stands/ })).toHaveAttribute(
      'href',
      '/catalog/default/group/ml/cost#budgets',
    );
    expect(await axeFindings(container)).toEqual([]);
  });

  it('tells none, not yet and failed apart', async () => {
    const none = setUp(jest.fn(async () => budgetList({ budgets: [] })));
    expect(
      await screen.findByText('There is no budget yet.'),
    ).toBeInTheDocument();
    none.unmount();
    const pending = setUp(
      jest.fn(async () =>
        budgetList({ budgets: [budgetRow({ status: undefined })] }),
      ),
    );
    expect(await screen.findByText('Not evaluated yet')).toBeInTheDocument();
    pending.unmount();
    setUp(
      jest.fn(async () => {
        throw new Error('away');
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The budget could not be loaded: away',
    );
  });

  it('takes any spend of a budget of nothing for all of it', async () => {
    setUp(
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
        name: /^100.% of the budget/,
      }),
    ).toBeInTheDocument();
  });
});
