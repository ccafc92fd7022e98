import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { catchDownloads } from '../../__testUtils__/catchDownloads';
import { gpuReport } from '../../__testUtils__/gpuReports';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { FleetGpu } from './FleetGpu';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(60_000);

const NAME = 'n'.repeat(253);

describe('FleetGpu', () => {
  it('says what energy GPUs took, whose it was, and what nobody took', async () => {
    const { container } = renderCost(<FleetGpu />);
    const section = await screen.findByRole('region', { name: 'Energy' });
    expect(section).toHaveTextContent(
      'Devices took 80 kWh, $20.00 at $0.25 per kWh; power is known in 90 % of 500 device-hours. This is not part of GPU spend',
    );
    const table = within(section).getByRole('table');
    const rowOf = (name: RegExp) => within(table).getByRole('row', { name });
    expect(rowOf(/ml\/akidb-rest/)).toHaveTextContent(
      'ml/akidb-restapp, us-westakidb-rest30083 %48 kWh$12.00',
    );
    expect(rowOf(/ml\/notebook-a/)).toHaveTextContent('Unallocated75100 %16');
    // 70 held, of which the two have 64.
    expect(rowOf(/^Others/)).toHaveTextContent('6 kWh$1.50');
    expect(rowOf(/^Idle/)).toHaveTextContent('8 kWh$2.00');
    expect(rowOf(/^Stranded/)).toHaveTextContent('2 kWh$0.50');
    expect(rowOf(/^Total/)).toHaveTextContent('80 kWh$20.00');
    expect(await axeFindings(container)).toEqual([]);
  });

  it('adds energy up by service', async () => {
    renderCost(<FleetGpu />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'By service' }),
    );
    const table = screen.getByRole('table', { name: 'Energy of GPUs' });
    const [, first] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('akidb-rest30083 %48 kWh$12.00');
    expect(
      within(table).getByRole('row', { name: /^Others/ }),
    ).toHaveTextContent('22 kWh$5.50');
  });

  it('exports energy with money, and shows where it comes from', async () => {
    const downloads = catchDownloads();
    renderCost(<FleetGpu />);
    await userEvent.click(
      await screen.findByRole('button', {
        name: /Energy of GPUs.*CSV|CSV.*Energy of GPUs/,
      }),
    );
    const [{ fileName, text }] = await downloads();
    expect(fileName).toMatch(/-energy\.csv$/);
    expect(text).toContain('Energy (kWh)');
    expect(text).toContain('Energy cost (USD)');
    await userEvent.click(
      screen.getByRole('button', { name: /where.*Energy|Energy.*where/i }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      '80 kWh = held 70 kWh + idle 8 kWh + holder not known 0 kWh + stranded 2 kWh',
    );
    expect(dialog).toHaveTextContent('80 kWh × $0.25 per kWh = $20.00');
  });

  it.each([
    { restricted: false, zeros: 'what nobody held' },
    {
      restricted: true,
      zeros: 'nothing of what nobody held, which is not known',
    },
  ])('tells who is restricted: $restricted $zeros', async ({ restricted }) => {
    const report = gpuReport({ restricted });
    const { money } = report.headline;
    if (restricted) {
      report.days.forEach(day => (day.idleHours = 0));
      Object.assign(money, { cost: '230000000', idle: '0', stranded: '0' });
      const none = { kilowattHours: 0, deviceHours: 0, knownHours: 0 };
      Object.assign(report.energy!, { idle: none, stranded: none });
    }
    renderCost(<FleetGpu />, {
      api: mockCostApi({ getGpuReport: async () => report }),
    });
    expect(
      await screen.findByRole('img', { name: /^Bar chart of GPU hours/ }),
    ).toHaveAccessibleName(
      restricted ? /held, 76 busy\. The/ : /held, 76 busy, 96 idle\. The/,
    );
    const section = screen.getByRole('region', { name: /^Held.* by day/ });
    expect(within(section).queryAllByText(/^Idle/)).toHaveLength(
      restricted ? 0 : 1,
    );
    await userEvent.click(
      within(section).getByRole('button', { name: 'Show as table' }),
    );
    const days = screen.getByRole('table', { name: 'GPU hours by day' });
    expect(
      within(days).queryAllByRole('columnheader', { name: /^Idle/ }),
    ).toHaveLength(restricted ? 0 : 1);
    expect(
      screen.getByRole('gridcell', { name: /^Saturday 00:00/ }),
    ).toHaveAccessibleName(
      restricted
        ? 'Saturday 00:00–01:00: not held by the workloads this page is of'
        : 'Saturday 00:00–01:00: idle: held by nobody',
    );
    for (const figure of [/GPU spend/, /Energy/]) {
      await userEvent.click(
        screen.getByRole('button', {
          name: new RegExp(
            `where.*${figure.source}|${figure.source}.*where`,
            'i',
          ),
        }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(/\+ (idle|stranded) /.test(dialog.textContent!)).toBe(!restricted);
      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(dialog).not.toBeInTheDocument());
    }
  });

  it('shows no money of energy without a price, and says when no power is known', async () => {
    const plain = JSON.parse(JSON.stringify(gpuReport()), (key, value) =>
      key === 'micros' || key === 'price' ? undefined : value,
    );
    const { unmount } = renderCost(<FleetGpu />, {
      api: mockCostApi({ getGpuReport: async () => plain }),
    });
    const section = await screen.findByRole('region', { name: 'Energy' });
    expect(section).toHaveTextContent('80 kWh; power is known in 90 %');
    expect(section).not.toHaveTextContent('$');
    unmount();
    const unread = gpuReport();
    unread.energy!.total = {
      kilowattHours: 0,
      deviceHours: 500,
      knownHours: 0,
    };
    renderCost(<FleetGpu />, {
      api: mockCostApi({ getGpuReport: async () => unread }),
    });
    expect(
      await screen.findByText(/No device reported its power/),
    ).toBeInTheDocument();
  });

  it('leads from an advice to the service it is for', async () => {
    renderCost(<FleetGpu />);
    const linked = await screen.findByRole('article', {
      name: 'ml/akidb-rest',
    });
    expect(
      within(linked).getByRole('link', { name: 'akidb-rest' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(
        /\/catalog\/default\/component\/akidb-rest\/cost\/gpu/,
      ),
    );
    expect(
      screen.getByRole('article', { name: 'ml/notebook-a' }),
    ).toHaveTextContent('Service: Unallocated');
  });

  it('breaks names of 253 characters instead of growing wider', async () => {
    const report = gpuReport();
    report.advice[0].workload = {
      ...report.advice[0].workload,
      namespace: NAME,
      name: NAME,
    };
    report.advice[0].entityRef = `component:default/${NAME}`;
    report.devices[0].node = NAME;
    report.devices[0].tenants[0].workload = NAME;
    report.boards[0].node = NAME;
    report.energy!.workloads[0].workload = NAME;
    renderCost(<FleetGpu />, {
      api: mockCostApi({ getGpuReport: async () => report }),
    });
    await waitFor(() =>
      expect(screen.getAllByText(new RegExp(NAME)).length).toBeGreaterThan(5),
    );
    for (const element of screen.getAllByText(new RegExp(NAME))) {
      expect(breaks(element)).toBe(true);
    }
  });
});

/**
 * Whether a long word in the element is broken: the property is inherited, and
 * `break-word` does it only where there is a width to break at.
 */
function breaks(element: HTMLElement): boolean {
  let each: HTMLElement | null = element;
  while (each) {
    const { overflowWrap, maxWidth } = getComputedStyle(each);
    if (
      overflowWrap === 'anywhere' ||
      (overflowWrap === 'break-word' && /^\d+px$/.test(maxWidth))
    ) {
      return true;
    }
    each = each.parentElement;
  }
  return false;
}
