import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import { renderForm } from '../../__testUtils__/forms';
import { mockScalingApi, settings } from '../../__testUtils__/render';

jest.setTimeout(60_000);

const FIELD = {
  cluster: {
    title: 'Where it runs',
    type: 'string',
    'ui:field': 'HeadroomCluster',
  },
};

describe('HeadroomCluster', () => {
  it('offers the clusters that there are, and gives the name', async () => {
    const { review, create } = renderForm(FIELD);
    const select = await screen.findByRole('combobox', {
      name: 'Where it runs',
    });
    await within(select).findByRole('option', {
      name: 'US West (simulation) (us-west)',
    });
    await userEvent.selectOptions(select, 'us-west');
    expect(await axeFindings(document.body)).toEqual([]);
    await review();
    expect(await create()).toMatchObject({ cluster: 'us-west' });
  });

  it('refuses a cluster that is not there, at the field', async () => {
    const { review, problem } = renderForm(FIELD, {
      values: { cluster: 'mars' },
    });
    await review();
    expect(await problem('cluster')).toBe(
      'There is no cluster “mars”. Name one of us-west, eu-central, or add it under headroom.clusters.',
    );
    expect(
      screen.getByRole('combobox', { name: 'Where it runs' }),
    ).toHaveAttribute('aria-invalid', 'true');
  });

  it('chooses where there is no choice', async () => {
    const [only] = settings().clusters;
    const { review, create } = renderForm(FIELD, {
      api: mockScalingApi({
        getSettings: async () => settings({ clusters: [only] }),
      }),
    });
    expect(await screen.findByDisplayValue(/us-west/)).toBeInTheDocument();
    await review();
    expect(await create()).toMatchObject({ cluster: 'us-west' });
  });

  it('may be left empty where a template says so', async () => {
    const { review, create } = renderForm({
      deployTo: {
        type: 'string',
        'ui:field': 'HeadroomCluster',
        'ui:options': { allowNone: true },
      },
    });
    expect(
      await screen.findByRole('option', { name: 'None' }),
    ).toBeInTheDocument();
    await review();
    expect(await create()).not.toHaveProperty('deployTo');
  });

  it('takes a name where the clusters can’t be read, and says that it can’t be checked', async () => {
    const { review, problem } = renderForm(FIELD, {
      api: mockScalingApi({
        getSettings: async () => {
          throw new Error('no answer');
        },
      }),
    });
    await screen.findByText(/The clusters can’t be read now/);
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Where it runs' }),
      'us-west',
    );
    await review();
    expect(await problem('cluster')).toContain(
      'can’t be checked now: no answer',
    );
  });
});
