import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { entityBillReport } from '../../__testUtils__/billReports';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { EntityBill } from './EntityBill';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'orders-db' },
  spec: { type: 'database', owner: 'group:default/shop' },
};

describe('EntityBill', () => {
  it('says what was billed, against what, and which charges it is', async () => {
    const { container } = renderCost(<EntityBill />, {
      api: mockCostApi(),
      entity,
    });
    const figures = await screen.findAllByRole('group', { name: /^Billed/ });
    expect(figures.map(figure => figure.textContent)).toEqual([
      expect.stringMatching(
        /^Billed 1–3 October.*\$30\.001–2 October.*: \+50\s%\sagainst 1–2 September/,
      ),
      expect.stringContaining('$300.00'),
    ]);
    const charges = screen.getByRole('table', { name: 'Which charges it is' });
    expect(
      within(charges).getByRole('row', { name: /arn:aws:rds:db:orders/ }),
    ).toHaveTextContent('$30.00');
    expect(screen.getByText('This bill is made up by the demo.')).toBeVisible();
    expect(await axeFindings(container)).toEqual([]);
  });

  it('marks the days that may not be billed as a whole', async () => {
    renderCost(<EntityBill />, {
      api: mockCostApi(),
      entity,
      url: '/?chart=table',
    });
    const days = await screen.findByRole('table', { name: 'Billed by day' });
    const texts = within(days)
      .getAllByRole('row')
      .map(row => row.textContent ?? '');
    expect(texts.filter(text => text.includes('may not be whole'))).toEqual([
      expect.stringContaining('$3.00'),
    ]);
  });

  it('shows each currency as far as its bills have come', async () => {
    const [dollars] = entityBillReport().bills;
    renderCost(<EntityBill />, {
      entity,
      api: mockCostApi({
        getEntityBill: async () =>
          entityBillReport({
            bills: [
              dollars,
              {
                ...dollars,
                currency: 'EUR',
                period: '2026-09-01',
                end: '2026-10-01',
                amount: '7000000',
                compared: undefined,
                months: [{ period: '2026-09-01', amount: '7000000' }],
              },
            ],
          }),
      }),
    });
    const figures = await screen.findAllByRole('group', { name: /^Billed/ });
    expect(figures.map(figure => figure.textContent)).toEqual([
      expect.stringContaining('$30.00'),
      expect.stringContaining('$300.00'),
      expect.stringMatching(/^Billed .*September.*€7\.00nothing to compare/),
    ]);
  });

  it('asks for what was invoiced', async () => {
    const api = mockCostApi();
    renderCost(<EntityBill />, { api, entity });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Invoiced' }),
    );
    await waitFor(() =>
      expect(api.getEntityBill).toHaveBeenLastCalledWith(
        'resource:default/orders-db',
        { basis: 'billed' },
        expect.anything(),
      ),
    );
  });

  it('names the line that makes charges its own', async () => {
    renderCost(<EntityBill />, {
      entity,
      api: mockCostApi({
        getEntityBill: async () =>
          entityBillReport({ status: 'no-charges', bills: [] }),
      }),
    });
    expect(
      await screen.findByText(/headroom\.io\/cloud-resource: arn:aws:rds/),
    ).toHaveTextContent('orders-db');
  });

  it('tells no bill and no permission apart', async () => {
    const none = renderCost(<EntityBill />, {
      entity,
      api: mockCostApi({
        getEntityBill: async () =>
          entityBillReport({ status: 'no-bill', bills: [] }),
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'No bill was read yet' }),
    ).toBeVisible();
    none.unmount();
    renderCost(<EntityBill />, {
      entity,
      api: mockCostApi({
        getEntityBill: async () => {
          throw new NotAllowedError('You need the permission cost.read');
        },
      }),
    });
    expect(
      await screen.findByRole('heading', { name: 'You may not see this' }),
    ).toBeVisible();
  });
});
