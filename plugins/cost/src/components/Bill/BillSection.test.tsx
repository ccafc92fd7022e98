import { NotAllowedError } from '@backstage/errors';
import { BillQuery } from '@headroom/plugin-cost-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { catchDownloads } from '../../__testUtils__/catchDownloads';
import { billPayers, billReport } from '../../__testUtils__/billReports';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { BillSection } from './BillSection';

const SCOPE = { window: '7d', idle: 'separate' } as const;

function setUp() {
  const api = mockCostApi({ getBill: jest.fn(async q => billReport(q)) });
  return { api, ...renderCost(<BillSection scope={SCOPE} />, { api }) };
}

describe('BillSection', () => {
  it('says what was billed, what is allocated and what is not', async () => {
    setUp();
    const figures = await screen.findAllByRole('group', {
      name: /^(Billed|Allocated|Idle|Billed and not)/,
    });
    expect(figures.map(figure => figure.textContent)).toEqual([
      'Billed$100.00with what was paid in advance where it was used',
      'Allocated$75.00$70.00 are nodes of clusters, $5.00 is services’ own',
      'Idle nodes$20.00part of what is allocated: of no service',
      'Billed and not allocated$25.00no node of a cluster, and no rule or tag says whose',
    ]);
    expect(
      screen.getByText(/1–7 October 2026\. The invoice comes to \$140\.00/),
    ).toHaveTextContent('−$2.00 of it mends earlier months.');
    expect(screen.getByText('2026-10 is not final.')).toBeVisible();
  });

  it.each([
    [
      ['-3500000'],
      'The provider restated this month after it was over, as was read last on 4 November 2026, 06:00 UTC: it comes to $3.50 less since. What each service pays follows it.',
    ],
    [
      ['-500000', '4500000'],
      'The provider restated this month after it was over, as was read last on 4 November 2026, 06:00 UTC: it comes to $4.00 more since. What each service pays follows it.',
    ],
  ])('says that it was restated by %j', async (changes, sentence) => {
    const report = billReport();
    const restatements = changes.map(change => ({
      source: 'aws',
      at: '2026-11-04T06:00:00.000Z',
      change,
    }));
    renderCost(<BillSection scope={SCOPE} />, {
      api: mockCostApi({
        getBill: async () => ({
          ...report,
          bills: report.bills.map(bill => ({ ...bill, restatements })),
        }),
      }),
    });
    expect(await screen.findByText(sentence)).toBeVisible();
  });

  it('says that it is being worked out who pays for nodes', async () => {
    renderCost(<BillSection scope={SCOPE} />, {
      api: mockCostApi({
        getBill: async () => ({ ...billReport(), isSplit: false }),
      }),
    });
    expect(
      await screen.findByText(/who pays for its nodes is being worked out/),
    ).toBeVisible();
  });

  it('leads to another month that was restated', async () => {
    const getBill = jest.fn(async (query: BillQuery) => ({
      ...billReport(query),
      restated: ['2026-10-01', '2026-09-01'],
    }));
    renderCost(<BillSection scope={SCOPE} />, {
      api: mockCostApi({ getBill }),
    });
    const notice = await screen.findByText(
      /^The provider has restated another month/,
    );
    expect(within(notice).queryByText('October 2026')).toBeNull();
    await userEvent.click(
      within(notice).getByRole('button', { name: 'September 2026' }),
    );
    await waitFor(() =>
      expect(getBill).toHaveBeenLastCalledWith(
        expect.objectContaining({ month: '2026-09' }),
        expect.anything(),
      ),
    );
  });

  it('sums rows to the bill, and shows what moved', async () => {
    setUp();
    const table = await screen.findByRole('table', {
      name: 'The bill by Service of the provider',
    });
    expect(
      within(table).getByRole('row', { name: /^Total/ }),
    ).toHaveTextContent('$100.00');
    expect(
      within(table).getByRole('rowheader', { name: 'not said' }),
    ).toBeInTheDocument();
    const nodes = screen.getByRole('table', {
      name: 'Nodes: estimated and billed',
    });
    expect(
      within(nodes).getByRole('row', { name: /us-west/ }),
    ).toHaveTextContent('$100.00$70.00−$30.00');
    const payers = await screen.findByRole('table', { name: 'Who pays' });
    expect(
      within(payers).getByRole('link', { name: 'akidb-rest' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/akidb-rest/cost?window=7d',
    );
  });

  it('asks for other services that pay: by text, in another order, a page, and all as CSV', async () => {
    const { api } = setUp();
    const table = await screen.findByRole('table', { name: 'Who pays' });
    const asked = (change: object) =>
      waitFor(() =>
        expect(api.getBillPayers).toHaveBeenLastCalledWith(
          expect.objectContaining({
            month: '2026-10',
            basis: 'effective',
            currency: 'USD',
            ...change,
          }),
          expect.anything(),
        ),
      );
    await asked({ sort: 'paid', order: 'desc', offset: 0, limit: 10 });
    await userEvent.click(
      within(table).getByRole('button', { name: /^Service/ }),
    );
    await asked({ sort: 'service', order: 'asc' });
    const filter = document.getElementById('bill-payers-USD-filter')!;
    await userEvent.type(filter, 'aki');
    await asked({ q: 'aki', sort: 'service', order: 'asc' });
    const downloads = catchDownloads();
    const hint = 'All services that match, not only those on this page';
    await userEvent.click(screen.getByTitle(hint));
    await waitFor(async () =>
      expect(await downloads()).toEqual([
        {
          fileName: 'bill-2026-10-USD-effective-payers.csv',
          text: expect.stringContaining(
            'akidb-rest,71.428571,50.000000,5.000000,55.000000',
          ),
        },
      ]),
    );
    expect(api.getBillPayers).toHaveBeenLastCalledWith(
      expect.objectContaining({ q: 'aki', offset: 0, limit: 1000 }),
    );
  });

  it('says why it is not known who pays, and asks again', async () => {
    const getBillPayers = jest
      .fn(async query => billPayers(query))
      .mockRejectedValueOnce(new Error('nobody answers'));
    renderCost(<BillSection scope={SCOPE} />, {
      api: mockCostApi({
        getBill: async () => billReport(),
        getBillPayers,
      }),
    });
    expect(await screen.findByText(/nobody answers/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(
      await screen.findByRole('table', { name: 'Who pays' }),
    ).toBeVisible();
  });

  it('asks for another month, grouping and basis, and keeps them in the address', async () => {
    const { api } = setUp();
    const choose = async (name: string) =>
      userEvent.click(await screen.findByRole('button', { name }));
    await choose('September 2026');
    await choose('Account');
    await choose('Invoiced');
    await waitFor(() =>
      expect(api.getBill).toHaveBeenLastCalledWith(
        { month: '2026-09', groupBy: 'account', basis: 'billed' },
        expect.anything(),
      ),
    );
    expect(
      await screen.findByRole('group', { name: 'Invoiced' }),
    ).toHaveTextContent('$140.00');
  });

  it('exports the month that is shown', async () => {
    const { api } = setUp();
    const choose = async (name: string) =>
      userEvent.click(await screen.findByRole('button', { name }));
    await choose('September 2026');
    await waitFor(() =>
      expect(api.getBill).toHaveBeenLastCalledWith(
        expect.objectContaining({ month: '2026-09' }),
        expect.anything(),
      ),
    );
    const downloads = catchDownloads();
    await choose('Bill (FOCUS)');
    await waitFor(async () =>
      expect(await downloads()).toEqual([
        { fileName: 'bill-2026-09-focus.csv', text: 'ChargeCategory\r\n' },
      ]),
    );
    expect(api.getBillCharges).toHaveBeenCalledWith('2026-09');
  });

  it('says which delivery can’t be read, and why', async () => {
    setUp();
    expect(
      await screen.findByText(/^focus\/data.* of aws can’t be read/),
    ).toHaveTextContent('row 3: BilledCost is "?"');
  });

  it('is not there without a bill, nor for who may not see it', async () => {
    const getBill = jest.fn(async () => ({ ...billReport(), bills: [] }));
    const none = renderCost(<BillSection scope={SCOPE} />, {
      api: mockCostApi({ getBill }),
    });
    await waitFor(() => expect(getBill).toHaveBeenCalled());
    expect(
      screen.queryByRole('heading', { name: 'The cloud bill' }),
    ).not.toBeInTheDocument();
    none.unmount();

    const refuse = jest.fn(async () => {
      throw new NotAllowedError('no');
    });
    renderCost(<BillSection scope={SCOPE} />, {
      api: mockCostApi({ getBill: refuse }),
    });
    await waitFor(() => expect(refuse).toHaveBeenCalled());
    expect(
      screen.queryByRole('heading', { name: 'The cloud bill' }),
    ).not.toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = setUp();
    await screen.findByRole('table', { name: 'Who pays' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
