import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { costEstimate, mockEstimatesApi } from '../../__testUtils__/estimates';
import { renderForm } from '../../__testUtils__/forms';

jest.setTimeout(60_000);

const STEP = {
  maxReplicas: { title: 'Most replicas', type: 'integer' },
  estimate: { type: 'object', 'ui:field': 'HeadroomCost' },
};
const VALUES = {
  cluster: 'us-west',
  minReplicas: 2,
  maxReplicas: 10,
  cpu: '250m',
  memory: '512Mi',
};

describe('HeadroomCost', () => {
  it('says what will be paid before anything is created, and keeps it', async () => {
    const { review, create } = renderForm(STEP, { values: VALUES });
    const figure = await screen.findByText('$15.33 to $76.65 a month');
    expect(figure.closest('[aria-live="polite"]')).not.toBeNull();
    expect(
      screen.getByText(/From 2 to 10 replicas in us-west\./),
    ).toHaveTextContent('The cluster is a simulation; nothing is really paid.');
    const table = screen.getByRole('table', { name: 'What it is made of' });
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'ResourceOne replicaFewest replicasMost replicas',
      'CPU$6.00$12.00$60.00',
      'Memory$1.67$3.33$16.65',
      'Together$7.67$15.33$76.65',
    ]);
    expect(
      screen.getByText(
        '3 similar services cost $12.00 to $90.00 a month; half of them at most $30.00.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Web frontend' })).toHaveAttribute(
      'href',
      '/catalog/default/component/web-frontend',
    );
    expect(await axeFindings(document.body)).toEqual([]);
    await review();
    expect(await create()).toMatchObject({
      estimate: {
        cluster: 'us-west',
        currency: 'USD',
        minMonthly: '15.330000',
        maxMonthly: '76.650000',
        hoursPerMonth: 730,
        known: true,
        at: expect.stringMatching(/Z$/),
      },
    });
  });

  it('shows the prices that it was made with, by keyboard too', async () => {
    renderForm(STEP, { values: VALUES });
    const summary = await screen.findByText('Prices, and where they come from');
    await userEvent.click(summary);
    expect(
      screen.getByText(/CPU: 0\.032876 USD a core-hour\. This is what/),
    ).toBeVisible();
    expect(screen.getByText(/come on top/)).toBeVisible();
  });

  it('asks anew when a value changes, and shows nothing that is of another', async () => {
    const estimates = mockEstimatesApi(({ pods }) =>
      costEstimate({
        monthly: {
          min: '15330000',
          max: String(7_665_000 * pods[0].replicas.max),
        },
      }),
    );
    renderForm(STEP, { values: VALUES, estimates });
    await screen.findByText('$15.33 to $76.65 a month');
    const most = screen.getByRole('spinbutton', { name: /Most replicas/ });
    // At once: whoever types slowly is asked for what they have typed so far.
    fireEvent.change(most, { target: { value: '20' } });
    expect(
      await screen.findByText('$15.33 to $153.30 a month'),
    ).toBeInTheDocument();
    expect(
      estimates.estimate.mock.calls.map(([{ pods }]) => pods[0].replicas.max),
    ).toEqual([10, 20]);
  });

  it('says what has no price, and the line that mends it', async () => {
    renderForm(STEP, {
      values: VALUES,
      estimates: mockEstimatesApi(() =>
        costEstimate({
          complete: false,
          unknown: [
            {
              pods: 'web',
              resource: 'gpu',
              said: { message: 'Add what you pay: headroom.prices.gpus.' },
            },
          ],
        }),
      ),
    });
    expect(
      await screen.findByText('At least $15.33 to $76.65 a month'),
    ).toBeInTheDocument();
    expect(screen.getByText(/headroom\.prices\.gpus/)).toBeInTheDocument();
    expect(screen.getByRole('row', { name: 'GPU Not known' })).toBeVisible();
  });

  it('says for how many replicas a budget lasts', async () => {
    renderForm(STEP, {
      values: { ...VALUES, budget: { amount: '40', currency: 'USD' } },
    });
    expect(
      await screen.findByText(
        'The budget of $40.00 lasts for 5 replicas all month.',
      ),
    ).toBeInTheDocument();
  });

  it('shows what would cost less, the cheapest first, and leaves out what would not', async () => {
    const estimates = mockEstimatesApi(({ choices = [] }) =>
      costEstimate({
        choices: choices.map(({ id }, index) => ({
          id,
          monthly: { min: '5000000', max: '30000000' },
          complete: true,
          saves: { min: '1', max: String([20_000_000, 46_650_000][index]) },
          unknown: [],
        })),
      }),
    );
    renderForm(STEP, {
      estimates,
      values: {
        ...VALUES,
        kind: 'web-service',
        environment: 'production',
        criticality: 'standard',
      },
    });
    const table = await screen.findByRole('table', { name: 'Cheaper choices' });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      'At most 5 replicas: at the peak answers take longer.$5.00 to $30.00 a month$46.65',
      'It runs on spot capacity: some of it is taken back at two minutes’ notice.$5.00 to $30.00 a month$20.00',
    ]);
  });

  it('says what is missing before it can ask', async () => {
    const estimates = mockEstimatesApi();
    renderForm(STEP, { estimates });
    expect(
      await screen.findByText(
        'The cost can be estimated when these are said: the cluster, the number of replicas, CPU and memory of a replica.',
      ),
    ).toBeInTheDocument();
    expect(estimates.estimate).not.toHaveBeenCalled();
  });

  it('says which quantity it can’t read', async () => {
    renderForm(STEP, { values: { ...VALUES, cpu: 'much' } });
    expect(
      await screen.findByText(/requests\.cpu is "much"/),
    ).toBeInTheDocument();
  });

  it('tries again where there was no answer, and does not keep anyone who may not see costs', async () => {
    let failure = Object.assign(new Error('The database does not answer'), {
      name: 'ServiceUnavailableError',
    });
    const estimate = jest.fn(async () => {
      if (failure) {
        throw failure;
      }
      return costEstimate();
    });
    const { review, create } = renderForm(STEP, {
      values: VALUES,
      estimates: { estimate },
    });
    const failed = await screen.findByText(/The database does not answer/);
    // It is read out: what is busy is not.
    expect(failed.closest('[role="status"]')).toHaveAttribute(
      'aria-busy',
      'false',
    );
    failure = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText(/You need the permission cost\.read/);
    await review();
    expect(await create()).not.toHaveProperty('estimate');
  });
});
