import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anomalyReport } from '../../__testUtils__/anomalyReports';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { fleetReport } from '../../__testUtils__/reports';
import { CostOverview } from './CostOverview';

describe('CostOverview', () => {
  it('shows five figures, idle and unallocated among them', async () => {
    const { container } = renderCost(<CostOverview />);
    expect(
      await screen.findByRole('group', { name: 'Idle' }),
    ).toHaveTextContent('$11.0126 % of all spend');
    expect(
      screen.getByRole('group', { name: 'Unallocated' }),
    ).toHaveTextContent('$2.004.7 % of all spend');
    const figures = within(container).getAllByRole('group', {
      name: /Spend|to date|Projection|^Idle|^Unallocated/,
    });
    expect(figures).toHaveLength(5);
    figures.forEach(figure =>
      expect(
        within(figure).getByRole('button', { name: /^Where does this come/ }),
      ).toBeInTheDocument(),
    );
  });

  it('leaves Idle and Unallocated in whatever the filter says', async () => {
    renderCost(<CostOverview />, { url: '/?team.q=web' });
    const table = await screen.findByRole('table', { name: 'Cost by Team' });
    const labels = within(table)
      .getAllByRole('rowheader')
      .map(cell => cell.textContent);
    expect(labels).toEqual([
      'web',
      'Idle',
      'Unallocated',
      'Total of all rows shown',
    ]);
  });

  it('adds up what it shows, to the micro', async () => {
    renderCost(<CostOverview />);
    const table = await screen.findByRole('table', { name: 'Cost by Team' });
    const total = within(table).getByRole('row', { name: /^Total/ });
    expect(within(total).getAllByText('$43.01').pop()).toHaveAttribute(
      'title',
      '$43.008',
    );
  });

  it('leads to the entity with the same window', async () => {
    renderCost(<CostOverview />, { url: '/?window=7d' });
    const table = await screen.findByRole('table', { name: 'Cost by Team' });
    expect(within(table).getByRole('link', { name: 'ml' })).toHaveAttribute(
      'href',
      '/catalog/default/group/ml/cost?window=7d',
    );
    expect(screen.getByRole('link', { name: 'akidb-rest' })).toHaveAttribute(
      'href',
      '/catalog/default/component/akidb-rest/cost?window=7d',
    );
  });

  it('groups anew and leaves totals and trend in place meanwhile', async () => {
    let answer = () => {};
    const api = mockCostApi({
      getFleetReport: jest.fn(async (_, groupBy) => {
        if (groupBy === 'region') {
          await new Promise<void>(resolve => {
            answer = resolve;
          });
        }
        return fleetReport({ groupBy });
      }),
    });
    renderCost(<CostOverview />, { api });
    await screen.findByRole('table', { name: 'Cost by Team' });
    await userEvent.click(screen.getByRole('button', { name: 'Region' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('table', { name: /^Cost by/ }),
      ).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('group', { name: 'Idle' })).toBeInTheDocument();
    answer();
    expect(
      await screen.findByRole('table', { name: 'Cost by Region' }),
    ).toBeInTheDocument();
    expect(api.getFleetReport).toHaveBeenLastCalledWith(
      { window: '30d', idle: 'separate' },
      'region',
      expect.anything(),
    );
  });

  it('puts the largest change first, up or down, with its sign', async () => {
    renderCost(<CostOverview />);
    const table = await screen.findByRole('table', { name: 'Biggest movers' });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('web-frontenddown −$12.00−92 %');
    expect(second).toHaveTextContent('akidb-restup +$10.00+100 %');
  });

  it('tells nothing moved from nothing to compare with', async () => {
    const report = fleetReport();
    const { changeRatio, total, ...previous } = report.headline.previous;
    const still = mockCostApi({
      getFleetReport: async () => fleetReport({ movers: [] }),
    });
    const first = renderCost(<CostOverview />, { api: still });
    expect(await screen.findByText('No service changed.')).toBeInTheDocument();
    expect(screen.getByText(/^Against 26/)).toBeInTheDocument();
    first.unmount();

    const gaps = mockCostApi({
      getFleetReport: async () =>
        fleetReport({
          movers: [],
          headline: { ...report.headline, previous },
          rows: report.rows.map(row => ({
            ...row,
            previousTotal: undefined,
            changeRatio: undefined,
          })),
        }),
    });
    renderCost(<CostOverview />, { api: gaps });
    expect(
      await screen.findByText(/^The windows can’t be compared/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^Against/)).not.toBeInTheDocument();
    const table = screen.getByRole('table', { name: 'Cost by Team' });
    expect(
      within(table).getByRole('columnheader', { name: 'Change' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/^No change is known/)).toBeInTheDocument();
  });

  it('lists what cost too much anywhere, and leads to it', async () => {
    const [open, past] = anomalyReport().anomalies;
    const api = mockCostApi({
      getAnomalies: jest.fn(async () =>
        anomalyReport({
          anomalies: [
            ...Array.from({ length: 7 }, (_, i) => ({ ...open, id: 10 + i })),
            {
              ...past,
              kind: 'team' as const,
              entityRef: 'group:default/ml',
            },
          ],
        }),
      ),
    });
    renderCost(<CostOverview />, { api });
    const table = await screen.findByRole('table', {
      name: 'What cost too much',
    });
    expect(api.getAnomalies).toHaveBeenCalledWith(undefined, expect.anything());
    expect(within(table).getByRole('link', { name: 'ml' })).toHaveAttribute(
      'href',
      '/catalog/default/group/ml/cost',
    );
    // A sum of teams and their services would count twice.
    expect(
      within(table).queryByRole('row', { name: /^Total/ }),
    ).not.toBeInTheDocument();
    const told = () => screen.getAllByText(/^From .* akidb-rest cost \$40/);
    expect(told()).toHaveLength(5);
    await userEvent.click(
      screen.getByRole('button', { name: 'Say why of all 7 that are open' }),
    );
    expect(told()).toHaveLength(7);
  });

  it('says of idle capacity that is shared what is left', async () => {
    const report = fleetReport();
    const api = mockCostApi({
      getFleetReport: async () =>
        fleetReport({
          idleMode: 'shared',
          headline: { ...report.headline, idle: '100' },
        }),
    });
    renderCost(<CostOverview />, { api });
    expect(
      await screen.findByRole('group', { name: 'Idle' }),
    ).toHaveTextContent('< 0.1 % of all spend is idle and left after sharing');
  });

  it.each(['idle', 'unallocated'] as const)(
    'says so when it shows only a part, and no figure of what nobody has, also behind a link to %s',
    async origin => {
      const { headline, rows } = fleetReport();
      const api = mockCostApi({
        getFleetReport: async () =>
          fleetReport({
            restricted: true,
            headline: { ...headline, idle: '0', unallocated: '0' },
            rows: rows.filter(({ kind }) => kind === 'normal'),
          }),
      });
      renderCost(<CostOverview />, { api, url: `/?origin=${origin}` });
      expect(
        await screen.findByText(
          /^You see part of the fleet: .* Idle and Unallocated are shown to those who may see everything\.$/,
        ),
      ).toBeInTheDocument();
      expect(screen.getByRole('group', { name: /^Spend/ })).toBeInTheDocument();
      expect(
        screen.queryByRole('group', { name: /^Idle|^Unallocated/ }),
      ).not.toBeInTheDocument();
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    },
  );

  it('opens the origin of a figure from a link for who may see it', async () => {
    renderCost(<CostOverview />, { url: '/?origin=idle' });
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'Idle: where it comes from',
    );
  });

  it('shows the config that connects a cluster when there is none', async () => {
    const api = mockCostApi({
      getFleetReport: async () => fleetReport({ status: 'no-clusters' }),
    });
    renderCost(<CostOverview />, { api });
    expect(
      await screen.findByRole('heading', { name: 'No cluster is connected' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/headroom\.clusters/)).toBeInTheDocument();
  });

  it('names a source that is down, and since when', async () => {
    const report = fleetReport();
    const [source] = report.origin.sources;
    const api = mockCostApi({
      getFleetReport: async () =>
        fleetReport({
          origin: {
            ...report.origin,
            sources: [{ ...source, downSince: '2026-10-05T11:00:00.000Z' }],
          },
        }),
    });
    renderCost(<CostOverview />, { api });
    expect(
      await screen.findByText(
        /prometheus of us-west has been out of reach since 5 October 2026, 13:00/,
      ),
    ).toBeInTheDocument();
  });

  it('exports the rows it shows, exactly', async () => {
    const blobs: Blob[] = [];
    URL.createObjectURL = jest.fn((blob: Blob) => {
      blobs.push(blob);
      return 'blob:cost';
    });
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    renderCost(<CostOverview />, { url: '/?team.q=ml' });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Download as CSV: Cost by Team',
      }),
    );
    expect(click).toHaveBeenCalledTimes(1);
    click.mockRestore();
    const text = await blobs[0].text();
    expect(text).toBe(
      [
        'Team,CPU (USD),Total (USD),Change',
        'ml,20.000000,20.000000,1',
        'Idle,11.008000,11.008000,',
        'Unallocated,2.000000,2.000000,',
        '',
      ].join('\r\n'),
    );
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<CostOverview />);
    await screen.findByRole('table', { name: 'Cost by Team' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
