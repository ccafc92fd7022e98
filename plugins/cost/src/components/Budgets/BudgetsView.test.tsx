import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import {
  budgetDefinition,
  budgetList,
  budgetDrivers,
  budgetReport,
  budgetRow,
  budgetStatus,
} from '../../__testUtils__/budgetReports';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { BudgetsView } from './BudgetsView';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(120_000);

/** Percentages have spaces that don't break. */
const plainText = ({ textContent }: HTMLElement) =>
  textContent?.replace(/[\u00a0\u202f]/g, ' ');

const ML = 'group:default/ml';

function setUp(overrides: Parameters<typeof mockCostApi>[0] = {}, url = '/') {
  const api = mockCostApi(overrides);
  return { api, ...renderCost(<BudgetsView entityRef={ML} />, { api, url }) };
}

describe('BudgetsView', () => {
  it('says how a budget stands, what drives it, what can be done, and who is told', async () => {
    const { api, container } = setUp();
    const figures = await screen.findAllByRole('group', {
      name: /^(Spent|Overspent|Forecast)/,
    });
    expect(figures.map(plainText)).toEqual([
      'Spent$120.00120 % of $100.00, 1–31 October 2026',
      'Overspent$20.00since 6 October 2026',
      'Forecast at the current rate$620.00$600.00 to $650.00 with 80 % confidenceThe same method was wrong by 4 % on the last three periods',
      'Forecast with the advice taken$582.00Advice would save $48.20 a month from tomorrow on',
    ]);
    expect(
      screen.getByRole('img', {
        name: 'What is left of $100.00: −$20.00 today; −$520.00 is forecast to be left at the end. With the advice taken it is −$482.00.',
      }),
    ).toBeInTheDocument();
    const drivers = await screen.findByRole('table', {
      name: 'What drives it',
    });
    expect(
      within(drivers).getByRole('link', { name: 'akidb-rest' }),
    ).toHaveAttribute('href', '/catalog/default/component/akidb-rest/cost');
    expect(
      within(drivers).getByRole('link', { name: '$48.20' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/akidb-rest/cost/advice',
    );
    expect(
      within(drivers).getByRole('row', { name: /^No service/ }),
    ).toHaveTextContent('$30.00$40.00−$10.00–');
    const thresholds = screen.getByRole('table', {
      name: 'When somebody is told',
    });
    expect(
      within(thresholds).getByRole('row', { name: /^80 % is spent/ }),
    ).toHaveTextContent('$80.00Told since 5 October 2026');
    expect(
      within(thresholds).getByRole('row', { name: /^100 % is forecast/ }),
    ).toHaveTextContent('No forecast yet');
    expect(
      screen.getByText('Who is told:', { exact: false }),
    ).toHaveTextContent('ml');
    expect(
      screen.getByRole('table', { name: 'What happened' }),
    ).toHaveTextContent('80.00 USD of 100.00 USD are spent');
    expect(api.getBudgets).toHaveBeenCalledWith(
      { entityRef: ML, sort: 'state', order: 'asc', offset: 0, limit: 25 },
      expect.anything(),
    );
    expect(await axeFindings(container)).toEqual([]);
  });

  it('shows the burn-down as a table, too', async () => {
    setUp({}, '/?burndown=table');
    const table = await screen.findByRole('table', {
      name: 'What is left, day by day',
    });
    expect(
      within(table).getByRole('row', { name: /^7 October/ }),
    ).toHaveTextContent('(not over, or hours are missing)−$20.00$77.42');
    expect(
      within(table).getByRole('row', { name: /^31 October/ }),
    ).toHaveTextContent('−$520.00−$550.00−$500.00−$482.00−$512.00−$462.00');
  });

  it('draws what is left with the advice taken, told apart by dashes, and only where it is known', async () => {
    const drawn = async (view: ReturnType<typeof setUp>) => {
      await screen.findByText('Spent evenly');
      const dashes = [
        ...view.container.querySelectorAll('.recharts-line-curve'),
      ].map(line => line.getAttribute('stroke-dasharray'));
      const cones = view.container.querySelectorAll('.recharts-area-area');
      view.unmount();
      return { dashes, cones: cones.length };
    };
    const legend = /^With the advice taken/;
    const advised = setUp();
    expect(await screen.findAllByText(legend)).toHaveLength(2);
    expect(await drawn(advised)).toEqual({
      dashes: ['2 3', '10 3 2 3', '6 4', null],
      cones: 2,
    });
    const plain = budgetReport({ advice: undefined });
    const bare = setUp({ getBudget: jest.fn(async () => plain) });
    expect(await drawn(bare)).toEqual({
      dashes: ['2 3', '6 4', null],
      cones: 1,
    });
  });

  it('says what the drivers of a billed budget are not, and leads to the bill', async () => {
    const of = (change: Parameters<typeof budgetDefinition>[0]) =>
      budgetDefinition({
        cost: { basis: 'billed', tax: true, credits: true },
        ...change,
      });
    const report = budgetReport({ budget: of({}) });
    const team = setUp({ getBudget: jest.fn(async () => report) });
    expect(
      await screen.findByText(/an estimate; charges without a workload/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'The cloud bill' }),
    ).toHaveAttribute('href', '/cost/overview?bill.basis=billed');
    expect(
      await screen.findByRole('table', { name: 'What drives it' }),
    ).toBeInTheDocument();
    team.unmount();
    const none = setUp({
      getBudget: jest.fn(async () => report),
      getBudgetDrivers: jest.fn(async () => ({ drivers: [] })),
    });
    expect(
      await screen.findByText(/^Nothing of it is allocated to services/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('table', { name: 'What drives it' }),
    ).not.toBeInTheDocument();
    none.unmount();
    const tag = budgetReport({
      budget: of({ scope: { type: 'tag', tag: 'team', value: 'ml' } }),
    });
    const { api } = setUp({ getBudget: jest.fn(async () => tag) });
    expect(
      await screen.findByText(/Tags are on charges and not on workloads/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('table', { name: 'What drives it' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'The cloud bill' }),
    ).toBeInTheDocument();
    expect(api.getBudgetDrivers).not.toHaveBeenCalled();
  });

  it('says how it stands where who drives it can not be said, and asks again', async () => {
    const getBudgetDrivers = jest
      .fn()
      .mockRejectedValueOnce(new Error('The database is busy.'))
      .mockResolvedValue(budgetDrivers());
    setUp({ getBudgetDrivers });
    expect(await screen.findByText(/The database is busy/)).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: /^Overspent/ }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(
      await screen.findByRole('table', { name: 'What drives it' }),
    ).toBeInTheDocument();
  });

  it('lists the worst first and opens another by keyboard, with its address', async () => {
    const calm = budgetRow({
      id: 'config:calm',
      version: undefined,
      origin: 'config',
      isEditable: false,
      budget: budgetDefinition({
        title: 'Calm',
        period: { type: 'year', month: 1, day: 1 },
      }),
      status: budgetStatus({
        spent: '1000000',
        breachedOn: undefined,
        thresholds: [],
        projection: { status: 'not-yet', reason: 'Too early.' },
      }),
    });
    const { api } = setUp({
      getBudgets: jest.fn(async () =>
        budgetList({ budgets: [budgetRow(), calm] }),
      ),
      getBudget: jest.fn(async id =>
        id === calm.id
          ? budgetReport({
              ...calm,
              advice: undefined,
              happenings: [],
            })
          : budgetReport(),
      ),
    });
    const table = await screen.findByRole('table', { name: 'Budgets' });
    expect(
      within(table).getAllByRole('row').slice(1, 3).map(plainText),
    ).toEqual([
      'Machine learning$100.00 a month$120.00 (120 %)$620.00Over budgetthis page',
      'Calm$100.00 a year$1.00 (1 %)–Within budgetapp-config.yaml',
    ]);
    within(table).getByRole('button', { name: 'Calm' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('Too early.')).toBeInTheDocument();
    expect(
      screen.getByText('No threshold was reached so far.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No advice saves anything here'),
    ).toBeInTheDocument();
    // Written in the configuration: nothing to change here.
    expect(
      screen.queryByRole('button', { name: 'Edit' }),
    ).not.toBeInTheDocument();
    expect(api.getBudget).toHaveBeenLastCalledWith(
      'config:calm',
      expect.anything(),
    );
  });

  it('makes a budget, and says at the field what is wrong', async () => {
    const { api } = setUp({
      getBudgets: jest.fn(async () => budgetList({ budgets: [] })),
    });
    expect(
      await screen.findByRole('heading', { name: 'There is no budget yet' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Set a budget' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Set a budget' }),
    );
    const amount = dialog.getByRole('textbox', { name: /^Amount/ });
    await userEvent.type(amount, '-5');
    const spentAt = dialog.getByRole('textbox', { name: /much is spent/ });
    await userEvent.clear(spentAt);
    await userEvent.type(spentAt, '80, soon');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(amount).toHaveAccessibleDescription(
      'This must be an amount such as 2500 or 99.50, without a sign',
    );
    expect(amount).toHaveFocus();
    expect(spentAt).toHaveAccessibleDescription(
      'These must be whole percentages of 1 to 1000, such as 80, 100',
    );
    const forecastAt = dialog.getByRole('textbox', { name: /is forecast/ });
    await userEvent.clear(spentAt);
    await userEvent.type(spentAt, '80, 80 %');
    await userEvent.clear(forecastAt);
    await userEvent.type(forecastAt, '90, 100, 90');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(spentAt).toHaveAccessibleDescription(
      '80 % is there twice; once is enough',
    );
    expect(forecastAt).toHaveAccessibleDescription(
      '90 % is there twice; once is enough',
    );
    expect(api.putBudget).not.toHaveBeenCalled();

    await userEvent.clear(forecastAt);
    await userEvent.type(forecastAt, '100');
    await userEvent.clear(amount);
    await userEvent.type(amount, '2500');
    await userEvent.clear(spentAt);
    await userEvent.type(spentAt, '50 %, 90');
    await userEvent.selectOptions(
      dialog.getByRole('combobox', { name: 'A' }),
      'quarter',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.putBudget).toHaveBeenCalled());
    const [id, change] = api.putBudget.mock.calls[0];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(change).toEqual({
      budget: {
        scope: { type: 'group', entityRef: ML },
        period: { type: 'quarter', month: 1, day: 1 },
        amount: '2500',
        currency: 'USD',
        cost: { basis: 'allocated', idle: 'separate' },
        carryOver: 'none',
        thresholds: [
          { on: 'spent', percent: 50 },
          { on: 'spent', percent: 90 },
          { on: 'forecast', percent: 100 },
        ],
        notify: [],
      },
    });
    expect(
      await screen.findByRole('heading', { name: 'Machine learning' }),
    ).toHaveFocus();
  });

  it('leads a keyboard to what it changed', async () => {
    const { api } = setUp();
    const edit = await screen.findByRole('button', { name: 'Edit' });
    edit.focus();
    await userEvent.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog'));
    dialog.getByRole('button', { name: 'Save' }).focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(api.getBudget).toHaveBeenCalledTimes(2));
    await waitFor(() =>
      expect(
        screen.getByRole('heading', { name: 'Machine learning' }),
      ).toHaveFocus(),
    );
    expect(api.getBudgets).toHaveBeenCalledTimes(2);
  });

  it('changes the version that is shown, and says when somebody was faster', async () => {
    const putBudget = jest.fn(async () => {
      throw new ConflictError('Somebody changed this budget meanwhile');
    });
    const { api } = setUp({ putBudget });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Change the budget' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Somebody changed this budget meanwhile',
    );
    expect(api.putBudget).toHaveBeenCalledWith(budgetRow().id, {
      budget: budgetDefinition(),
      version: 3,
    });
  });

  it('removes a budget after asking', async () => {
    let isRemoved = false;
    const { api } = setUp({
      getBudgets: jest.fn(async () =>
        budgetList({ budgets: isRemoved ? [] : [budgetRow()] }),
      ),
      deleteBudget: jest.fn(async () => {
        isRemoved = true;
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Remove the budget?' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() =>
      expect(api.deleteBudget).toHaveBeenCalledWith(budgetRow().id, 3),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('table', { name: 'Budgets' }),
      ).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('group', { name: 'Budgets' })).toHaveFocus();
    expect(
      screen.queryByRole('heading', { name: 'Machine learning' }),
    ).not.toBeInTheDocument();
    expect(api.getBudget).toHaveBeenCalledTimes(1);
  });

  it('says what is wrong with a budget', async () => {
    const row = budgetRow({
      status: budgetStatus({
        incompleteDays: 2,
        carryProblem: { message: 'Nothing is carried over.' },
      }),
      children: { ids: ['a'], total: '150000000', exceeds: true },
      overruledBy: 'config:x',
    });
    setUp({
      getBudgets: jest.fn(async () =>
        budgetList({ budgets: [row], restricted: true }),
      ),
      getBudget: jest.fn(async () => budgetReport(row)),
    });
    expect(
      await screen.findByText(
        /come to \$150\.00 together, more than its \$100\.00/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Nothing is carried over.')).toBeInTheDocument();
    expect(
      screen.getByText(/^Not all of the cost of 2 days is known yet/),
    ).toBeInTheDocument();
    expect(screen.getByText(/counts instead of this one/)).toBeInTheDocument();
    expect(screen.getByText(/There are other budgets/)).toBeInTheDocument();
  });

  it('says in the list what the budget says that is not evaluated there yet', async () => {
    const pending = budgetRow({
      budget: budgetDefinition({ amount: '90000' }),
      status: undefined,
    });
    const problem = 'No bill was read yet';
    setUp({
      getBudgets: jest.fn(async () =>
        budgetList({
          budgets: [
            pending,
            {
              ...pending,
              id: 'b',
              budget: { ...pending.budget, title: 'Web' },
            },
          ],
        }),
      ),
      getBudget: jest.fn(async () =>
        budgetReport({ ...pending, status: undefined, problem }),
      ),
    });
    const row = await screen.findByRole('row', { name: /Machine learning/ });
    await waitFor(() => expect(row).toHaveTextContent('Not known'));
    expect(row).toHaveTextContent('$90.0k a month');
    expect(screen.getByRole('row', { name: /Web/ })).toHaveTextContent(
      'Not evaluated yet',
    );
  });

  it('asks the server for another order, a state, a text and a page, keeping the rows meanwhile', async () => {
    const { api } = setUp({
      getBudgets: jest.fn(async () => budgetList({ totalRows: 70 })),
    });
    const table = await screen.findByRole('table', { name: 'Budgets' });
    const asked = (query: object) =>
      waitFor(() =>
        expect(api.getBudgets).toHaveBeenLastCalledWith(
          { entityRef: ML, offset: 0, limit: 25, ...query },
          expect.anything(),
        ),
      );
    await userEvent.click(within(table).getByRole('button', { name: 'Spent' }));
    await asked({ sort: 'spent', order: 'desc' });
    expect(within(table).getByText('Machine learning')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await asked({ sort: 'spent', order: 'desc', offset: 25 });
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Show' }),
      'Over budget (1)',
    );
    await asked({ sort: 'spent', order: 'desc', state: 'over' });
    await userEvent.type(screen.getAllByRole('searchbox')[0], 'ml');
    await asked({ sort: 'spent', order: 'desc', state: 'over', q: 'ml' });
  });

  it('keeps the budget open that was, whatever the table lists', async () => {
    const other = budgetRow({
      id: 'other',
      budget: budgetDefinition({ title: 'Other' }),
    });
    const { api } = setUp({
      getBudgets: jest.fn(async ({ state }) =>
        budgetList({
          budgets: state ? [other] : [budgetRow(), other],
          own: undefined,
        }),
      ),
    });
    await screen.findByRole('table', { name: 'Budgets' });
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Show' }),
      'over',
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Machine learning' }),
      ).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('heading', { name: 'Machine learning' }),
    ).toBeVisible();
    expect(api.getBudget).not.toHaveBeenCalledWith('other', expect.anything());
  });

  it('goes to the last page there is, when the one it shows is gone', async () => {
    let totalRows = 70;
    const { api } = setUp({
      getBudgets: jest.fn(async ({ offset = 0 }) =>
        budgetList({
          budgets: offset < totalRows ? [budgetRow()] : [],
          totalRows,
          states: { over: totalRows },
        }),
      ),
    });
    await screen.findByRole('table', { name: 'Budgets' });
    totalRows = 20;
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(
        (api.getBudgets as jest.Mock).mock.calls.map(([query]) => query.offset),
      ).toEqual([0, 25, 0]),
    );
    expect(
      await screen.findByRole('button', { name: 'Machine learning' }),
    ).toBeVisible();
  });

  it('downloads all that match, page after page', async () => {
    const save = jest.fn((_: Blob) => 'blob:csv');
    Object.assign(URL, { createObjectURL: save, revokeObjectURL: jest.fn() });
    const { api } = setUp({
      getBudgets: jest.fn(async ({ offset = 0, limit = 25 }) =>
        budgetList({
          budgets: Array.from(
            { length: Math.min(limit, 1200 - offset) },
            (_, index) => budgetRow({ id: `b${offset + index}` }),
          ),
          totalRows: 1200,
        }),
      ),
    });
    await screen.findByRole('table', { name: 'Budgets' });
    await userEvent.click(screen.getByRole('button', { name: 'CSV' }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
    const text = await new Response(save.mock.calls[0][0]).text();
    expect(text.trim().split('\r\n')).toHaveLength(1201);
    expect(text).toContain('Machine learning');
    expect(api.getBudgets).toHaveBeenLastCalledWith({
      entityRef: ML,
      sort: 'state',
      order: 'asc',
      offset: 1000,
      limit: 1000,
    });
  });

  it('says so where a budget of a link is gone', async () => {
    setUp(
      {
        getBudget: jest.fn(async id => {
          if (id === 'gone') {
            throw new NotFoundError('There is no budget gone');
          }
          return budgetReport({ id });
        }),
      },
      '/?budget=gone',
    );
    expect(
      await screen.findByText(
        'There is no budget of this link, or you may not see all that it is for.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/catalog/)).not.toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Budgets' })).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to all budgets' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Machine learning' }),
    ).toBeInTheDocument();
    expect(document.body).not.toHaveFocus();
  });

  it('tells an error from what may not be seen', async () => {
    const refused = setUp({
      getBudgets: jest.fn(async () => {
        throw new NotAllowedError('no');
      }),
    });
    expect(await screen.findByText(/cost\.read/)).toBeInTheDocument();
    refused.unmount();
    setUp({
      getBudgets: jest.fn(async () => {
        throw new Error('the database is away');
      }),
    });
    expect(await screen.findByText('the database is away')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Try again' }),
    ).toBeInTheDocument();
  });
});
