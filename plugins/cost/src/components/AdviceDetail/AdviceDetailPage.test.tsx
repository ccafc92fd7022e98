import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { adviceDetail, adviceRow } from '../../__testUtils__/adviceReports';
import { axeFindings } from '../../__testUtils__/axe';
import { mockCostApi, renderCost } from '../../__testUtils__/render';
import { AdviceDetailPage } from './AdviceDetailPage';

// Whole pages, and roles looked up in all of their cells.
jest.setTimeout(60_000);

const ID = 'us-west~ml~Deployment~akidb-rest~app';

function renderDetail(
  options: Parameters<typeof renderCost>[1] = {},
  query: string = '',
) {
  return renderCost(
    <Routes>
      <Route path="/advice/:id" element={<AdviceDetailPage />} />
    </Routes>,
    { ...options, url: `/advice/${encodeURIComponent(ID)}${query}` },
  );
}

describe('AdviceDetailPage', () => {
  it('shows the saving, how sure it is, and what would have happened', async () => {
    renderDetail();
    expect(
      await screen.findByRole('group', { name: 'Saves per month' }),
    ).toHaveTextContent('$48.20');
    expect(screen.getByRole('group', { name: 'Confidence' })).toHaveTextContent(
      '87 %28 days, 98 % of the samples; risk appetite standard',
    );
    const backtest = screen.getByRole('table', { name: 'Back-test' });
    expect(
      within(backtest).getByRole('row', { name: /Time throttled/ }),
    ).toHaveTextContent('0 min12 min+12 min');
    expect(
      within(backtest).getByRole('row', { name: /Cost/ }),
    ).toHaveTextContent('$66.00$21.60−$44.40');
  });

  it('breaks names of any length, and no word of a table', async () => {
    renderDetail();
    const title = await screen.findByRole('heading', { name: /akidb-rest/ });
    const table = screen.getByRole('table', { name: 'Back-test' });
    const page = title.parentElement!.parentElement!.parentElement!;
    expect(page).toContainElement(table);
    expect(getComputedStyle(page).overflowWrap).toBe('anywhere');
    expect(getComputedStyle(table).overflowWrap).toBe('normal');
    expect(
      getComputedStyle(within(table).getAllByRole('rowheader')[0]).overflowWrap,
    ).toBe('break-word');
  });

  it('describes both charts of a resource with the lines in them', async () => {
    renderDetail();
    expect(
      await screen.findByRole('img', {
        name: /Distribution of CPU use: half of the time below 210m.*Request now: 2; Request proposed: 650m/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', {
        name: /History of Memory use.*Limit proposed/,
      }),
    ).toBeInTheDocument();
  });

  it('words what advice comes to, and shows what has only a message', async () => {
    renderDetail();
    expect(
      await screen.findByText(
        'Set the request to 650m instead of 2 cores, without a limit.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^In 28 days the largest pod held 1.36 GiB/),
    ).toBeInTheDocument();
  });

  it('says from which day each resource counts, where they differ', async () => {
    const detail = adviceDetail();
    const { advice } = detail;
    const counted = {
      cpu: { from: '2026-09-21T00:00:00.000Z', days: 14 },
      memory: { from: advice.evidence.usedFrom, days: 28 },
    };
    renderDetail({
      api: mockCostApi({
        getAdviceDetail: jest.fn(async () => ({
          ...detail,
          advice: { ...advice, evidence: { ...advice.evidence, counted } },
        })),
      }),
    });
    expect(
      await screen.findByText(/The advice stands on 14 days, from/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/The advice stands on 28 days/)).toBeNull();
    expect(
      screen.getByText(/^Throttling is counted from .* on: before that, CPU/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^OOM kills are counted from/)).toBeNull();
  });

  it('has the charts as tables, gaps empty', async () => {
    renderDetail({}, '?cpu=table&cpu.at.sort=used.asc');
    expect(
      await screen.findByRole('table', { name: 'History of CPU' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: 'Distribution of CPU' }),
    ).toBeInTheDocument();
  });

  it('sets what VPA says beside it, and says which HPA target moves', async () => {
    renderDetail();
    const table = await screen.findByRole('table', {
      name: 'Recommendation of the VPA beside this advice',
    });
    expect(
      within(table).getByRole('row', { name: /VPA target/ }),
    ).toHaveTextContent('587m1.42 GiB');
    expect(
      screen.getByText(/change its CPU target from 20 % to 62 %/),
    ).toBeInTheDocument();
  });

  it('says which containers have to change with a target over all of them', async () => {
    const detail = adviceDetail();
    const [move] = detail.advice.hpa;
    const together = [
      {
        name: 'proxy',
        role: 'sidecar' as const,
        current: { request: 0.2 },
        proposed: { request: 0.1, limit: null },
      },
    ];
    renderDetail({
      api: mockCostApi({
        getAdviceDetail: jest.fn(async () => ({
          ...detail,
          advice: { ...detail.advice, hpa: [{ ...move, together }] },
        })),
      }),
    });
    expect(
      await screen.findByText(
        /measures all containers of the pod together: change its CPU target from 20 % to 62 %, and at the same time proxy to 100m\./,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/and the requests of the pod’s other containers/),
    ).toBeInTheDocument();
  });

  it('lists what the namespace and the nodes allow, or says that it is not known', async () => {
    const detail = adviceDetail();
    const show = (evidence: Partial<typeof detail.advice.evidence>) =>
      renderDetail({
        api: mockCostApi({
          getAdviceDetail: jest.fn(async () => ({
            ...detail,
            advice: {
              ...detail.advice,
              evidence: { ...detail.advice.evidence, ...evidence },
            },
          })),
        }),
      });
    const { unmount } = show({
      node: { cpuCores: 8, memoryBytes: 32 * 2 ** 30, nodePools: ['general'] },
      limits: [
        {
          kind: 'LimitRange',
          namespace: 'ml',
          name: 'bounds',
          lines: [
            { type: 'Container', resource: 'cpu', min: 0.1, default: 0.5 },
          ],
        },
        {
          kind: 'ResourceQuota',
          namespace: 'ml',
          name: 'team',
          hard: { memoryRequestBytes: 64 * 2 ** 30 },
          used: { memoryRequestBytes: 16 * 2 ** 30 },
          scopes: [],
        },
      ],
    });
    expect(
      (await screen.findByText('LimitRange bounds')).closest('li'),
    ).toHaveTextContent(
      'LimitRange bounds: CPU of a container: at least 100m, limit 500m where none is given',
    );
    expect(
      screen.getByText('ResourceQuota team').closest('li'),
    ).toHaveTextContent(
      'ResourceQuota team: requests.memory: 16 GiB of 64 GiB used',
    );
    expect(screen.getByText(/^Largest node: 8/)).toHaveTextContent('32 GiB');
    unmount();

    show({ limits: undefined });
    expect(
      await screen.findByText(
        /LimitRanges and ResourceQuotas of cluster us-west could not be read/,
      ),
    ).toBeInTheDocument();
  });

  it('shows a request of the pod beside this container’s part of it', async () => {
    const detail = adviceDetail();
    const { advice } = detail;
    renderDetail({
      api: mockCostApi({
        getAdviceDetail: jest.fn(async () => ({
          ...detail,
          advice: {
            ...advice,
            cpu: {
              ...advice.cpu,
              usage: undefined,
              pod: {
                current: { request: 4 },
                proposed: { request: 1.3, limit: null },
              },
            },
          },
        })),
      }),
    });
    const table = await screen.findByRole('table', { name: 'Settings: CPU' });
    expect(
      within(table).getByRole('row', { name: /Request of the pod/ }),
    ).toHaveTextContent('Request of the pod41.3');
    // Without a sample nobody knows how often it was short.
    expect(
      screen.getByRole('row', { name: /Time throttled/ }),
    ).toHaveTextContent('Time throttled–––');
  });

  it('offers the settings in three forms', async () => {
    renderDetail();
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Helm values' }),
    );
    const panel = screen.getByRole('tabpanel', { name: 'Helm values' });
    await waitFor(() => expect(panel).toHaveTextContent('cpu: 650m'));
  });

  it('dismisses with a reason, and says what that does', async () => {
    const api = mockCostApi();
    renderDetail({ api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Dismiss' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Dismiss this advice',
    });
    expect(dialog).toHaveTextContent(/Nothing in the cluster changes/);
    const save = within(dialog).getByRole('button', { name: 'Dismiss' });
    expect(save).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Why/ }),
      'A launch is near',
    );
    await userEvent.click(save);
    await waitFor(() =>
      expect(api.decideAdvice).toHaveBeenCalledWith(expect.any(String), {
        state: 'dismissed',
        reason: 'A launch is near',
      }),
    );
    await waitFor(() => expect(api.getAdviceDetail).toHaveBeenCalledTimes(2));
  });

  it('takes a decision back', async () => {
    const api = mockCostApi({
      getAdviceDetail: jest.fn(async () =>
        adviceDetail({
          row: adviceRow({
            decision: {
              state: 'snoozed',
              reason: 'Black Friday',
              by: 'user:default/mia',
              at: '2026-10-01T08:00:00.000Z',
              until: '2026-12-01T00:00:00.000Z',
            },
          }),
        }),
      ),
    });
    renderDetail({ api });
    expect(
      await screen.findByText(/Snoozed by mia.*Black Friday/),
    ).toHaveTextContent('Until 1 December 2026');
    await userEvent.click(screen.getByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(api.undoAdviceDecision).toHaveBeenCalled());
  });

  it('says which permission deciding takes', async () => {
    // Answers about permissions are remembered by entity.
    const api = mockCostApi({
      getAdviceDetail: async () =>
        adviceDetail({
          row: adviceRow({ entityRef: 'component:default/theirs' }),
        }),
    });
    renderDetail({ api, allowed: false });
    expect(await screen.findByText(/cost\.advice\.decide/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Dismiss' })).toBeDisabled();
  });

  it('says that more is to be paid, and that no node can go', async () => {
    const detail = adviceDetail();
    const api = mockCostApi({
      getAdviceDetail: async () => ({
        ...detail,
        advice: {
          ...detail.advice,
          money: {
            currency: 'USD',
            listMicros: '-7170000',
            realisableMicros: '0',
          },
        },
      }),
    });
    renderDetail({ api });
    expect(
      await screen.findByRole('group', { name: 'Costs more per month' }),
    ).toHaveTextContent('$7.17it protects rather than saves');
    expect(
      screen.getByRole('group', { name: 'Nodes give back per month' }),
    ).toHaveTextContent('$0if only this is done, no node can go');
  });

  it('does not call throttling measured at the limit no throttling', async () => {
    const detail = adviceDetail();
    const api = mockCostApi({
      getAdviceDetail: async () => ({
        ...detail,
        advice: {
          ...detail.advice,
          evidence: { ...detail.advice.evidence, throttledShare: 0.93 },
        },
      }),
    });
    renderDetail({ api });
    expect(
      await screen.findByRole('group', { name: /^Throttled/ }),
    ).toHaveTextContent('today’s limit cuts off up to 93 % of an hour');
    expect(
      screen.getByText(
        /it is throttled now in up to 93 % of an hour’s periods/,
      ),
    ).toBeInTheDocument();
  });

  it('compares nothing where no setting is proposed or held back', async () => {
    const detail = adviceDetail();
    const { cpu, memory } = detail.advice;
    const without = { status: 'withheld', proposed: undefined } as const;
    const api = mockCostApi({
      getAdviceDetail: async () => ({
        ...detail,
        advice: {
          ...detail.advice,
          status: 'withheld',
          money: undefined,
          cpu: { ...cpu, ...without },
          memory: { ...memory, ...without },
        },
      }),
    });
    renderDetail({ api });
    const backtest = await screen.findByRole('table', { name: 'Back-test' });
    expect(
      within(backtest)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['In these days', 'Now']);
    expect(
      screen.getByRole('group', { name: 'Nodes give back per month' }),
    ).toHaveTextContent('nothing is proposed, so no node can go');
  });

  it('says that the advice is not there, and where there is other', async () => {
    const api = mockCostApi({
      getAdviceDetail: async () => {
        throw Object.assign(new Error('gone'), { name: 'NotFoundError' });
      },
    });
    renderDetail({ api });
    expect(
      await screen.findByRole('heading', { name: 'This advice is not there' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All advice' })).toHaveAttribute(
      'href',
    );
  });

  it('opens the evidence', async () => {
    renderDetail({}, '?origin=evidence');
    const dialog = await screen.findByRole('dialog', {
      name: 'This advice: where it comes from',
    });
    expect(dialog).toHaveTextContent(
      'It covers 98 % of each of the 14 days that count, with 5 % to spare.',
    );
    expect(dialog).toHaveTextContent(
      '23,900, 98 % of those wanted, from 3 pods',
    );
  });

  it('says which key lets steering be read', async () => {
    const detail = adviceDetail();
    const api = mockCostApi({
      getAdviceDetail: async () => ({
        ...detail,
        advice: {
          ...detail.advice,
          evidence: { ...detail.advice.evidence, steering: null },
        },
      }),
    });
    renderDetail({ api });
    expect(
      await screen.findByText(/headroom\.clusters\[\]\.kubernetes/),
    ).toBeInTheDocument();
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderDetail();
    await screen.findByRole('table', { name: 'Back-test' });
    expect(await axeFindings(container)).toEqual([]);
  });
});
