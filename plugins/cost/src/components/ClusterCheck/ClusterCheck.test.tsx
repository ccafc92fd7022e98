import { NotAllowedError } from '@backstage/errors';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CheckFinding, ClusterCheckEvent } from '@headroom/common';
import { axeFindings } from '../../__testUtils__/axe';
import { clusterCheck } from '../../__testUtils__/clusterCheck';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { ClusterCheck } from './ClusterCheck';

function render(api = mockCostApi()) {
  return renderCost(
    <ClusterCheck cluster="us-west" title="US West" timezone="Europe/Berlin" />,
    { api },
  );
}

const begin = async () =>
  userEvent.click(
    await screen.findByRole('button', { name: 'Check this cluster: US West' }),
  );

/** A check that goes on until a test ends it. */
function heldCheck() {
  const held: {
    emit?: (event: ClusterCheckEvent) => void;
    signal?: AbortSignal;
    end?: () => void;
  } = {};
  const api = mockCostApi({
    checkCluster: (_, { signal, onEvent }) =>
      new Promise<void>((resolve, reject) => {
        held.emit = onEvent;
        held.signal = signal;
        held.end = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  return { held, api };
}

describe('ClusterCheck', () => {
  it('asks nothing before it is told to', async () => {
    const api = mockCostApi();
    render(api);
    await screen.findByText(/changes nothing/);
    expect(api.checkCluster).not.toHaveBeenCalled();
  });

  it('shows the worst first, with effect and the line that mends it', async () => {
    render();
    await begin();
    const found = await screen.findByRole('region', {
      name: 'What was found in US West',
    });
    expect(
      within(found)
        .getAllByRole('heading', { level: 4 })
        .map(({ textContent }) => textContent),
    ).toEqual(['Wrong (1)', 'Missing (1)', 'Worth knowing (1)', 'Right (1)']);
    const wrong = within(found).getByRole('list', { name: 'Wrong (1)' });
    expect(wrong).toHaveTextContent(
      'There is no series kube_pod_status_phase.Pods that have ended are charged as if they ran.Values of kube-prometheus-stack:',
    );
    expect(
      within(wrong).getByRole('button', { name: /^Copy the line: kube-state/ }),
    ).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'Checked at 5 October 2026, 13:00 CEST. 1 wrong, 1 missing, 1 worth knowing, 1 right.',
    );
  });

  it('copies the line as it is', async () => {
    let copied = '';
    document.execCommand = jest.fn(() => {
      copied = String(document.getSelection());
      return true;
    });
    render();
    await begin();
    await userEvent.click(
      await screen.findByRole('button', { name: /allowlist=pods/ }),
    );
    expect(document.execCommand).toHaveBeenCalledWith('copy');
    expect(copied).toBe('--metric-labels-allowlist=pods=[*],nodes=[*]');
  });

  it('says what it asks while it goes on, and stops when told to', async () => {
    const { held, api } = heldCheck();
    render(api);
    await begin();
    expect(
      screen.getByRole('progressbar', { name: 'Checking US West' }),
    ).toBeInTheDocument();
    act(() =>
      held.emit?.({
        type: 'asking',
        subject: 'kubernetes',
        question: 'Does it answer?',
      }),
    );
    expect(
      screen.getByText('Kubernetes API: Does it answer?'),
    ).toBeInTheDocument();
    act(() =>
      clusterCheck()
        .slice(0, 3)
        .forEach(event => held.emit?.(event)),
    );
    const button = screen.getByRole('button', {
      name: 'Stop the check: US West',
    });
    expect(button).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(held.signal?.aborted).toBe(true);
    expect(
      await screen.findByText(/The check was stopped/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Prometheus answers, in 12 ms.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Check again: US West' }),
    ).toHaveFocus();
  });

  it('stops when its page is left', async () => {
    const { held, api } = heldCheck();
    const { unmount } = render(api);
    await begin();
    unmount();
    expect(held.signal?.aborted).toBe(true);
  });

  it('says when all is right, and when there was nothing to say', async () => {
    const right: CheckFinding = {
      id: 'a',
      severity: 'right',
      sentence: 'It answers.',
    };
    const checkCluster = jest.fn(async (_, { onEvent }) =>
      clusterCheck([right]).forEach(onEvent),
    );
    render(mockCostApi({ checkCluster }));
    await begin();
    expect(
      await screen.findByText(/Nothing is missing or wrong/),
    ).toBeVisible();
    checkCluster.mockImplementation(async (_, { onEvent }) =>
      clusterCheck([]).forEach(onEvent),
    );
    await userEvent.click(screen.getByRole('button', { name: /Check again/ }));
    expect(
      await screen.findByText(/The check found nothing to say/),
    ).toBeVisible();
  });

  it.each([
    [new NotAllowedError('no'), /need the permission cost\.sources\.read/],
    [new TypeError('Failed to fetch'), /can’t be reached/],
    [
      new Error('A check of US West is under way already'),
      /The check failed: A check of US West is under way already/,
    ],
  ])('says why it failed: %s', async (error, text) => {
    const checkCluster = async () => {
      throw error;
    };
    render(mockCostApi({ checkCluster }));
    await begin();
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('words what was found by its catalogue, and shows the message of what it does not know', async () => {
    const words = (key: string, params?: Record<string, string | number>) => ({
      key,
      ...(params && { params }),
    });
    const checkCluster: ReturnType<typeof mockCostApi>['checkCluster'] =
      jest.fn(async (_, { onEvent }) => {
        const [started] = clusterCheck();
        onEvent(started);
        for (const finding of [
          {
            id: 'known',
            severity: 'wrong' as const,
            sentence: 'Said by a back end of another version.',
            effect: 'So is this.',
            mend: { where: 'Somewhere', line: 'a: b' },
            wording: {
              sentence: words('clusterCheck.sourceAbsent', { cluster: 'eu' }),
              effect: words('clusterCheck.noCosts'),
              where: words('clusterCheck.atCluster', { cluster: 'eu' }),
            },
          },
          {
            id: 'unknown',
            severity: 'missing' as const,
            sentence: 'It says something new.',
            wording: { sentence: words('clusterCheck.ofTomorrow') },
          },
        ]) {
          onEvent({ type: 'finding', subject: 'source', finding });
        }
        onEvent({
          type: 'failed',
          message: 'In other words.',
          wording: words('clusterCheck.timeIsUp', { seconds: 120 }),
        });
      });
    render(mockCostApi({ checkCluster }));
    await begin();
    for (const text of [
      'Nothing says where the usage of eu comes from.',
      'There are no costs of this cluster.',
      'headroom.clusters, at eu:',
      'It says something new.',
      'The check was stopped after 120 s. What was found until then holds; the rest was not looked at.',
    ]) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
    expect(screen.queryByText(/another version|other words/)).toBeNull();
  });

  it('keeps what was found when the check breaks off', async () => {
    const checkCluster: ReturnType<typeof mockCostApi>['checkCluster'] =
      jest.fn(async (_, { onEvent }) => {
        clusterCheck().slice(0, -1).forEach(onEvent);
        onEvent({ type: 'failed', message: 'It was stopped after 120 s.' });
      });
    render(mockCostApi({ checkCluster }));
    await begin();
    expect(
      await screen.findByText('It was stopped after 120 s.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Wrong (1)')).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = render();
    await begin();
    await screen.findByText('Wrong (1)');
    expect(await axeFindings(container)).toEqual([]);
  });
});
