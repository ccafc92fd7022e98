import { AnomalyRow } from '@headroom/plugin-cost-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anomalyReport } from '../../__testUtils__/anomalyReports';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { AnomaliesSection } from './AnomaliesSection';

const SERVICE = 'component:default/akidb-rest';

function renderSection(api = mockCostApi(), allowed = true) {
  return renderCost(
    <AnomaliesSection service={SERVICE} timezone="UTC" fileName="akidb-rest" />,
    { api, allowed },
  );
}

const withAnomalies = () =>
  mockCostApi({ getAnomalies: jest.fn(async () => anomalyReport()) });

describe('AnomaliesSection', () => {
  it('says of what is open how much, since when and why', async () => {
    const api = withAnomalies();
    renderSection(api);
    expect(
      await screen.findByText(
        /akidb-rest cost \$40\.00 more than the \$20\.00 that the same weekdays cost before/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('listitem')).toHaveTextContent(
      'Deployment akidb in ml on us-west cost $40.00 more, $39.00 of it by using more. That day and the day before it was rolled out as ReplicaSet akidb-7d9f8c6b5d (4 October 2026, 08:00 UTC).',
    );
    expect(api.getAnomalies).toHaveBeenCalledWith(
      { service: SERVICE },
      expect.anything(),
    );
  });

  it('lists what was before, and who expected it', async () => {
    const api = withAnomalies();
    renderSection(api);
    const table = await screen.findByRole('table', {
      name: 'What cost too much',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    expect(table).toHaveTextContent('guest expects it until');
    await userEvent.click(
      within(table).getByRole('button', { name: 'It is not expected' }),
    );
    expect(api.unexpectAnomaly).toHaveBeenCalledWith(3);
    await waitFor(() => expect(api.getAnomalies).toHaveBeenCalledTimes(2));
  });

  it('says of what is over all that caused it, what was rolled out, and why that is another sum', async () => {
    const [open] = anomalyReport().anomalies;
    const [cause] = open.causes;
    const over = {
      ...open,
      closedAt: '2026-10-08T06:00:00.000Z',
      end: 'over' as const,
      excess: '73000000',
      causes: [
        { ...cause, rollouts: undefined },
        {
          ...cause,
          workload: { ...cause.workload!, name: 'indexer' },
          change: '30000000',
        },
      ],
    };
    const section = (change: Partial<AnomalyRow>) =>
      renderSection(
        mockCostApi({
          getAnomalies: jest.fn(async () =>
            anomalyReport({ anomalies: [{ ...over, ...change }] }),
          ),
        }),
      );
    const { unmount } = section({});
    const row = await screen.findByRole('row', { name: /akidb-rest/ });
    expect(row).toHaveTextContent(/Deployment akidb in ml .* \$40\.00 more/);
    expect(row).toHaveTextContent(
      /Deployment indexer in ml .* \$30\.00 more.*rolled out as ReplicaSet akidb-7d9f8c6b5d/,
    );
    expect(row).toHaveTextContent(
      /That is \$70\.00 and not \$73\.00: each is compared with its average of the 28 days before/,
    );
    unmount();
    const rise = section({ shape: 'rise' });
    expect(
      await screen.findByRole('row', { name: /akidb-rest/ }),
    ).toHaveTextContent(/its average of the week it rose from/);
    rise.unmount();
    section({ expected: undefined });
    expect(
      await screen.findByRole('row', { name: /akidb-rest/ }),
    ).toHaveTextContent(/of what ran before only what it cost more/);
  });

  it('lets somebody say that it is expected, with a reason and a day', async () => {
    const api = withAnomalies();
    renderSection(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'It is expected' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /why|reason/i }),
      'Load test',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'It is expected' }),
    );
    await waitFor(() =>
      expect(api.expectAnomaly).toHaveBeenCalledWith(7, {
        reason: 'Load test',
        until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      }),
    );
    await waitFor(() => expect(api.getAnomalies).toHaveBeenCalledTimes(2));
  });

  it('says that nothing was too much, and why it can’t be shown', async () => {
    const { unmount } = renderSection();
    expect(
      await screen.findByText('Nothing cost too much in the last 90 days.'),
    ).toBeInTheDocument();
    unmount();
    renderSection(
      mockCostApi({
        getAnomalies: async () => {
          throw new Error('The database is away');
        },
      }),
    );
    expect(
      await screen.findByText(/can’t be shown: .*The database is away/),
    ).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderSection(withAnomalies());
    await screen.findByRole('table', { name: 'What cost too much' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
