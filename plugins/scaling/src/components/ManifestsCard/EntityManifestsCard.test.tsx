import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  checkManifests,
  ManifestReport,
  readManifests,
  sayManifest,
} from '@headroom/plugin-scaling-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axeFindings } from '../../__testUtils__/axe';
import {
  component,
  mockScalingApi,
  renderScaling,
} from '../../__testUtils__/render';
import { EntityManifestsCard } from './EntityManifestsCard';

jest.setTimeout(60_000);

const { objects } = readManifests([
  {
    path: 'deploy/vpa.yaml',
    text: 'apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: web, namespace: shop }\nspec:\n  updatePolicy:\n    updateMode: Off\n',
  },
]);

const report: ManifestReport = {
  entityRef: 'component:default/web-frontend',
  notes: [],
  places: [
    {
      place: { type: 'cluster', cluster: 'us-west', namespace: 'shop' },
      objects: 3,
      findings: [],
      more: 0,
      unknown: [
        sayManifest('kindsUnread', {
          cluster: 'us-west',
          namespace: 'shop',
          kinds: 'NetworkPolicy',
          failure: 'Forbidden',
        }),
      ],
    },
    {
      place: {
        type: 'repository',
        url: 'https://forge.example.org/acme/web/tree/main/deploy',
      },
      objects: 1,
      findings: checkManifests(objects),
      more: 0,
      unknown: [],
    },
  ],
};

function show(getManifests: () => Promise<ManifestReport>) {
  return renderScaling(<EntityManifestsCard />, {
    api: mockScalingApi({ getManifests }),
    entity: component,
  });
}

describe('EntityManifestsCard', () => {
  it('waits until the service was read and runs, and looks by itself', async () => {
    jest.useFakeTimers();
    try {
      const [running, written] = report.places;
      const getManifests = jest
        .fn()
        .mockRejectedValueOnce(new NotFoundError('It is read every minute'))
        .mockResolvedValueOnce({ ...report, places: [written] })
        .mockResolvedValue({ ...report, places: [running, written] });
      show(getManifests);
      expect(
        await screen.findByText(/was not read from the catalog yet/),
      ).toBeInTheDocument();
      expect(screen.getByText('It is read every minute')).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(11_000));
      expect(
        await screen.findByText(/^As they are written/),
      ).toBeInTheDocument();
      expect(screen.queryByText(/^As they run/)).not.toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(11_000));
      expect(
        await screen.findByText(/^As they run in us-west/),
      ).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(60_000));
      expect(getManifests).toHaveBeenCalledTimes(3);
    } finally {
      jest.useRealTimers();
    }
  });

  it('counts what is wrong, and says why and what mends it to a keyboard', async () => {
    const { container } = show(async () => report);
    expect(await screen.findByText(/1 error, 1 warning/)).toHaveTextContent(
      'in 4 objects',
    );
    const [row] = within(
      screen.getByRole('list', { name: /^As they are written/ }),
    ).getAllByRole('listitem');
    expect(row).toHaveTextContent('M1');
    expect(row).toHaveTextContent('deploy/vpa.yaml:6');
    expect(row).toHaveTextContent('spec.updatePolicy.updateMode');
    const why = within(row).getByRole('button', { name: /^Why M1 matters/ });
    // What the ripple of a focus draws is drawn before the key is pressed.
    await act(async () => why.focus());
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(why).toHaveAttribute('aria-expanded', 'true'));
    expect(
      within(row).getByRole('group', { name: 'What mends it' }),
    ).toHaveTextContent('updateMode: "Off"');
    expect(
      within(row).getByRole('button', { name: /^Copy what mends M1/ }),
    ).toBeVisible();
    expect(await axeFindings(container)).toEqual([]);
  });

  it('tells what is not known from nothing found', async () => {
    show(async () => report);
    expect(
      await screen.findByText('Nothing was found in 3 objects.'),
    ).toBeVisible();
    expect(screen.getByText(/does not give NetworkPolicy/)).toBeVisible();
  });

  it('does not say that nothing was found where nothing could be read', async () => {
    show(async () => ({
      ...report,
      places: [
        {
          ...report.places[0],
          objects: 0,
          unknown: [sayManifest('clusterUnread', { cluster: 'us-west' })],
        },
      ],
    }));
    expect(
      await screen.findByText('Nothing of it could be checked.'),
    ).toBeVisible();
    expect(screen.queryByText(/Nothing was found/)).not.toBeInTheDocument();
  });

  it('says where nothing runs and nothing is written', async () => {
    show(async () => ({
      ...report,
      places: [],
      notes: [sayManifest('noSource')],
    }));
    expect(
      await screen.findByText(/Nothing of this service runs/),
    ).toBeVisible();
    expect(screen.getByText(/headroom.io\/manifests/)).toBeVisible();
  });

  it('shows a few at first, and the rest when asked', async () => {
    const [, written] = report.places;
    const findings = Array(8).fill(written.findings[0]);
    show(async () => ({ ...report, places: [{ ...written, findings }] }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show 3 more' }),
    );
    expect(screen.getAllByRole('listitem')).toHaveLength(8);
  });

  it('loads, and says what is wrong when it fails', async () => {
    const getManifests = jest.fn(async () => {
      throw new Error('down');
    });
    const api = mockScalingApi({ getManifests });
    renderScaling(<EntityManifestsCard />, { api, entity: component });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'could not be checked',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(getManifests).toHaveBeenCalledTimes(2);
  });

  it('says which permission is missing', async () => {
    show(async () => {
      throw new NotAllowedError('no');
    });
    expect(await screen.findByText(/scaling\.read/)).toBeVisible();
  });

  it('has a skeleton while it waits', async () => {
    show(() => new Promise(() => {}));
    expect(await screen.findByRole('status')).toBeVisible();
  });
});
