import { ScalingApi } from '@headroom/plugin-scaling-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { axeFindings } from '../../__testUtils__/axe';
import { policy, policyView } from '../../__testUtils__/policies';
import {
  mockScalingApi,
  NO_ABILITIES,
  renderScaling,
  settings,
} from '../../__testUtils__/render';
import { ScalingSettingsProvider } from '../../settings';
import { PoliciesPage } from './PoliciesPage';
import { PolicyPage } from './PolicyPage';

jest.setTimeout(120_000);

function renderPolicies(url: string, api: ScalingApi = mockScalingApi()) {
  return renderScaling(
    <ScalingSettingsProvider>
      <Routes>
        <Route path="/policies/:id" element={<PolicyPage />} />
        <Route path="/policies" element={<PoliciesPage />} />
        <Route path="/scaling/policies" element={<p>all policies</p>} />
      </Routes>
    </ScalingSettingsProvider>,
    { api, url },
  );
}

describe('PoliciesPage', () => {
  it('says who made a policy, what it says and what it wins', async () => {
    const api = mockScalingApi({
      getPolicies: async () => ({
        rows: [
          policyView(),
          policyView({
            policy: policy({
              id: 'annotated',
              title: 'Previews',
              by: undefined,
              origin: {
                type: 'annotation',
                on: 'workload',
                of: 'Deployment previews/pr-7',
              },
            }),
            mayChange: false,
            pausedUntil: '2026-12-01T08:00:00.000Z',
            issues: [
              {
                path: 'scope',
                severity: 'warning',
                text: { message: 'It matches nothing.' },
              },
            ],
          }),
        ],
        total: 2,
      }),
    });
    renderPolicies('/policies', api);
    const table = await screen.findByRole('table', { name: 'Policies' });
    const shop = within(table).getByRole('row', { name: /Shop sleeps/ });
    expect(shop).toHaveTextContent('service web-frontend');
    expect(shop).toHaveTextContent('pageguest');
    expect(shop).toHaveTextContent(
      'Mon–Fri 07:00–19:00: 2 to 10 (Europe/Berlin)Outside of all windows: none',
    );
    expect(shop).toHaveTextContent('1 of 2 matching');
    const previews = within(table).getByRole('row', { name: /Previews/ });
    expect(previews).toHaveTextContent('annotationDeployment previews/pr-7');
    expect(previews).toHaveTextContent('paused until Tue 1 Dec, 09:00');
    expect(previews).toHaveTextContent('1 issue');
  });

  it('shows the first step where there is none, and nothing of it after a filter', async () => {
    const api = mockScalingApi({
      getPolicies: async () => ({ rows: [], total: 0 }),
    });
    const first = renderPolicies('/policies', api);
    expect(
      await screen.findByRole('heading', { name: 'No policy is there yet' }),
    ).toBeVisible();
    first.unmount();
    renderPolicies('/policies?namespace=none', api);
    expect(await screen.findByText('No row matches the filter.')).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderPolicies('/policies');
    await screen.findByRole('table', { name: 'Policies' });
    expect(await axeFindings(container)).toEqual([]);
  });
});

describe('PolicyPage', () => {
  it('shows the week ahead and what it matches', async () => {
    const api = mockScalingApi();
    renderPolicies('/policies/shop-nights', api);
    expect(
      await screen.findByRole('heading', { name: 'Shop sleeps at night' }),
    ).toBeVisible();
    expect(screen.getByText(/guest made it on the page/)).toBeVisible();
    expect(
      await screen.findByRole('group', { name: 'The coming week' }),
    ).toBeVisible();
    expect(screen.getByText('It matches 1 workload.')).toBeVisible();
    expect(api.getPolicies).toHaveBeenCalledWith(
      { policyId: 'shop-nights', limit: 1 },
      expect.anything(),
    );
  });

  it('pauses for a time, and says what that does', async () => {
    const api = mockScalingApi();
    renderPolicies('/policies/shop-nights', api);
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('What it changed stays as it is.');
    await userEvent.selectOptions(within(dialog).getByLabelText('For'), '4');
    const before = Date.now();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause' }),
    );
    await waitFor(() => expect(api.pausePolicy).toHaveBeenCalled());
    const [id, until] = api.pausePolicy.mock.calls[0];
    expect(id).toBe('shop-nights');
    const hours = (Date.parse(until!) - before) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(4);
    expect(hours).toBeLessThan(4.1);
  });

  it('lets a paused policy go on', async () => {
    const api = mockScalingApi({
      getPolicies: async () => ({
        rows: [policyView({ pausedUntil: '2026-12-01T08:00:00.000Z' })],
        total: 1,
      }),
    });
    renderPolicies('/policies/shop-nights', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Let it go on' }),
    );
    expect(api.pausePolicy).toHaveBeenCalledWith('shop-nights', null);
  });

  it('says before it deletes what is put back, and leads to what is left', async () => {
    const api = mockScalingApi();
    renderPolicies('/policies/shop-nights', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Delete' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'What it changed on 1 workload is put back to what it was before',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Delete' }),
    );
    expect(await screen.findByText('all policies')).toBeVisible();
    expect(api.deletePolicy).toHaveBeenCalledWith('shop-nights');
  });

  it('has no buttons where they can’t work', async () => {
    const api = mockScalingApi({
      getSettings: async () => settings({ abilities: NO_ABILITIES }),
      getPolicies: async () => ({
        rows: [policyView({ mayChange: false })],
        total: 1,
      }),
    });
    renderPolicies('/policies/shop-nights', api);
    expect(await screen.findByText(/scaling\.policy\.write/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Pause|Delete|Change/ }),
    ).not.toBeInTheDocument();
  });

  it('leads back where there is no such policy', async () => {
    const api = mockScalingApi({
      getPolicies: async () => ({ rows: [], total: 0 }),
    });
    renderPolicies('/policies/gone', api);
    expect(
      await screen.findByRole('heading', { name: 'There is no such policy' }),
    ).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderPolicies('/policies/shop-nights');
    await screen.findByRole('group', { name: 'The coming week' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
