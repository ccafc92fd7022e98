import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { component, mockCostApi, renderCost } from '../../__testUtils__/render';
import { serviceReport } from '../../__testUtils__/reports';
import { EntityCost } from './EntityCost';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(60_000);

describe('EntityCost', () => {
  it('shows five figures, each with its comparison and base', async () => {
    renderCost(<EntityCost />, { entity: component });

    const spend = await screen.findByRole('group', {
      name: 'Spend, 1–5 Oct',
    });
    expect(within(spend).getByText('$43.01')).toHaveAttribute(
      'title',
      '$43.008',
    );
    // The partial day is left out on both sides.
    expect(
      within(spend).getByText('+12 % against 26–29 September'),
    ).toBeInTheDocument();

    expect(
      screen.getByRole('group', { name: 'October 2026 to date' }),
    ).toHaveTextContent('13 % of the $330.00 projected');
    expect(
      screen.getByRole('group', { name: 'Projection to 31 October 2026' }),
    ).toHaveTextContent(
      '$310.00 to $352.00 with 80 % confidence, from 4 whole days',
    );
    expect(screen.getByRole('group', { name: 'Efficiency' })).toHaveTextContent(
      '43 %',
    );
    expect(screen.getByRole('group', { name: 'Unused' })).toHaveTextContent(
      '$24.5157 % of the cost of CPU, memory and GPU was requested and not used',
    );
  });

  it('draws gaps as gaps and says so, and has the chart as a table', async () => {
    renderCost(<EntityCost />, { entity: component });
    expect(
      await screen.findByRole('img', {
        name: /1–5 October: \$43\.01 over 4 days; 1 days without data/,
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Calendar days in Europe/Berlin')).toHaveLength(
      2, // the chart by day and the GPU hours
    );
    // Below either chart: spend and GPU hours.
    expect(
      screen.getAllByText(/3 Oct: no data · 4 Oct: 3 of 24 hours missing/),
    ).toHaveLength(2);

    await userEvent.click(
      screen.getAllByRole('button', { name: 'Show as table' })[0],
    );
    const table = await screen.findByRole('table', { name: 'Spend by day' });
    const gap = within(table).getByRole('row', {
      name: /Sat 3 October 2026/,
    });
    expect(gap).toHaveTextContent('–––––no data');
    expect(gap).not.toHaveTextContent('$0');
  });

  it('never shows nothing for something', async () => {
    renderCost(<EntityCost />, { entity: component });
    const table = await screen.findByRole('table', {
      name: 'Cost by Workload',
    });
    const row = within(table).getByRole('row', { name: /akidb-cron/ });
    expect(within(row).getAllByText('< $0.01')[0]).toHaveAttribute(
      'title',
      '$0.008',
    );
  });

  it('takes window, currency and idle mode from the URL', async () => {
    const api = mockCostApi();
    renderCost(<EntityCost />, {
      api,
      entity: component,
      url: '/?window=custom&from=2026-10-01&to=2026-10-05&currency=EUR&idle=shared',
    });
    await screen.findByRole('table', { name: 'Cost by Workload' });
    expect(api.getServiceReport).toHaveBeenCalledTimes(1);
    expect(api.getServiceReport.mock.calls[0].slice(0, 2)).toEqual([
      'component:default/akidb-rest',
      {
        window: 'custom',
        from: '2026-10-01',
        to: '2026-10-05',
        currency: 'EUR',
        idle: 'shared',
      },
    ]);
  });

  it('asks again when the window changes, aborts the request before and shows nothing stale', async () => {
    const signals: AbortSignal[] = [];
    const api = mockCostApi({
      getServiceReport: jest.fn((_ref, scope, options) => {
        signals.push(options!.signal!);
        return scope.window === '7d'
          ? new Promise<never>(() => {})
          : Promise.resolve(serviceReport());
      }),
    });
    renderCost(<EntityCost />, { api, entity: component });
    await screen.findByRole('group', { name: /^Spend/ });
    await userEvent.click(screen.getByRole('button', { name: '7 days' }));
    await waitFor(() =>
      expect(
        screen.getByRole('status', { name: 'Loading' }),
      ).toBeInTheDocument(),
    );
    expect(screen.queryAllByText(/\$/)).toHaveLength(0);
    expect(signals[0].aborted).toBe(true);
    expect(signals[1].aborted).toBe(false);
  });

  it('does not ask again while a table is filtered', async () => {
    const api = mockCostApi();
    renderCost(<EntityCost />, { api, entity: component });
    const table = await screen.findByRole('table', {
      name: 'Cost by Workload',
    });
    const filter = screen.getAllByRole('searchbox', { name: 'Filter' })[0];
    await userEvent.type(filter, 'cron');
    await waitFor(() =>
      expect(
        within(table).queryByRole('row', { name: /akidb-rest/ }),
      ).not.toBeInTheDocument(),
    );
    expect(api.getServiceReport).toHaveBeenCalledTimes(1);
  });

  it('explains a figure with its numbers, sources, prices and links', async () => {
    renderCost(<EntityCost />, { entity: component });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Where does this come from? Spend, 1–5 Oct',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Spend: where it comes from',
    });
    expect(dialog).toHaveTextContent('74 device-hours × $0.50 = $37.00');
    expect(dialog).toHaveTextContent('= $43.008');
    expect(dialog).toHaveTextContent('us-west: prometheus');
    expect(dialog).toHaveTextContent('27 hours missing');
    expect(dialog).toHaveTextContent('headroom.prices, g5.2xlarge');
    expect(dialog).toHaveTextContent('backstage.io/kubernetes-id=akidb-rest');
    expect(dialog).toHaveTextContent('Nothing is shared');
  });

  it('draws days that are not whole hatched, and the ground of gaps dotted', async () => {
    const { container } = renderCost(<EntityCost />, { entity: component });
    await screen.findByRole('img', { name: /Bar chart of spend by day/ });
    const fills = [...container.querySelectorAll('.recharts-bar path')].map(
      path => path.getAttribute('fill')!,
    );
    const hatched = fills.filter(fill => /^url\(#.*-hatch-/.test(fill));
    expect(hatched.length).toBeGreaterThan(0);
    const gap = container.querySelector('.recharts-reference-area path');
    const used = [...hatched, gap!.getAttribute('fill')!];
    // Each points at a pattern that is really there.
    used.forEach(fill =>
      expect(
        container.querySelector(fill.replace(/^url\((.*)\)$/, '$1')),
      ).toBeInTheDocument(),
    );
  });

  it('explains GPU hours and unit costs too', async () => {
    renderCost(<EntityCost />, { entity: component, url: '/?origin=units' });
    const dialog = await screen.findByRole('dialog', {
      name: 'Unit costs: where it comes from',
    });
    expect(dialog).toHaveTextContent(
      'cost of those days ÷ 12,300,000 × 1,000,000 = $0.27778',
    );
    expect(dialog).toHaveTextContent('Requests, eachno units in this window');
  });

  it('shows GPU hours and unit costs, and why one can’t be said', async () => {
    renderCost(<EntityCost />, { entity: component });
    expect(
      await screen.findByText(
        '74 device-hours cost $37.00; 25.9 of them were busy (35 %).',
      ),
    ).toBeInTheDocument();
    const table = screen.getByRole('table', { name: 'Unit costs' });
    expect(
      within(table).getByRole('row', { name: /Tokens, per 1M/ }),
    ).toHaveTextContent('$0.278+11 %12.3M100');
    expect(
      within(table).getByRole('row', { name: /Requests, each/ }),
    ).toHaveTextContent('no units in this window');
  });

  it('names the annotation, the selector and the config key when nothing is linked', async () => {
    const api = mockCostApi({
      getServiceReport: async () => serviceReport({ status: 'no-workloads' }),
    });
    renderCost(<EntityCost />, { api, entity: component });
    expect(
      await screen.findByRole('heading', {
        name: 'No workloads are linked to this service',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/backstage.io\/kubernetes-id is “akidb-rest”/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/annotation backstage.io\/kubernetes-label-selector/),
    ).toBeInTheDocument();
    expect(screen.getByText(/headroom\.cost\.links/)).toBeInTheDocument();
    expect(screen.queryByText(/\$/)).not.toBeInTheDocument();
  });

  it('says why annotations link nothing, below how to link', async () => {
    const message =
      'component:default/akidb-rest claims workloads (annotation: backstage.io/kubernetes-id=web) that count for a service of another owner, which had them first.';
    const api = mockCostApi({
      getServiceReport: async () =>
        serviceReport({
          status: 'no-workloads',
          problems: [{ code: 'link-conflict', severity: 'warning', message }],
        }),
    });
    renderCost(<EntityCost />, { api, entity: component });
    expect(await screen.findByText(message)).toBeInTheDocument();
  });

  it('shows the sources when no data is in yet', async () => {
    const api = mockCostApi({
      getServiceReport: async () => serviceReport({ status: 'no-data' }),
    });
    renderCost(<EntityCost />, { api, entity: component });
    expect(
      await screen.findByRole('heading', {
        name: 'No data for this window yet',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('us-west')).toBeInTheDocument();
    expect(screen.getByText(/linked to this service/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'See Sources' })).toHaveAttribute(
      'href',
      '/cost/sources',
    );
  });

  it('says how far a back-fill is, and asks again without a skeleton while it runs', async () => {
    jest.useFakeTimers();
    try {
      const growing = serviceReport();
      const [source] = growing.origin.sources;
      const backfill = { doneHours: 312, totalHours: 1416 };
      const getServiceReport = jest
        .fn()
        .mockResolvedValueOnce({
          ...growing,
          origin: { ...growing.origin, sources: [{ ...source, backfill }] },
        })
        .mockResolvedValue(serviceReport());
      renderCost(<EntityCost />, {
        api: mockCostApi({ getServiceReport }),
        entity: component,
      });
      const notice = await screen.findByText(
        /back-fill is still reading the past: 312 of 1,416 hours are in, so figures still grow/,
      );
      expect(
        within(notice).getByRole('link', { name: 'See Sources' }),
      ).toHaveAttribute('href', '/cost/sources');

      await act(() => jest.advanceTimersByTimeAsync(14_000));
      expect(getServiceReport).toHaveBeenCalledTimes(1);
      act(() => {
        jest.advanceTimersByTime(1_500);
      });
      expect(getServiceReport).toHaveBeenCalledTimes(2);
      expect(screen.getByRole('group', { name: /^Spend/ })).toBeInTheDocument();

      await act(() => jest.advanceTimersByTimeAsync(60_000));
      expect(
        screen.queryByText(/back-fill is still reading/),
      ).not.toBeInTheDocument();
      expect(getServiceReport).toHaveBeenCalledTimes(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('names the permission when there is none', async () => {
    const api = mockCostApi({
      getServiceReport: async () => {
        throw new NotAllowedError('no');
      },
    });
    renderCost(<EntityCost />, { api, entity: component });
    expect(
      await screen.findByRole('heading', { name: 'You may not see this' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/cost\.read/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('offers another try when the back end failed', async () => {
    const getServiceReport = jest
      .fn()
      .mockRejectedValueOnce(new ServiceUnavailableError('starting up'))
      .mockResolvedValueOnce(serviceReport());
    renderCost(<EntityCost />, {
      api: mockCostApi({ getServiceReport }),
      entity: component,
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('starting up');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('group', { name: /^Spend/ }),
    ).toHaveTextContent('$43.01');
  });

  it('says when it looks at a simulation, and lists problems', async () => {
    const api = mockCostApi({
      getServiceReport: async () =>
        serviceReport({
          simulated: true,
          problems: [
            {
              code: 'usage-above-capacity',
              message: 'Node n1 used more CPU than it has.',
              severity: 'warning',
            },
          ],
        }),
    });
    renderCost(<EntityCost />, { api, entity: component });
    expect(await screen.findByText(/Simulated data/)).toBeInTheDocument();
    expect(
      screen.getByText(/Node n1 used more CPU than it has/),
    ).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<EntityCost />, { entity: component });
    await screen.findByRole('table', { name: 'Cost by Workload' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
