import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { costEstimate, mockEstimatesApi } from '../../__testUtils__/estimates';
import { renderForm } from '../../__testUtils__/forms';

jest.setTimeout(60_000);

const TIMEZONE = { type: 'string', 'ui:field': 'HeadroomTimezone' };
const SCHEDULE = { type: 'string', 'ui:field': 'HeadroomSchedule' };
const BUDGET = { type: 'object', 'ui:field': 'HeadroomBudget' };

describe('HeadroomTimezone', () => {
  it('proposes the zone of the reader', async () => {
    const { review, create } = renderForm({ timezone: TIMEZONE });
    await waitFor(() =>
      expect(screen.getByRole('combobox', { name: 'Time zone' })).toHaveValue(
        new Intl.DateTimeFormat().resolvedOptions().timeZone,
      ),
    );
    await review();
    expect(await create()).toMatchObject({ timezone: expect.any(String) });
  });

  it.each(['America/Port-au-Prince', 'Etc/GMT+5', 'UTC'])(
    'takes %s',
    async zone => {
      const { review, create } = renderForm(
        { timezone: TIMEZONE },
        { values: { timezone: zone } },
      );
      await review();
      expect(await create()).toMatchObject({ timezone: zone });
    },
  );

  it.each(['Europe/Atlantis', '+02:00'])(
    'refuses %s at the field',
    async zone => {
      const { review, problem } = renderForm(
        { timezone: TIMEZONE },
        { values: { timezone: zone } },
      );
      await review();
      expect(await problem('timezone')).toBe(
        `There is no time zone “${zone}”. Give an IANA name such as Europe/Berlin or UTC.`,
      );
    },
  );
});

describe('HeadroomSchedule', () => {
  it('says what it means while it is written', async () => {
    const { review, create } = renderForm(
      { schedule: SCHEDULE },
      { values: { timezone: 'Europe/Berlin' } },
    );
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Schedule' }),
      'Mon-Fri 07:00-19:00; outside=zero',
    );
    expect(
      screen.getByText(
        'It runs 60 of the 168 hours of a week, in the zone Europe/Berlin unless the schedule names another.',
      ),
    ).toBeInTheDocument();
    expect(await axeFindings(document.body)).toEqual([]);
    await review();
    expect(await create()).toMatchObject({
      schedule: 'Mon-Fri 07:00-19:00; outside=zero',
    });
  });

  it.each([
    ['Mon-Fry 07:00-19:00', /Mon-Fry/],
    [
      'Mon-Fri 07:00-19:00 fixed=3; Fri 12:00-14:00 zero',
      /^The schedule can’t be used: Mon-Fri 07:00-19:00 UTC and Fri 12:00-14:00 UTC overlap/,
    ],
  ])('refuses %s at the field', async (schedule, sentence) => {
    const { review, problem } = renderForm(
      { schedule: SCHEDULE },
      { values: { schedule } },
    );
    await review();
    expect(await problem('schedule')).toMatch(sentence);
  });
});

describe('HeadroomBudget', () => {
  const values = {
    cluster: 'us-west',
    minReplicas: 2,
    maxReplicas: 10,
    cpu: '250m',
    memory: '512Mi',
  };

  it('gives an amount and a currency, and nothing where it is empty', async () => {
    const { review, create } = renderForm({ budget: BUDGET });
    const amount = await screen.findByRole('textbox', {
      name: 'Budget a month',
    });
    await userEvent.type(amount, '500');
    await review();
    expect(await create()).toMatchObject({
      budget: { amount: '500', currency: 'USD' },
    });
  });

  it('has one hint: the template’s own where it has one, and reads it out', async () => {
    const help = 'Empty for none.';
    renderForm({ budget: { ...BUDGET, 'ui:help': help } });
    const amount = await screen.findByRole('textbox', {
      name: 'Budget a month',
    });
    expect(screen.getByText(help)).toBeInTheDocument();
    expect(screen.queryByText('Empty = none')).not.toBeInTheDocument();
    expect(amount).toHaveAccessibleDescription(help);
    expect(await axeFindings(document.body)).toEqual([]);
  });

  it('has a hint of its own where the template has none', async () => {
    renderForm({ budget: BUDGET });
    expect(
      await screen.findByRole('textbox', { name: 'Budget a month' }),
    ).toHaveAccessibleDescription('Empty = none');
  });

  it('refuses what the fewest replicas exceed, at the field', async () => {
    const estimates = mockEstimatesApi(() => costEstimate());
    const { review, problem } = renderForm(
      { budget: BUDGET },
      {
        estimates,
        values: { ...values, budget: { amount: '10', currency: 'USD' } },
      },
    );
    await review();
    expect(await problem('budget')).toBe(
      'The budget is $10.00 a month, and 2 replicas, the fewest, cost $15.33. Raise the budget to that, or ask for less.',
    );
    expect(estimates.estimate).toHaveBeenCalledWith(
      expect.objectContaining({ cluster: 'us-west', currency: 'USD' }),
    );
  });

  it.each([
    [{ amount: 'lots', currency: 'USD' }, /The budget is “lots”/],
    [{ amount: '5', currency: 'US' }, /The currency is “US”/],
  ])('refuses %j', async (budget, sentence) => {
    const { review, problem } = renderForm(
      { budget: BUDGET },
      { values: { budget } },
    );
    await review();
    expect(await problem('budget')).toMatch(sentence);
  });

  it('lets those create who may not see costs', async () => {
    const failing = (name: string) => ({
      estimate: jest.fn(async () => {
        throw Object.assign(new Error(`it is ${name}`), { name });
      }),
    });
    const budget = { amount: '10', currency: 'USD' };
    const forbidden = renderForm(
      { budget: BUDGET },
      {
        estimates: failing('NotAllowedError'),
        values: { ...values, budget },
      },
    );
    await forbidden.review();
    expect(await forbidden.create()).toMatchObject({ budget });
  });
});
