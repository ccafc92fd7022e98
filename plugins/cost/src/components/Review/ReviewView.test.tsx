import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { ScalingApi } from '@headroom/plugin-scaling-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { review, reviewList } from '../../__testUtils__/reviewReports';
import { costApiRef } from '../../api';
import { scalingApiRef } from '../../api/scalingApiRef';
import { ReviewView } from './ReviewView';

// All tables of a review at once take a busy machine a while.
jest.setTimeout(60_000);

describe('ReviewView', () => {
  it('tells of the newest week what it cost, against what, and how the month looks', async () => {
    const api = mockCostApi();
    renderCost(<ReviewView />, { api });
    expect(
      await screen.findByRole('group', { name: /^Spend, 5–11 October 2026/ }),
    ).toHaveTextContent('$210.00+$70.00 (+50 %) against $140.00');
    expect(
      screen.getByRole('group', { name: 'Forecast of October 2026' }),
    ).toHaveTextContent('$900.00$850.00 to $950.00');
    expect(api.getReview).toHaveBeenCalledWith(
      { week: '2026-10-05' },
      expect.anything(),
    );
  });

  it('splits what moved into parts that are shown with their sign', async () => {
    renderCost(<ReviewView />);
    const table = await screen.findByRole('table', { name: 'What moved' });
    const [, first, second, total] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      'akidb-rest+$80.00+$30.00−$20.00+$65.00+$5.00$0$70.00$150.00',
    );
    expect(second).toHaveTextContent(/^Idle−\$10\.00/);
    expect(total).toHaveTextContent('+$70.00');
    await userEvent.click(screen.getByRole('button', { name: 'Team' }));
    const teams = await screen.findByRole('table', { name: 'What moved' });
    expect(within(teams).getByRole('link', { name: 'ml' })).toBeInTheDocument();
  });

  it('names at most three things to do, who does them and until when', async () => {
    renderCost(<ReviewView />);
    const list = await screen.findByRole('region', { name: 'What to do' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      'Bring the budget of Machine learning back: it is €400.00 over. Since the week beforeml, until 19 October 2026',
    );
    expect(second).toHaveTextContent('Nobody owns it; until 19 October 2026');
    expect(within(second).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/component/akidb-rest/cost/advice',
    );
  });

  it.each([
    [
      'forecast alone',
      { forecast: '400000000' },
      'it is forecast to be €400.00 over by 31 October 2026.',
    ],
    [
      'both',
      { spent: '50000000', forecast: '400000000' },
      'it is €50.00 over, and forecast to be €400.00 over by 31 October 2026.',
    ],
  ])(
    'tells what is spent over a budget from its forecast: %s',
    async (_, over, said) => {
      const of = review();
      const [action] = of.actions;
      const actions = [{ ...action, over: { ...over, lastDay: '2026-10-31' } }];
      const api = mockCostApi({ getReview: async () => review({ actions }) });
      renderCost(<ReviewView />, { api });
      const list = await screen.findByRole('region', { name: 'What to do' });
      expect(list).toHaveTextContent(
        `Bring the budget of Machine learning back: ${said}`,
      );
    },
  );

  it('says why a unit cost is not known instead of nothing', async () => {
    renderCost(<ReviewView />);
    const table = await screen.findByRole('table', { name: 'Unit costs' });
    expect(table).toHaveTextContent('webRequestsNot known$160.00Not known');
  });

  it('counts units as they are priced, the dearest services first', async () => {
    renderCost(<ReviewView />);
    const table = await screen.findByRole('table', { name: 'Unit costs' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/^web/);
    expect(second).toHaveTextContent('akidb-rest1M Tokens5$150.00$30.00$28.00');
  });

  it('says how many budgets are at risk where not all are listed', async () => {
    const api = mockCostApi({
      getReview: async () => review({ budgetsAtRisk: 3088 }),
    });
    renderCost(<ReviewView />, { api });
    expect(
      await screen.findByText(/^Of 3088 budgets at risk these are the 1 that/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'All budgets as they stand now' }),
    ).toHaveAttribute('href', '/budgets');
  });

  it('says what was restated since, and keeps the figures of then', async () => {
    const api = mockCostApi({
      getReview: async () =>
        review({
          restatement: { spend: '217000000', difference: '7000000' },
        }),
    });
    renderCost(<ReviewView />, { api });
    expect(
      await screen.findByText(
        /^What is known now makes it \$217\.00: \+\$7\.00 than when/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('group', { name: /^Spend/ })).toHaveTextContent(
      '$210.00',
    );
  });

  it('shows no change and no split where there is nothing to compare with', async () => {
    const { pace, movers } = review();
    const { before, change, changeRatio, ...rest } = pace;
    const api = mockCostApi({
      getReview: async () =>
        review({
          comparison: 'none',
          pace: rest,
          advice: undefined,
          budgetRisks: undefined,
          anomalies: [],
          actions: [],
          unitCosts: [],
          movers: {
            teams: [],
            services: movers.services.map(({ key, kind, after }) => ({
              key,
              kind,
              after,
            })),
          },
        }),
    });
    renderCost(<ReviewView />, { api });
    const table = await screen.findByRole('table', { name: 'What moved' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual(['Service', 'This week']);
    expect(screen.getByText(/^Nothing is known of the week/)).toBeVisible();
    expect(screen.getByText(/too long after its week/)).toBeVisible();
    expect(
      screen.getByText('Nothing cost too much in this week.'),
    ).toBeVisible();
    expect(
      screen.getByRole('group', { name: /^Left on the table/ }),
    ).toHaveTextContent('Not known');
  });

  it('says of how many days of the month hours are missing', async () => {
    const { pace } = review();
    const month = { ...pace.month, incompleteDays: 1 };
    const api = mockCostApi({
      getReview: async () => review({ pace: { ...pace, month } }),
    });
    renderCost(<ReviewView />, { api });
    expect(
      await screen.findByText(/Hours of 1 day are missing\./),
    ).toBeInTheDocument();
  });

  it('opens the week that is chosen, in the address too', async () => {
    const api = mockCostApi();
    renderCost(<ReviewView />, { api, url: '/?week=2026-09-28' });
    expect(
      await screen.findByRole('group', { name: /^Spend, 28 September/ }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^Week/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: '5–11 October 2026' }),
    );
    await waitFor(() =>
      expect(api.getReview).toHaveBeenLastCalledWith(
        { week: '2026-10-05' },
        expect.anything(),
      ),
    );
  });

  it('opens an issue with what it says, where it is said in which tracker', async () => {
    const api = mockCostApi({
      getReviews: async () =>
        reviewList({
          newIssue: 'https://example.org/new?t={title}&b={body}',
        }),
    });
    renderCost(<ReviewView />, { api });
    const link = await screen.findByRole('link', { name: 'Open an issue' });
    const { origin, searchParams } = new URL(link.getAttribute('href')!);
    expect(origin).toBe('https://example.org');
    expect(searchParams.get('b')).toContain('# Cost review of the week');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('says when the first review comes', async () => {
    const api = mockCostApi({
      getReviews: async () =>
        reviewList({
          weeks: [],
          next: { week: '2099-01-05', from: '2099-01-14' },
        }),
    });
    renderCost(<ReviewView />, { api });
    expect(
      await screen.findByRole('heading', { name: 'There is no review yet' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/is made on 14 January 2099/)).toBeVisible();
    expect(screen.queryByText(/That day has come/)).not.toBeInTheDocument();
  });

  it('leads from a week without one to the newest', async () => {
    const api = mockCostApi({
      getReview: jest.fn(async ({ week }) => {
        if (week === '2020-01-06') {
          throw new NotFoundError('none');
        }
        return review({ week });
      }),
    });
    renderCost(<ReviewView />, { api, url: '/?week=2020-01-06' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the newest' }),
    );
    expect(
      await screen.findByRole('group', { name: /^Spend/ }),
    ).toBeInTheDocument();
  });

  it('leads from a day within a week to that week, and says so', async () => {
    const api = mockCostApi({
      getReview: jest.fn(async ({ week }) => review({ week })),
    });
    renderCost(<ReviewView />, { api, url: '/?week=2026-09-30' });
    expect(
      await screen.findByText(
        'Weeks begin on Mondays: this is the one that has 30 September 2026.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('group', { name: /^Spend/ }),
    ).toBeInTheDocument();
    expect(api.getReview.mock.calls.map(([{ week }]) => week)).toEqual([
      '2026-09-28',
    ]);
  });

  it('names the way back from what is no week', async () => {
    const api = mockCostApi({
      getReview: jest.fn(async ({ week }) => {
        if (week === 'soon') {
          throw new InputError('week must be a Monday');
        }
        return review({ week });
      }),
    });
    renderCost(<ReviewView />, { api, url: '/?week=soon' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the newest' }),
    );
    expect(
      await screen.findByRole('group', { name: /^Spend/ }),
    ).toBeInTheDocument();
  });

  it('names the permission to who may see nothing', async () => {
    const api = mockCostApi({
      getReviews: async () => {
        throw new NotAllowedError('no');
      },
    });
    renderCost(<ReviewView />, { api });
    expect(await screen.findByText(/cost\.read/)).toBeInTheDocument();
  });

  it('copies Markdown with what was saved, where it is measured', async () => {
    const user = userEvent.setup();
    const write = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockImplementation(async () => {});
    renderInTestApp(<ReviewView />, {
      apis: [
        [costApiRef, mockCostApi()],
        [
          scalingApiRef,
          {
            getSavings: async () => ({
              summary: {
                measured: {
                  currency: 'USD',
                  saved: '12340000',
                  low: '10000000',
                  high: '14500000',
                  hours: 72,
                },
                notYet: 0,
              },
              rows: [],
              total: 0,
            }),
          } as unknown as ScalingApi,
        ],
        mockApis.permission(),
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    expect(
      await screen.findByRole('group', { name: 'Saved so far' }),
    ).toHaveTextContent('$12.34');
    await user.click(screen.getByRole('button', { name: 'Copy as Markdown' }));
    expect(await screen.findByText('Copied')).toBeInTheDocument();
    const [[text]] = write.mock.calls;
    write.mockRestore();
    expect(text).toContain('# Cost review of the week 2026-10-05');
    expect(text).toContain('Saved so far, measured: **$12.34**');
  });

  it('prints by the browser', async () => {
    const print = jest.spyOn(window, 'print').mockImplementation(() => {});
    renderCost(<ReviewView />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Print or save as PDF' }),
    );
    expect(print).toHaveBeenCalledTimes(1);
    print.mockRestore();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<ReviewView />);
    await screen.findByRole('table', { name: 'What moved' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
