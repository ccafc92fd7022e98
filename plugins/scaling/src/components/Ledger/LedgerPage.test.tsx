import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { ledgerEntry } from '../../__testUtils__/plans';
import { mockScalingApi, renderScaling } from '../../__testUtils__/render';
import { ScalingSettingsProvider } from '../../settings';
import { LedgerPage } from './LedgerPage';

jest.setTimeout(60_000);

const page = (
  <ScalingSettingsProvider>
    <LedgerPage />
  </ScalingSettingsProvider>
);

describe('LedgerPage', () => {
  it('says what was, what is, who wanted it, who said yes, and what it was to save', async () => {
    renderScaling(page);
    const table = await screen.findByRole('table', { name: 'Ledger' });
    const row = within(table).getByRole('row', { name: /web-frontend/ });
    expect(row).toHaveTextContent('spec.minReplicas: 4 → 2');
    expect(row).toHaveTextContent('policy shop-nights');
    expect(row).toHaveTextContent('ana');
    expect(row).toHaveTextContent(/(?<!\+)\$0\.77/);
    expect(
      within(row).getByRole('link', { name: /29 November 2026, 19:00/ }),
    ).toHaveAttribute('href', '/scaling/plans/p-9');
  });

  it('has what each policy saved: before, expected and measured', async () => {
    renderScaling(page);
    const table = await screen.findByRole('table', { name: 'What it saved' });
    const row = within(table).getByRole('row', { name: /web-frontend/ });
    expect(row).toHaveTextContent('$1.54');
    expect(row).toHaveTextContent('$0.77');
    expect(row).toHaveTextContent('$12.34$10.00 to $14.50, over 72 hours');
  });

  it('undoes what was done and not undone yet', async () => {
    const api = mockScalingApi({
      getLedger: async () => ({
        rows: [
          ledgerEntry({ sequence: 9, event: 'undone', actionId: 'a-8' }),
          ledgerEntry({ sequence: 8, actionId: 'a-8' }),
          ledgerEntry({ sequence: 7, actionId: 'a-9' }),
        ],
        total: 3,
      }),
    });
    renderScaling(page, { api });
    const undo = await screen.findByRole('button', { name: /^Undo:/ });
    await userEvent.click(undo);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('What it was before is put back');
    await userEvent.type(within(dialog).getByRole('textbox'), 'slow');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(api.undoAction).toHaveBeenCalledWith('a-9', { reason: 'slow' }),
    );
  });

  it('asks for what the URL narrows it down to', async () => {
    const api = mockScalingApi();
    renderScaling(page, {
      api,
      url: '/?cluster=us-west&policy=shop-nights&text=web',
    });
    await screen.findByRole('table', { name: 'Ledger' });
    expect(api.getLedger).toHaveBeenCalledWith(
      expect.objectContaining({
        cluster: 'us-west',
        policyId: 'shop-nights',
        text: 'web',
      }),
      expect.anything(),
    );
  });

  it('says that there is more than it loaded', async () => {
    const api = mockScalingApi({
      getLedger: jest.fn(async ({ cursor }) => ({
        rows: [ledgerEntry({ sequence: Number(cursor ?? 100) })],
        total: 4000,
        cursor: String(Number(cursor ?? 100) - 1),
      })),
    });
    renderScaling(page, { api });
    expect(
      await screen.findByText(/The first 5 of 4,000 are loaded/),
    ).toBeVisible();
    expect(api.getLedger).toHaveBeenCalledTimes(5);
  });

  it('says when nothing was done yet', async () => {
    const api = mockScalingApi({
      getLedger: async () => ({ rows: [], total: 0 }),
    });
    renderScaling(page, { api });
    expect(await screen.findByText(/Nothing was done yet/)).toBeVisible();
  });

  it('names the permission where there is none', async () => {
    const api = mockScalingApi({
      getLedger: async () => {
        throw new NotAllowedError('no');
      },
    });
    renderScaling(page, { api });
    expect(
      await screen.findByRole('heading', { name: 'You may not see this' }),
    ).toBeVisible();
    expect(screen.getByText(/scaling\.read/)).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderScaling(page);
    await screen.findByRole('table', { name: 'Ledger' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
