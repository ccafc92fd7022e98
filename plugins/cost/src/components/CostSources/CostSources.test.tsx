import { NotAllowedError } from '@backstage/errors';
import { screen, within } from '@testing-library/react';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { sourcesReport } from '../../__testUtils__/reports';
import { CostSources } from './CostSources';

describe('CostSources', () => {
  it('says since when a source is down, and why', async () => {
    renderCost(<CostSources />);
    expect(
      await screen.findByText(
        /prometheus of US West has been out of reach since 5 October 2026, 13:00 .*It did not answer within 30 seconds/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Down')).toBeInTheDocument();
  });

  it('shows the progress of the back-fill', async () => {
    renderCost(<CostSources />);
    expect(await screen.findByText(/312 of 720 hours/)).toBeInTheDocument();
    expect(
      screen.getByRole('progressbar', { name: 'Back-fill of US West' }),
    ).toHaveAttribute('aria-valuenow', '43');
  });

  it('says until when data is in, and how seldom it asks', async () => {
    const report = sourcesReport();
    const api = mockCostApi({
      getSources: async () => ({
        ...report,
        clusters: [{ ...report.clusters[0], queriesPerHour: 1 / 24 }],
      }),
    });
    renderCost(<CostSources />, { api });
    // The last hour is told by its start, 12:00 in Berlin.
    expect(
      await screen.findByText('5 October 2026, 13:00 CEST'),
    ).toBeInTheDocument();
    expect(screen.getByText('1 per 24 hours')).toBeInTheDocument();
  });

  it('lists gaps and problems', async () => {
    renderCost(<CostSources />);
    const table = await screen.findByRole('table', { name: 'Gaps of us-west' });
    expect(
      within(table).getByRole('row', { name: /3 October 2026, 02:00/ }),
    ).toHaveTextContent('24The source has no data of these hours.');
    expect(
      screen.getByText('Node n1 used more CPU than it has.'),
    ).toBeInTheDocument();
  });

  it('counts the hours that are incomplete, and those that stay so', async () => {
    renderCost(<CostSources />);
    expect(
      await screen.findByText(/^3 hours are incomplete/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        '1 older hour stays incomplete: it is further back than headroom.cost.ingest.backfill reaches.',
      ),
    ).toBeInTheDocument();
  });

  it('shows how to connect a cluster when there is none', async () => {
    const api = mockCostApi({
      getSources: async () => ({ ...sourcesReport(), clusters: [] }),
    });
    renderCost(<CostSources />, { api });
    expect(
      await screen.findByRole('heading', { name: 'No cluster is connected' }),
    ).toBeInTheDocument();
  });

  it('names its own permission', async () => {
    const api = mockCostApi({
      getSources: async () => {
        throw new NotAllowedError('no');
      },
    });
    renderCost(<CostSources />, { api });
    expect(await screen.findByText(/cost\.sources\.read/)).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<CostSources />);
    await screen.findByRole('table', { name: 'Gaps of us-west' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
