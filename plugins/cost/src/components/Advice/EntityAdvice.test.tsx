import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { adviceReport } from '../../__testUtils__/adviceReports';
import { axeFindings } from '../../__testUtils__/axe';
import { component, mockCostApi, renderCost } from '../../__testUtils__/render';
import { EntityAdvice } from './EntityAdvice';
import { FleetAdvice } from './FleetAdvice';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(60_000);

describe('EntityAdvice', () => {
  it('shows what could be saved, with and without what is held back', async () => {
    renderCost(<EntityAdvice />, { entity: component });
    expect(
      await screen.findByRole('group', { name: 'You could save per month' }),
    ).toHaveTextContent(
      '$48.20by changing 1 container, at what is charged now',
    );
    expect(
      screen.getByRole('group', { name: 'With what is held back, per month' }),
    ).toHaveTextContent('$69.70$21.50 of it is advice that is held back');
    expect(
      screen.getByRole('group', { name: 'Containers to change' }),
    ).toHaveTextContent('1of 3, of which right: 1, held back: 1');
  });

  it('shows now and proposed of each container, and in words why advice is held back', async () => {
    renderCost(<EntityAdvice />, { entity: component });
    const table = await screen.findByRole('table', { name: 'Advice' });
    const change = within(table).getByRole('row', {
      name: /akidb-rest \/ app/,
    });
    expect(change).toHaveTextContent('2 → 650mlimit 4 → none');
    expect(change).toHaveTextContent('0 min → 12 min');
    expect(change).toHaveTextContent('steered by HPA akidb-rest');
    const held = within(table).getByRole('row', { name: /indexer/ });
    expect(held).toHaveTextContent('Held backHeap of fixed size');
    expect(held).toHaveTextContent('held back: 5 GiB');
    expect(
      within(change).getByRole('link', { name: /akidb-rest/ }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining(
        encodeURIComponent('us-west~ml~Deployment~akidb-rest~app'),
      ),
    );
  });

  it('filters by status without asking again, and asks for what was dismissed', async () => {
    const api = mockCostApi();
    renderCost(<EntityAdvice />, { api, entity: component });
    const table = await screen.findByRole('table', { name: 'Advice' });
    await userEvent.click(screen.getByRole('button', { name: 'Held back' }));
    await waitFor(() =>
      expect(
        within(table).queryByRole('row', { name: /web-frontend/ }),
      ).not.toBeInTheDocument(),
    );
    expect(api.getServiceAdvice).toHaveBeenCalledTimes(1);
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Show dismissed' }),
    );
    await waitFor(() =>
      expect(api.getServiceAdvice).toHaveBeenLastCalledWith(
        'component:default/akidb-rest',
        { currency: undefined, decided: 'show' },
        expect.anything(),
      ),
    );
  });

  it('explains the realisable figure with nodes and prices', async () => {
    renderCost(<EntityAdvice />, {
      entity: component,
      url: '/?origin=realisable',
    });
    expect(
      await screen.findByRole('dialog', { name: /^Nodes give back/ }),
    ).toHaveTextContent('1 × $0.0329 per hour × 730 = $24.00021');
  });

  it('says when nothing has been computed yet, and which key sets how', async () => {
    const api = mockCostApi({
      getServiceAdvice: async () => adviceReport({ status: 'not-computed' }),
    });
    renderCost(<EntityAdvice />, { api, entity: component });
    expect(
      await screen.findByRole('heading', {
        name: 'No advice has been computed yet',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/headroom\.cost\.advice/)).toBeInTheDocument();
  });

  it('names the permission when there is none', async () => {
    const api = mockCostApi({
      getServiceAdvice: async () => {
        throw new NotAllowedError('no');
      },
    });
    renderCost(<EntityAdvice />, { api, entity: component });
    expect(await screen.findByText(/cost\.read/)).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<EntityAdvice />, { entity: component });
    await screen.findByRole('table', { name: 'Advice' });
    expect(await axeFindings(container)).toEqual([]);
  });
});

describe('FleetAdvice', () => {
  it('lets the server sort, filter and page', async () => {
    const api = mockCostApi({
      getFleetAdvice: jest.fn(async () => adviceReport({ totalRows: 60 })),
    });
    renderCost(<FleetAdvice />, { api });
    await screen.findByRole('table', { name: 'Advice' });
    const asked = () => jest.mocked(api.getFleetAdvice).mock.lastCall![0];
    expect(asked()).toMatchObject({
      offset: 0,
      limit: 25,
      sort: 'saving',
      order: 'desc',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(asked()).toMatchObject({ offset: 25 }));
    await userEvent.click(screen.getByRole('button', { name: 'Confidence' }));
    await waitFor(() =>
      expect(asked()).toMatchObject({ sort: 'confidence', offset: 0 }),
    );
    await userEvent.type(
      screen.getAllByRole('searchbox', { name: 'Filter' })[0],
      'index',
    );
    await waitFor(() => expect(asked()).toMatchObject({ q: 'index' }));
    // The server can't sort by settings.
    expect(
      screen.queryByRole('button', { name: 'CPU request' }),
    ).not.toBeInTheDocument();
  });

  it('says which rows belong to no service', async () => {
    renderCost(<FleetAdvice />);
    const table = await screen.findByRole('table', { name: 'Advice' });
    expect(
      within(table).getByRole('row', { name: /web-frontend/ }),
    ).toHaveTextContent('Unallocated');
  });
});
