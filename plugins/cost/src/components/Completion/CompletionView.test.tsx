import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { completionReport } from '../../__testUtils__/completionReports';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { CompletionView } from './CompletionView';
import { byServiceOf } from './useSavingRows';

// A page of a portal takes long to draw on a busy machine.
jest.setTimeout(60_000);

const setUp = (getCompletion = jest.fn(async () => completionReport())) =>
  renderCost(<CompletionView />, { api: mockCostApi({ getCompletion }) });

describe('CompletionView', () => {
  it('has the figures first, then what changed, then service levels', async () => {
    const { container } = setUp();
    const perDay = await screen.findByRole('group', {
      name: /^A day costs now/,
    });
    expect(within(perDay).getByText('$15.00')).toBeVisible();
    expect(perDay).toHaveTextContent(/\$20.00 a day in the baseline/);
    expect(
      screen.getByRole('group', { name: /^Services that held/ }),
    ).toHaveTextContent(/0 of 1.*1 broken, 0 not known/);
    const costs = screen.getByRole('table', {
      name: 'What costs another amount',
    });
    expect(
      within(costs).getByRole('row', { name: /akidb-rest.*Broken/ }),
    ).toBeVisible();
    const levels = screen.getByRole('table', { name: 'Service levels' });
    const row = within(levels).getByRole('row', { name: /akidb-rest/ });
    expect(row).toHaveTextContent('200 ms → 300 ms · Broken');
    expect(row).toHaveTextContent('Not known · nothing is read');
    expect(
      screen.getByText(/headroom.cost.serviceLevels.errors to a PromQL/),
    ).toBeVisible();
    expect(await axeFindings(container)).toEqual([]);
  });

  it('groups by team, and copies itself as Markdown', async () => {
    const writeText = jest.fn(async () => undefined);
    setUp();
    await userEvent.click(await screen.findByText('Team'));
    expect(await screen.findByRole('link', { name: 'ml' })).toBeVisible();
    Object.assign(navigator, { clipboard: { writeText } });
    await userEvent.click(
      screen.getByRole('button', { name: 'Copy as Markdown' }),
    );
    expect(writeText).toHaveBeenCalledWith(
      expect.stringMatching(/^# Completion report: 2026-06-08/),
    );
    expect(await screen.findByText('Copied')).toBeInTheDocument();
  });

  it('says what it stands on', async () => {
    setUp(
      jest.fn(async () =>
        completionReport({
          restricted: true,
          monthMissing: '2026-01',
          baseline: {
            start: '2026-05-01',
            end: '2026-05-15',
            days: 13,
            leftOut: 1,
            hours: 312,
          },
        }),
      ),
    );
    expect(await screen.findByText(/The month 2026-01 that/)).toBeVisible();
    expect(screen.getByText(/the baseline is 13 days/)).toBeVisible();
    expect(screen.getByText(/1 of the baseline, 0 of now/)).toBeVisible();
    expect(screen.getByText(/You see part of everything/)).toBeVisible();
  });

  it('tells not yet, forbidden and failed apart', async () => {
    const fail = (name: string) =>
      setUp(
        jest.fn(async () => {
          throw Object.assign(new Error('no'), { name });
        }),
      );
    const none = fail('NotFoundError');
    expect(
      await screen.findByText('There is no completion report yet'),
    ).toBeVisible();
    none.unmount();
    const forbidden = fail('NotAllowedError');
    expect(await screen.findByText(/cost\.read/)).toBeVisible();
    forbidden.unmount();
    fail('Error');
    expect(await screen.findByRole('alert')).toBeVisible();
  });
});

describe('what was measured of services', () => {
  const row = (
    entityRef: string | undefined,
    saved: string,
    currency = 'USD',
  ) =>
    ({
      entityRef,
      measured: { currency, saved, low: '0', high: saved, hours: 1 },
    } as Parameters<typeof byServiceOf>[0][number]);

  it('is summed by service, in one currency', () => {
    const unmeasured = { ...row('a', '1'), measured: undefined };
    expect([
      ...byServiceOf([
        row('a', '5'),
        row('a', '7'),
        row('a', '100', 'EUR'),
        row('b', '-2'),
        row(undefined, '9'),
        unmeasured,
      ]),
    ]).toEqual([
      ['a', { currency: 'USD', micros: 12n }],
      ['b', { currency: 'USD', micros: -2n }],
    ]);
  });
});
