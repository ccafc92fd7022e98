import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { SavingsReport, ScalingApi } from '@headroom/plugin-scaling-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { costApiRef } from '../../api';
import { scalingApiRef } from '../../api/scalingApiRef';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { Savings } from './Savings';

function renderSavings(
  getSavings: ScalingApi['getSavings'],
  api = mockCostApi(),
) {
  return renderInTestApp(
    <Savings entityRef="component:default/web" currency="USD" />,
    {
      apis: [
        [costApiRef, api],
        [scalingApiRef, { getSavings } as ScalingApi],
        mockApis.permission(),
      ],
    },
  );
}

const report: SavingsReport = {
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
};

describe('Savings', () => {
  it('stand beside what advice leaves on the table', async () => {
    const getSavings = jest.fn(async () => report);
    renderSavings(getSavings);
    expect(
      await screen.findByRole('group', { name: 'Saved so far' }),
    ).toHaveTextContent('$12.34It is $10.00 to $14.50');
    expect(
      await screen.findByRole('group', { name: 'Left on the table' }),
    ).toHaveTextContent('$48.20');
    expect(getSavings).toHaveBeenCalledWith(
      { entityRef: 'component:default/web', limit: 1 },
      expect.anything(),
    );
  });

  it('are a share of what the same hours would have cost, with how that is known', async () => {
    const { summary } = report;
    renderSavings(async () => ({
      ...report,
      summary: { ...summary, baseline: '25180000' },
    }));
    const meter = await screen.findByRole('group', {
      name: 'Saved of the hours that were steered',
    });
    expect(meter).toHaveTextContent(
      '49 %Against the $25.18 that the same 72 hours of these workloads would have cost',
    );
    await userEvent.click(within(meter).getByRole('button'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('$25.18 − $12.84 = $12.34');
    expect(dialog).toHaveTextContent('Between $10.00 and $14.50');
  });

  it('have no share while nothing is measured', async () => {
    renderSavings(async () => report);
    await screen.findByRole('group', { name: 'Saved so far' });
    expect(
      screen.queryByRole('group', {
        name: 'Saved of the hours that were steered',
      }),
    ).not.toBeInTheDocument();
  });

  it('are no amount while it is too early', async () => {
    renderSavings(async () => ({ ...report, summary: { notYet: 3 } }));
    expect(
      await screen.findByRole('group', { name: 'Saved so far' }),
    ).toHaveTextContent('Not yet3 actions have too few hours yet.');
  });

  it('are absent where their back end is', async () => {
    const getSavings = jest.fn(async () => {
      throw new NotFoundError('no such plugin');
    });
    renderSavings(getSavings);
    await waitFor(() => expect(getSavings).toHaveBeenCalled());
    expect(screen.queryByRole('heading')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('are absent where the scaling plugin isn’t installed', async () => {
    const api = mockCostApi();
    renderCost(
      <>
        <Savings currency="USD" />
        <p>the rest</p>
      </>,
      { api },
    );
    expect(await screen.findByText('the rest')).toBeVisible();
    expect(screen.queryByRole('heading')).not.toBeInTheDocument();
    expect(api.getFleetAdvice).not.toHaveBeenCalled();
  });
});
