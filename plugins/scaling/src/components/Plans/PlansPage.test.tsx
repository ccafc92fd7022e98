import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { plan } from '../../__testUtils__/plans';
import { mockScalingApi, renderScaling } from '../../__testUtils__/render';
import { ScalingSettingsProvider } from '../../settings';
import { PlansPage } from './PlansPage';

jest.setTimeout(60_000);

const page = (
  <ScalingSettingsProvider>
    <PlansPage />
  </ScalingSettingsProvider>
);

describe('PlansPage', () => {
  it('has what waits for the reader first, then what nobody can tell of, then the rest', async () => {
    const api = mockScalingApi();
    renderScaling(page, { api });
    const mine = await screen.findByRole('table', {
      name: 'Plans that wait for you',
    });
    const row = within(mine).getByRole('row', { name: /Shop sleeps/ });
    expect(
      within(row).getByRole('link', { name: 'Shop sleeps at night' }),
    ).toHaveAttribute('href', '/scaling/plans/p-1');
    expect(row).toHaveTextContent(/(?<!\+)\$0\.77/);
    expect(api.getPlans).toHaveBeenCalledWith(
      expect.objectContaining({ state: 'waiting', mine: true }),
      expect.anything(),
    );
    const headings = screen
      .getAllByRole('heading', { level: 2 })
      .map(({ textContent }) => textContent);
    expect(headings).toEqual([
      '1 plan waits for you',
      'Nobody can tell what happened',
      'Open plans',
    ]);
    const rest = screen.getByRole('table', { name: 'Open plans' });
    expect(
      within(rest).getByRole('row', { name: /Previews sleep/ }),
    ).toHaveTextContent('Guards keep 1 of 1 from being done');
    expect(
      within(rest).queryByRole('link', { name: 'Shop sleeps at night' }),
    ).not.toBeInTheDocument();
  });

  it('can show plans that are over', async () => {
    const api = mockScalingApi();
    renderScaling(page, { api });
    await userEvent.click(await screen.findByRole('button', { name: 'All' }));
    await screen.findByRole('heading', { name: 'All plans' });
    expect(api.getPlans).toHaveBeenCalledWith(
      expect.not.objectContaining({ state: expect.anything() }),
      expect.anything(),
    );
  });

  it('says that nothing waits', async () => {
    const api = mockScalingApi({
      getPlans: async ({ state }) =>
        state === 'open'
          ? { rows: [plan()], total: 1 }
          : { rows: [], total: 0 },
    });
    renderScaling(page, { api });
    expect(
      await screen.findByText(
        'No plan waits for an approval that you may give.',
      ),
    ).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderScaling(page);
    await screen.findByRole('table', { name: 'Open plans' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
