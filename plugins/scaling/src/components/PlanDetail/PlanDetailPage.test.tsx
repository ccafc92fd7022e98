import { ConflictError, NotFoundError } from '@backstage/errors';
import { ScalingApi } from '@headroom/plugin-scaling-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { axeFindings } from '../../__testUtils__/axe';
import { tabTo } from '../../__testUtils__/tabTo';
import {
  action,
  plan,
  unresolvedPlan,
  vetoedPlan,
} from '../../__testUtils__/plans';
import {
  mockScalingApi,
  NO_ABILITIES,
  renderScaling,
  settings,
} from '../../__testUtils__/render';
import { ScalingSettingsProvider } from '../../settings';
import { PlanDetailPage } from './PlanDetailPage';

jest.setTimeout(60_000);

function renderPlan(api: ScalingApi = mockScalingApi()) {
  return renderScaling(
    <ScalingSettingsProvider>
      <Routes>
        <Route path="/plans/:id" element={<PlanDetailPage />} />
      </Routes>
    </ScalingSettingsProvider>,
    { api, url: '/plans/p-1' },
  );
}

describe('PlanDetailPage', () => {
  it('says of an action why, what, how it is expected to go and how it is undone', async () => {
    renderPlan();
    const card = await screen.findByRole('article', {
      name: /Deployment storefront\/web-frontend/,
    });
    expect(card).toHaveTextContent('Night has begun in Europe/Berlin.');
    expect(card).toHaveTextContent(
      'spec.minReplicas: 4 → 2 (was set by kubectl-edit)',
    );
    expect(card).toHaveTextContent(
      'HorizontalPodAutoscaler storefront/web-frontend · us-west',
    );
    expect(card).toHaveTextContent(
      'Two replicas fewer. It saves $0.77 an hour while it holds. It is compared with what happened 5 min after the write.',
    );
    expect(card).toHaveTextContent('No window holds.');
    expect(card).toHaveTextContent('spec.minReplicas is set back to 4.');
    expect(card).toHaveTextContent('No guard speaks against it.');
  });

  it.each([
    ['-768000', 'It costs $0.77 more an hour while it holds.'],
    ['0', 'It costs as much as before.'],
    [undefined, 'What it saves isn’t known.'],
  ])('says of a saving of %s: %s', async (savingPerHour, said) => {
    const { expected } = action();
    const one = action({ expected: { ...expected, savingPerHour } });
    renderPlan(
      mockScalingApi({ getPlan: async () => plan({ actions: [one] }) }),
    );
    expect(await screen.findByRole('article')).toHaveTextContent(said);
  });

  it('approves the hash that was shown, by keyboard, and keeps the focus on the page', async () => {
    const decided = plan({
      decision: {
        decision: 'approved',
        by: 'user:default/guest',
        at: '2026-11-30T18:01:00.000Z',
        hash: 'abcdef0123456789',
      },
      actions: [action({ state: 'approved' })],
    });
    const api = mockScalingApi({
      getPlan: jest
        .fn()
        .mockResolvedValueOnce(plan())
        .mockResolvedValue(decided),
    });
    renderPlan(api);
    const approve = await screen.findByRole('button', { name: 'Approve' });
    await tabTo(approve);
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'Approve this plan',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(api.decide).toHaveBeenCalledWith('p-1', {
      decision: 'approved',
      hash: 'abcdef0123456789',
    });
    expect(
      await screen.findByText(/guest approved it on 30 November 2026/),
    ).toBeVisible();
    expect(screen.getByRole('status', { name: '' })).toHaveTextContent('Done.');
    await waitFor(() => expect(document.body).not.toHaveFocus());
    expect(document.activeElement).toHaveTextContent('Shop sleeps at night');
  });

  it('wants a reason to reject', async () => {
    const api = mockScalingApi();
    renderPlan(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject' }),
    );
    const dialog = await screen.findByRole('dialog');
    const submit = within(dialog).getByRole('button', { name: 'Reject' });
    expect(submit).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox'), 'Launch day');
    await userEvent.click(submit);
    expect(api.decide).toHaveBeenCalledWith('p-1', {
      decision: 'rejected',
      hash: 'abcdef0123456789',
      reason: 'Launch day',
    });
  });

  it('shows the new plan when the one that was approved is another by now', async () => {
    const api = mockScalingApi({
      getPlan: jest
        .fn()
        .mockResolvedValueOnce(plan())
        .mockResolvedValue(
          plan({
            hash: 'ffff',
            actions: [
              action({
                changes: [
                  { path: ['spec', 'minReplicas'], before: 4, after: 1 },
                ],
              }),
            ],
          }),
        ),
      decide: async () => {
        throw new ConflictError('The plan is another by now');
      },
    });
    renderPlan(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(
      await screen.findByText(/The plan changed meanwhile; look again/),
    ).toBeVisible();
    expect(
      await screen.findByText((_, element) =>
        element?.tagName === 'LI'
          ? element.textContent === 'spec.minReplicas: 4 → 1'
          : false,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says why it didn’t work otherwise, and keeps what was typed', async () => {
    const api = mockScalingApi({
      decide: async () => {
        throw new Error('The database is away');
      },
    });
    renderPlan(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'fine');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It didn’t work: The database is away',
    );
    expect(within(dialog).getByRole('textbox')).toHaveValue('fine');
  });

  it('lets nobody approve what they asked for where two persons are needed', async () => {
    const api = mockScalingApi({
      getPlan: async () =>
        plan({ twoPersons: true, requestedBy: 'user:default/guest' }),
    });
    renderPlan(api);
    expect(
      await screen.findByText(/somebody else has to approve it/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('shows vetoes with their reasons and the line that mends them', async () => {
    renderPlan(mockScalingApi({ getPlan: async () => vetoedPlan() }));
    expect(await screen.findByText('Owned by Git:')).toBeVisible();
    expect(screen.getByText(/Argo CD owns spec\.replicas/)).toBeVisible();
    expect(
      await screen.findByText(/jsonPointers: \[\/spec\/replicas\]/),
    ).toBeVisible();
    expect(screen.getByText('Disruption budget:')).toBeVisible();
  });

  it('asks what happened to an action of which nobody can tell', async () => {
    const api = mockScalingApi({ getPlan: async () => unresolvedPlan() });
    renderPlan(api);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'It was not done: Deployment storefront/web-frontend',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'minReplicas 4');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'It was not done' }),
    );
    expect(api.resolveAction).toHaveBeenCalledWith('a-3', {
      done: false,
      reason: 'minReplicas 4',
    });
  });

  it('undoes what was done', async () => {
    const api = mockScalingApi({
      getPlan: async () => plan({ actions: [action({ state: 'verified' })] }),
    });
    renderPlan(api);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Undo: Deployment/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('spec.minReplicas is set back to 4.');
    await userEvent.type(within(dialog).getByRole('textbox'), 'too slow');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Undo' }));
    expect(api.undoAction).toHaveBeenCalledWith('a-1', { reason: 'too slow' });
  });

  it('shows no button that can’t work, and names the permission', async () => {
    const api = mockScalingApi({
      getSettings: async () => settings({ abilities: NO_ABILITIES }),
    });
    renderPlan(api);
    expect(await screen.findByText(/scaling\.approve/)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Approve|Reject/ }),
    ).not.toBeInTheDocument();
  });

  it('leads back where there is no such plan', async () => {
    const api = mockScalingApi({
      getPlan: async () => {
        throw new NotFoundError('no');
      },
    });
    renderPlan(api);
    expect(
      await screen.findByRole('heading', { name: 'There is no such plan' }),
    ).toBeVisible();
    expect(
      screen.getAllByRole('link', { name: /All plans/ })[0],
    ).toHaveAttribute('href', '/scaling/plans');
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderPlan(
      mockScalingApi({ getPlan: async () => vetoedPlan() }),
    );
    await screen.findByRole('article');
    expect(await axeFindings(container)).toEqual([]);
  });
});
