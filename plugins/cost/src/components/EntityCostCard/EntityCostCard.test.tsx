import { NotAllowedError } from '@backstage/errors';
import { screen } from '@testing-library/react';
import { adviceReport } from '../../__testUtils__/adviceReports';
import { axeFindings } from '../../__testUtils__/axe';
import { component, mockCostApi, renderCost } from '../../__testUtils__/render';
import { serviceReport } from '../../__testUtils__/reports';
import { runningService } from '../../__testUtils__/runningService';
import { EntityCostCard } from './EntityCostCard';

describe('EntityCostCard', () => {
  it('shows month to date, projection, trend and the way to the tab', async () => {
    renderCost(<EntityCostCard />, { entity: component });
    expect(await screen.findByText('$43.01')).toBeInTheDocument();
    expect(
      screen.getByText(
        '$330.00 projected ($310.00 to $352.00, 80 % confidence)',
      ),
    ).toBeInTheDocument();
    const sparkline = screen.getByRole('img', {
      name: /1–5 October 2026: \$43\.01, \+12.% against 26–29 September/,
    });
    // Five days, one of them a gap.
    expect(sparkline.querySelectorAll('rect')).toHaveLength(4);
    expect(screen.getByRole('link', { name: /Where it goes/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/akidb-rest/cost',
    );
  });

  it('says why a month’s end can’t be told yet', async () => {
    const report = serviceReport();
    const api = mockCostApi({
      getServiceReport: async () => ({
        ...report,
        headline: {
          ...report.headline,
          projection: {
            status: 'not-yet' as const,
            reason: 'It takes 3 whole days; there are 2.',
          },
        },
      }),
    });
    renderCost(<EntityCostCard />, { api, entity: component });
    expect(
      await screen.findByText('It takes 3 whole days; there are 2.'),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'nothing is linked',
      async () => serviceReport({ status: 'no-workloads' }),
      'No workloads are linked to this service',
    ],
    [
      'nothing is in yet',
      async () => serviceReport({ status: 'no-data' }),
      'No data for this window yet',
    ],
    [
      'it may not be seen',
      async () => {
        throw new NotAllowedError('no');
      },
      'You may not see what this service costs.',
    ],
    [
      'it failed',
      async () => {
        throw new Error('boom');
      },
      'The cost could not be loaded. The Cost tab says why.',
    ],
  ])('is one sentence when %s', async (_, getServiceReport, sentence) => {
    renderCost(<EntityCostCard />, {
      api: mockCostApi({
        getServiceReport,
        getRunning: async () =>
          runningService({ status: 'no-workloads', workloads: [] }),
      }),
      entity: component,
    });
    expect(await screen.findByText(sentence)).toBeInTheDocument();
    expect(screen.queryByText(/\$/)).not.toBeInTheDocument();
  });

  it('says what could be saved, and nothing of it when that is nothing', async () => {
    const { unmount } = renderCost(<EntityCostCard />, { entity: component });
    expect(
      await screen.findByRole('link', {
        name: 'It could save $48.20 per month',
      }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/akidb-rest/cost/advice',
    );
    unmount();
    const nothing = adviceReport();
    renderCost(<EntityCostCard />, {
      api: mockCostApi({
        getServiceAdvice: async () => ({
          ...nothing,
          totals: { ...nothing.totals, listSaving: '0' },
        }),
      }),
      entity: component,
    });
    expect(await screen.findByText(/projected/)).toBeInTheDocument();
    expect(screen.queryByText(/could save/)).not.toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(<EntityCostCard />, { entity: component });
    await screen.findByText('$43.01');
    expect(await axeFindings(container)).toEqual([]);
  });
});
