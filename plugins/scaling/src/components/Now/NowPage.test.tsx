import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { tabTo } from '../../__testUtils__/tabTo';
import {
  mockScalingApi,
  NO_ABILITIES,
  overview,
  renderScaling,
  settings,
} from '../../__testUtils__/render';
import { heldRow, inForceRow } from '../../__testUtils__/workloads';
import { ScalingSettingsProvider } from '../../settings';
import { NowPage } from './NowPage';

jest.setTimeout(60_000);

const page = (
  <ScalingSettingsProvider>
    <NowPage />
  </ScalingSettingsProvider>
);

describe('NowPage', () => {
  it('has five figures: what is steered, is it so, what waits, what it brought, what is wrong', async () => {
    renderScaling(page);
    expect(
      await screen.findByRole('group', { name: 'Workloads with a policy' }),
    ).toHaveTextContent('23 policies are there');
    expect(screen.getByRole('group', { name: 'As wanted' })).toHaveTextContent(
      '11 is otherwise; the table says why',
    );
    expect(
      within(screen.getByRole('group', { name: 'Waits for you' })).getByRole(
        'link',
      ),
    ).toHaveAttribute('href', '/scaling/plans');
    expect(
      screen.getByRole('group', { name: 'Saved so far' }),
    ).toHaveTextContent(
      '$12.34It is $10.00 to $14.50 with 90 % confidence, measured over 72 hours. 2 actions have too few hours yet.',
    );
    await waitFor(() =>
      expect(screen.getByRole('group', { name: 'Problems' })).toHaveTextContent(
        '31 action of which nobody can tell what happened, 1 workload that somebody else takes back, 1 cluster in which nothing is done',
      ),
    );
  });

  it('says "not yet" where nothing is measured, and no amount', async () => {
    const api = mockScalingApi({
      getOverview: async () => overview({ savings: { notYet: 0 } }),
    });
    renderScaling(page, { api });
    const saved = await screen.findByRole('group', { name: 'Saved so far' });
    expect(saved).toHaveTextContent(
      'Not yetNothing that was done has hours to compare yet.',
    );
    expect(saved).not.toHaveTextContent('$');
  });

  it('says why something is in force, which policies lost, whose exception holds and who takes it back', async () => {
    renderScaling(page);
    const table = await screen.findByRole('table', { name: 'In force' });
    const web = within(table).getByRole('row', { name: /web-frontend/ });
    expect(web).toHaveTextContent('2 to 10');
    expect(web).toHaveTextContent('3 of 4 ready (2 to 10)');
    expect(web).toHaveTextContent('as wanted');
    expect(web).toHaveTextContent('Mon 30 Nov, 19:00');
    expect(web).toHaveTextContent('1 other policy matches and doesn’t win');
    expect(web).toHaveTextContent('A policy of the service is narrower.');
    const held = within(table).getByRole('row', {
      name: /redis-feature-store/,
    });
    expect(held).toHaveTextContent('PodDisruptionBudget redis forbids it.');
    expect(held).toHaveTextContent('guest keeps it up until Mon 30 Nov, 21:00');
    expect(held).toHaveTextContent('ignoreDifferences: []');
  });

  it('names the cluster in which nothing is done, and why', async () => {
    renderScaling(page);
    expect(
      await screen.findByText(/The API server gave no answer/),
    ).toHaveTextContent('EU Central (simulation):');
  });

  it('stops everything by keyboard, with a reason, and says how it goes on', async () => {
    const api = mockScalingApi();
    renderScaling(page, { api });
    const button = await screen.findByRole('button', {
      name: 'Stop everything',
    });
    await tabTo(button);
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'Stop everything',
    });
    expect(dialog).toHaveTextContent('What was changed stays as it is.');
    expect(dialog).toHaveTextContent('The same button lets it go on');
    const submit = within(dialog).getByRole('button', {
      name: 'Stop everything',
    });
    expect(submit).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Incident 7',
    );
    await userEvent.click(submit);
    await waitFor(() =>
      expect(api.setKillSwitch).toHaveBeenCalledWith({
        on: true,
        reason: 'Incident 7',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(button).toHaveFocus();
  });

  it('says who stopped everything', async () => {
    const api = mockScalingApi({
      getSettings: async () =>
        settings({
          killSwitch: {
            on: true,
            by: 'user:default/ana',
            at: '2026-11-30T12:00:00.000Z',
            reason: 'Incident 7',
          },
        }),
    });
    renderScaling(page, { api });
    expect(await screen.findByText('Everything is stopped.')).toBeVisible();
    expect(
      screen.getByText(/ana stopped it on 30 November 2026, 13:00/),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'Let it go on' }),
    ).toBeVisible();
  });

  it('says that some services are stopped, and can let them go on and stop the others', async () => {
    const api = mockScalingApi({
      getSettings: async () =>
        settings({
          killSwitch: {
            on: true,
            services: 2,
            by: 'user:default/ana',
            at: '2026-11-30T12:00:00.000Z',
            reason: 'Incident 7',
          },
        }),
    });
    renderScaling(page, { api });
    expect(await screen.findByText('2 services are stopped.')).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'Stop everything' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Let it go on' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Over',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Let it go on' }),
    );
    await waitFor(() =>
      expect(api.setKillSwitch).toHaveBeenCalledWith({
        on: false,
        reason: 'Over',
      }),
    );
  });

  it('shows no button that can’t work', async () => {
    const api = mockScalingApi({
      getSettings: async () => settings({ abilities: NO_ABILITIES }),
    });
    renderScaling(page, { api });
    await screen.findByRole('table', { name: 'In force' });
    expect(
      screen.queryByRole('button', { name: /Stop|Wake|Keep|End it|Go on/ }),
    ).not.toBeInTheDocument();
  });

  it('wakes a workload until the next change of its schedule', async () => {
    const api = mockScalingApi();
    renderScaling(page, { api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Wake now: storefront/web-frontend',
      }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Wake now' });
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Demo',
    );
    await userEvent.click(within(dialog).getByRole('button', { name: 'Wake' }));
    await waitFor(() =>
      expect(api.override).toHaveBeenCalledWith({
        workloads: ['w-web'],
        direction: 'up',
        until: 'next-window',
        reason: 'Demo',
      }),
    );
  });

  it('goes on with what somebody took back, with a reason', async () => {
    const api = mockScalingApi({
      getInForce: async () => ({ rows: [heldRow()], total: 1 }),
    });
    renderScaling(page, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Go on with .*redis/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('argocd-controller leaves the field');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'It is ignored now',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Go on' }),
    );
    await waitFor(() =>
      expect(api.goOn).toHaveBeenCalledWith(heldRow().workload.id, {
        reason: 'It is ignored now',
      }),
    );
  });

  it('offers no next change where none is in sight', async () => {
    renderScaling(page, {
      api: mockScalingApi({
        getInForce: async () => ({
          rows: [inForceRow({ next: undefined })],
          total: 1,
        }),
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Wake now/ }),
    );
    const until = within(await screen.findByRole('dialog')).getByLabelText(
      'Until',
    );
    expect(until).toHaveDisplayValue('4 hours from now');
    expect(until).not.toHaveTextContent('the next change');
  });

  it('shows how to make the first policy', async () => {
    const api = mockScalingApi({
      getOverview: async () => overview({ policies: 0 }),
    });
    renderScaling(page, { api });
    expect(
      await screen.findByRole('heading', { name: 'No policy is there yet' }),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'New policy' }),
    ).toHaveAttribute('href', '/scaling/policies/new');
    expect(await screen.findByText(/# app-config.yaml/)).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderScaling(page);
    await screen.findByRole('table', { name: 'In force' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
