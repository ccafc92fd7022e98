import { NotFoundError } from '@backstage/errors';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import {
  component,
  entityScaling,
  mockScalingApi,
  NO_ABILITIES,
  renderScaling,
} from '../../__testUtils__/render';
import { EntityScaling } from './EntityScaling';

jest.setTimeout(60_000);

describe('EntityScaling', () => {
  it('has what is in force and why, what comes, what waits, policies, ledger and savings', async () => {
    renderScaling(<EntityScaling />, { entity: component });
    expect(
      await screen.findByRole('group', { name: 'Saved so far' }),
    ).toHaveTextContent('$12.34');
    const names = screen
      .getAllByRole('heading', { level: 2 })
      .map(({ textContent }) => textContent);
    expect(names).toEqual(
      expect.arrayContaining([
        'In force',
        'What comes next',
        'Plans',
        'Policies',
        'Ledger',
        'What it saved',
      ]),
    );
    expect(
      screen.getByRole('button', { name: /A window holds/ }),
    ).toBeVisible();
  });

  it('waits until the service was read from the catalog, and looks by itself', async () => {
    jest.useFakeTimers();
    try {
      const getEntity = jest
        .fn()
        .mockRejectedValueOnce(new NotFoundError('It is read every minute'))
        .mockImplementation(async () => entityScaling());
      renderScaling(<EntityScaling />, {
        api: mockScalingApi({ getEntity }),
        entity: component,
      });
      expect(
        await screen.findByRole('heading', {
          name: 'This was not read from the catalog yet',
        }),
      ).toBeInTheDocument();
      expect(screen.getByText('It is read every minute')).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(11_000));
      expect(
        await screen.findByRole('heading', { name: 'In force' }),
      ).toBeInTheDocument();
    } finally {
      jest.useRealTimers();
    }
  });

  it('puts all its workloads to sleep for a time', async () => {
    const api = mockScalingApi();
    renderScaling(<EntityScaling />, { api, entity: component });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Put to sleep' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.selectOptions(within(dialog).getByLabelText('Until'), '8');
    await userEvent.type(within(dialog).getByRole('textbox'), 'Nobody here');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Put to sleep' }),
    );
    await waitFor(() =>
      expect(api.override).toHaveBeenCalledWith({
        workloads: ['w-web'],
        direction: 'down',
        until: { hours: 8 },
        reason: 'Nobody here',
      }),
    );
  });

  it('offers the first policy of a service, filled in with it', async () => {
    const api = mockScalingApi({
      getEntity: async () =>
        entityScaling({
          rows: entityScaling().rows.map(row => ({
            ...row,
            policy: undefined,
          })),
          policies: [],
          plans: [],
          ledger: [],
        }),
    });
    renderScaling(<EntityScaling />, { api, entity: component });
    expect(
      await screen.findByRole('button', { name: 'New policy' }),
    ).toHaveAttribute(
      'href',
      '/scaling/policies/new?entity=component%3Adefault%2Fweb-frontend',
    );
  });

  it('shows no button that can’t work', async () => {
    const api = mockScalingApi({
      getEntity: async () => entityScaling({ abilities: NO_ABILITIES }),
    });
    renderScaling(<EntityScaling />, { api, entity: component });
    await screen.findByRole('table', { name: 'In force' });
    expect(
      screen.queryByRole('button', {
        name: /^(Wake|Keep|Put|New policy|Undo)/,
      }),
    ).not.toBeInTheDocument();
  });

  it('says how to link workloads where there are none', async () => {
    const api = mockScalingApi({
      getEntity: async () => entityScaling({ rows: [], policies: [] }),
    });
    renderScaling(<EntityScaling />, { api, entity: component });
    expect(
      await screen.findByRole('heading', {
        name: 'No workloads are linked to this service',
      }),
    ).toBeVisible();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderScaling(<EntityScaling />, {
      entity: component,
    });
    await screen.findByRole('table', { name: 'In force' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
