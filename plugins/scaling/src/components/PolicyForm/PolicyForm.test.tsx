import { ScalingApi } from '@headroom/plugin-scaling-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { axeFindings } from '../../__testUtils__/axe';
import {
  policy,
  policyPreview,
  policyView,
} from '../../__testUtils__/policies';
import {
  mockScalingApi,
  NO_ABILITIES,
  renderScaling,
  settings,
} from '../../__testUtils__/render';
import { ScalingSettingsProvider } from '../../settings';
import { EditPolicyPage } from './EditPolicyPage';
import { NewPolicyPage } from './NewPolicyPage';

jest.setTimeout(120_000);

function renderForm(url: string, api: ScalingApi = mockScalingApi()) {
  return renderScaling(
    <ScalingSettingsProvider>
      <Routes>
        <Route path="/new" element={<NewPolicyPage />} />
        <Route path="/:id/edit" element={<EditPolicyPage />} />
        <Route path="/scaling/policies/:id" element={<p>the policy</p>} />
      </Routes>
    </ScalingSettingsProvider>,
    { api, url },
  );
}

describe('the form of a new policy', () => {
  it('is filled in by a link, so that GPU advice becomes a policy', async () => {
    const api = mockScalingApi();
    renderForm(
      '/new?title=Training+in+office+hours&workload=ml%2FStatefulSet%2Ftraining&cluster=us-west&hours=8-17,32-41&zone=America%2FLos_Angeles',
      api,
    );
    expect(await screen.findByRole('textbox', { name: /^Title/ })).toHaveValue(
      'Training in office hours',
    );
    expect(screen.getByLabelText('Time zone')).toHaveValue(
      'America/Los_Angeles',
    );
    expect(screen.getByRole('checkbox', { name: 'us-west' })).toBeChecked();
    expect(
      screen.getByRole('button', { name: 'Tuesday', pressed: true }),
    ).toBeVisible();
    await waitFor(() => expect(api.previewPolicy).toHaveBeenCalled());
    await userEvent.click(
      screen.getByRole('button', { name: 'Create policy' }),
    );
    expect(await screen.findByText('the policy')).toBeVisible();
    const [saved] = api.createPolicy.mock.calls[0];
    expect(saved).toMatchObject({
      id: expect.stringMatching(/^training-in-office-hours-[a-z0-9]{5}$/),
      origin: { type: 'page' },
      mode: 'observe',
      scope: {
        type: 'workload',
        namespace: 'ml',
        kind: 'StatefulSet',
        name: 'training',
      },
      clusters: ['us-west'],
      outside: { type: 'zero' },
      schedules: [
        {
          zone: 'America/Los_Angeles',
          windows: [
            {
              type: 'weekly',
              days: ['mon', 'tue'],
              times: { start: '08:00', end: '18:00' },
              wish: { type: 'untouched' },
            },
          ],
        },
      ],
    });
  });

  it('says what of a link can’t be read', async () => {
    renderForm('/new?hours=900');
    expect(
      await screen.findByText(/hours=900, which can’t be read/),
    ).toBeVisible();
  });

  it('says nothing of what nobody came to yet, and all of it when it is to be saved', async () => {
    const api = mockScalingApi();
    renderForm('/new', api);
    const title = await screen.findByRole('textbox', { name: /^Title/ });
    expect(title).toHaveAttribute('aria-invalid', 'false');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create policy' }),
    );
    expect(title).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByText('It can’t be saved like this:')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Go to scope.entityRef' }),
    );
    expect(screen.getByLabelText(/^Entity/)).toHaveFocus();
    expect(api.createPolicy).not.toHaveBeenCalled();
  });

  it('shows the coming week while it is typed, and what the back end would do', async () => {
    const api = mockScalingApi();
    renderForm('/new?entity=component:default/web-frontend', api);
    const preview = await screen.findByRole('region', { name: 'Preview' });
    expect(
      await within(preview).findByText('It matches 1 workload.'),
    ).toBeVisible();
    expect(preview).toHaveTextContent('spec.minReplicas: 2 → 1');
    const windows = within(preview).getByRole('table', {
      name: 'Windows of the coming week',
    });
    expect(
      within(windows).getAllByRole('row', { name: /Mon-Fri 07:00-19:00/ })
        .length,
    ).toBeGreaterThanOrEqual(5);
    // 25 hours of a day show in its end, and only there.
    await userEvent.click(screen.getByRole('button', { name: 'Saturday' }));
    expect(
      within(preview).getAllByRole('row', { name: /Mon-Sat 07:00-19:00/ })
        .length,
    ).toBeGreaterThanOrEqual(6);
    expect(
      within(preview).getAllByRole('button', { name: /: none\. / }).length,
    ).toBeGreaterThanOrEqual(6);
  });

  it('says at the field that there is no such zone, and draws no week of it', async () => {
    renderForm('/new?entity=component:default/web-frontend');
    const zone = await screen.findByLabelText('Time zone');
    await userEvent.clear(zone);
    await userEvent.type(zone, 'Europe/Bärlin');
    await waitFor(() => expect(zone).toHaveAttribute('aria-invalid', 'true'));
    expect(zone).toHaveAccessibleDescription(/no such time zone/);
    expect(screen.getByText(/The week is drawn as soon as/)).toBeVisible();
  });

  it('shows what the back end finds, at the field', async () => {
    const api = mockScalingApi({
      previewPolicy: async () =>
        policyPreview({
          issues: [
            {
              path: 'scope.entityRef',
              severity: 'warning',
              text: { message: 'It is nothing that runs.' },
            },
          ],
        }),
    });
    renderForm('/new?entity=component:default/web-frontend', api);
    await waitFor(() =>
      expect(screen.getByLabelText(/^Entity/)).toHaveAccessibleDescription(
        'It is nothing that runs.',
      ),
    );
  });

  it('says why it couldn’t be saved, and keeps what was typed', async () => {
    const api = mockScalingApi({
      createPolicy: async () => {
        throw new Error('schedules[0].zone is taken');
      },
    });
    renderForm('/new?entity=component:default/web-frontend&title=Nights', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create policy' }),
    );
    expect(await screen.findByText(/zone is taken/)).toBeVisible();
    expect(screen.getByRole('textbox', { name: /^Title/ })).toHaveValue(
      'Nights',
    );
  });

  it('isn’t shown to who may not save it', async () => {
    const api = mockScalingApi({
      getSettings: async () => settings({ abilities: NO_ABILITIES }),
    });
    renderForm('/new', api);
    expect(await screen.findByText(/scaling\.policy\.write/)).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('has every kind of window, exceptions, holidays, exclusions and care', async () => {
    const api = mockScalingApi();
    renderForm('/new?entity=component:default/web-frontend&title=All', api);
    const add = await screen.findByRole('button', { name: 'Add a window' });
    await userEvent.click(add);
    const second = screen.getByRole('group', { name: 'Window 2' });
    await userEvent.selectOptions(
      within(second).getByLabelText('It holds'),
      'cron',
    );
    await userEvent.clear(within(second).getByLabelText('Cron expression'));
    await userEvent.type(
      within(second).getByLabelText('Cron expression'),
      '0 6 * * 6',
    );
    await userEvent.selectOptions(
      within(second).getByLabelText('Wanted in it'),
      'fixed',
    );
    const replicas = within(second).getByLabelText('Replicas');
    await userEvent.clear(replicas);
    await userEvent.type(replicas, '3');
    await userEvent.click(
      screen.getByRole('button', { name: 'Add an exception' }),
    );
    await userEvent.type(
      within(screen.getByRole('group', { name: 'Exception 1' })).getByLabelText(
        /^Name/,
      ),
      'Launch',
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'de-be' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Leave workloads alone' }),
    );
    await userEvent.type(
      within(screen.getByRole('group', { name: 'Exclusion 1' })).getByLabelText(
        'Names',
      ),
      'web-canary, web-*',
    );
    await userEvent.selectOptions(screen.getByLabelText('Mode'), 'propose');
    await userEvent.click(
      screen.getByRole('checkbox', { name: /can’t approve it/ }),
    );
    await userEvent.selectOptions(screen.getByLabelText('Lead'), 'fixed');
    await userEvent.type(screen.getByLabelText('Actions per run'), '5');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create policy' }),
    );
    await waitFor(() => expect(api.createPolicy).toHaveBeenCalled());
    expect(api.createPolicy.mock.calls[0][0]).toMatchObject({
      mode: 'propose',
      twoPersons: true,
      lead: { type: 'fixed', seconds: 300 },
      limits: { actionsPerRun: 5 },
      exclusions: [{ targets: { names: ['web-canary', 'web-*'] } }],
      schedules: [
        {
          windows: [
            { type: 'weekly' },
            {
              type: 'cron',
              cron: '0 6 * * 6',
              wish: { type: 'fixed', replicas: 3 },
            },
          ],
          exceptions: [{ title: 'Launch', wish: { type: 'outside' } }],
          holidays: [{ calendar: 'de-be', wish: { type: 'outside' } }],
        },
      ],
    });
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderForm(
      '/new?entity=component:default/web-frontend&title=Nights',
    );
    await screen.findByText('It matches 1 workload.');
    expect(await axeFindings(container)).toEqual([]);
  });
});

describe('the form of a policy that is there', () => {
  it('saves what was changed under the same id', async () => {
    const api = mockScalingApi();
    renderForm('/shop-nights/edit', api);
    const title = await screen.findByRole('textbox', { name: /^Title/ });
    await userEvent.clear(title);
    await userEvent.type(title, 'Shop rests');
    await userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
    expect(await screen.findByText('the policy')).toBeVisible();
    expect(api.updatePolicy).toHaveBeenCalledWith({
      ...policy(),
      title: 'Shop rests',
    });
  });

  it('says where a policy of the configuration is changed', async () => {
    const api = mockScalingApi({
      getPolicies: async () => ({
        rows: [
          policyView({
            policy: policy({ origin: { type: 'config' } }),
            mayChange: false,
          }),
        ],
        total: 1,
      }),
    });
    renderForm('/shop-nights/edit', api);
    expect(
      await screen.findByText(/in the configuration under headroom\.scaling/),
    ).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});
