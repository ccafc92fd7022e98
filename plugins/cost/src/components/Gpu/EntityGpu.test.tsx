import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { gpuReport } from '../../__testUtils__/gpuReports';
import { component, mockCostApi, renderCost } from '../../__testUtils__/render';
import { EntityGpu } from './EntityGpu';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(60_000);

describe('EntityGpu', () => {
  it('shows five figures with their bases', async () => {
    renderCost(<EntityGpu />, { entity: component });
    expect(
      await screen.findByRole('group', { name: 'GPU spend, 1–5 Oct' }),
    ).toHaveTextContent('$290.00+16 % against 26–29 September');
    // Of the hours of which it is known, not of all.
    expect(screen.getByRole('group', { name: 'Busy' })).toHaveTextContent(
      '39 %117 of 300 device-hours were busy; of 100 more it is not known',
    );
    expect(screen.getByRole('group', { name: 'Unused' })).toHaveTextContent(
      '$97.0033 % of all GPU spend was held and not computing',
    );
    expect(
      screen.getByRole('group', { name: 'Readings set aside' }),
    ).toHaveTextContent('1.46k20 % of 7.22k readings');
    expect(
      screen.getByText(/SM active \(75 %.*graphics engine active \(25 %/),
    ).toBeInTheDocument();
  });

  it('draws a gap as a gap, and what is not known apart from what is unused', async () => {
    renderCost(<EntityGpu />, { entity: component });
    expect(await screen.findByText(/3 Oct: no data/)).toHaveTextContent(
      '5 Oct: not whole yet',
    );
    expect(screen.getByText(/Held, busy not known 96/)).toBeInTheDocument();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Show as table' })[0],
    );
    const table = await screen.findByRole('table', {
      name: 'GPU hours by day',
    });
    expect(
      within(table).getByRole('row', { name: /Sat 3 October/ }),
    ).toHaveTextContent('––––');
    expect(
      within(table).queryByRole('columnheader', { name: /^Idle/ }),
    ).not.toBeInTheDocument();
  });

  it('has a heat map that is moved through by arrow keys', async () => {
    renderCost(<EntityGpu />, { entity: component });
    const grid = await screen.findByRole('grid', {
      name: 'Busy share by hour of the week',
    });
    const cells = within(grid).getAllByRole('gridcell');
    expect(cells).toHaveLength(168);
    expect(cells.filter(cell => cell.tabIndex === 0)).toHaveLength(1);
    cells[0].focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
    expect(document.activeElement).toBe(cells[26]);
    expect(document.activeElement).toHaveAccessibleName(
      /^Tuesday 02:00–03:00: 0\s% busy/,
    );
    expect(cells[167]).toHaveAccessibleName('Sunday 23:00–00:00: no data');
    expect(cells[120]).toHaveAccessibleName(
      /: not held by the workloads this page is of$/,
    );
  });

  it('lists devices with verdict, tenants and unused money; never a zero for what is not known', async () => {
    renderCost(<EntityGpu />, { entity: component });
    const table = await screen.findByRole('table', { name: 'GPU devices' });
    const idle = within(table).getByRole('row', { name: /GPU-77aa01-i/ });
    expect(idle).toHaveTextContent('Unused, memory held');
    expect(idle).toHaveTextContent('ml/notebook-a, ml/notebook-b1 more');
    expect(idle).toHaveTextContent('$50.00');
    const unknown = within(table).getByRole('row', { name: /GPU-dead-unk/ });
    expect(unknown).toHaveTextContent('Not known');
    expect(unknown).not.toHaveTextContent('$0');
    expect(
      screen.getByRole('table', { name: 'Boards with stranded parts' }),
    ).toHaveTextContent('1 × 3g.40gb, 1 × 2g.20gb25 %$10.00');
  });

  it('advises with money, trade-off and evidence; what is held back says why', async () => {
    renderCost(<EntityGpu />, { entity: component });
    const remove = await screen.findByRole('article', {
      name: 'ml/notebook-a',
    });
    expect(remove).toHaveTextContent('$365.00');
    expect(remove).toHaveTextContent('What it costs you: A model has to be');
    expect(remove).toHaveTextContent('Most memory held1 GiB');
    const schedule = screen.getByRole('article', { name: 'ml/akidb-rest' });
    expect(schedule).toHaveTextContent('Held back: Not every hour');
    expect(
      within(schedule).getByRole('img', { name: /60 of the 168/ }),
    ).toBeInTheDocument();
  });

  it('says that there are no GPUs, and what is missing when nothing reports', async () => {
    const { unmount } = renderCost(<EntityGpu />, {
      api: mockCostApi({
        getGpuReport: async () => gpuReport({ status: 'no-gpus' }),
      }),
      entity: component,
    });
    expect(
      await screen.findByRole('heading', { name: 'No GPUs here' }),
    ).toBeInTheDocument();
    unmount();
    renderCost(<EntityGpu />, {
      api: mockCostApi({
        getGpuReport: async () => gpuReport({ status: 'no-readings' }),
      }),
      entity: component,
    });
    expect(await screen.findByText(/dcgm-exporter/)).toBeInTheDocument();
  });

  it('asks for another window', async () => {
    const api = mockCostApi();
    renderCost(<EntityGpu />, { api, entity: component });
    await screen.findByRole('group', { name: 'Busy' });
    await userEvent.click(screen.getByRole('button', { name: '7 days' }));
    await waitFor(() =>
      expect(api.getGpuReport).toHaveBeenLastCalledWith(
        expect.objectContaining({ window: '7d' }),
        'component:default/akidb-rest',
        expect.anything(),
      ),
    );
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<EntityGpu />, { entity: component });
    await screen.findByRole('table', { name: 'GPU devices' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
