import { NotFoundError } from '@backstage/errors';
import { wordRunning } from '@headroom/plugin-cost-common';
import { act, screen, within } from '@testing-library/react';
import { axeFindings } from '../../__testUtils__/axe';
import { component, mockCostApi, renderCost } from '../../__testUtils__/render';
import { serviceReport } from '../../__testUtils__/reports';
import { runningService } from '../../__testUtils__/runningService';
import { EntityCost } from '../EntityCost';
import { EntityCostCard } from '../EntityCostCard';
import { refreshUntilMeasured } from './refreshUntilMeasured';

jest.setTimeout(60_000);

const noData = () => serviceReport({ status: 'no-data' });
const notYet = () => {
  const report = serviceReport();
  const projection = { status: 'not-yet' as const, reason: 'Too few days.' };
  return { ...report, headline: { ...report.headline, projection } };
};
const apiOf = (
  report: () => ReturnType<typeof serviceReport>,
  running = runningService(),
) =>
  mockCostApi({
    getServiceReport: jest.fn(async () => report()),
    getRunning: jest.fn(async () => running),
  });

describe.each([
  ['the Cost tab', <EntityCost />],
  ['the Cost card', <EntityCostCard />],
])('%s of a service that was just created', (_, page) => {
  it('says what runs now, and when measured figures come', async () => {
    renderCost(page, { api: apiOf(noData), entity: component });
    expect(
      await screen.findByText(
        'Running now: about $13.58 a month at 2 replicas.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'That is $0.0186 an hour. The first measured hour comes in after 13:05 CEST.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^This is what its pods request now/),
    ).toBeInTheDocument();
  });

  it('says what it costs at least, where something has no price', async () => {
    const api = apiOf(noData, runningService({ complete: false }));
    renderCost(page, { api, entity: component });
    expect(
      await screen.findByText(
        'Running now: at least $13.58 a month at 2 replicas.',
      ),
    ).toBeInTheDocument();
  });

  it('does not take what is not known for nothing', async () => {
    const { hourly, monthly, ...rest } = runningService({ complete: false });
    renderCost(page, {
      api: apiOf(noData, { ...rest, workloads: [] }),
      entity: component,
    });
    expect(
      await screen.findByText('Running now: what it costs is not known yet.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/\$/)).not.toBeInTheDocument();
  });

  it('says it until there is a projection', async () => {
    renderCost(page, { api: apiOf(notYet), entity: component });
    expect(
      await screen.findByText(/^Running now: about \$13\.58 a month/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/It stands here until there is a projection/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/first measured hour/)).not.toBeInTheDocument();
  });

  it('leaves measured figures alone', async () => {
    const api = apiOf(serviceReport);
    renderCost(page, { api, entity: component });
    expect((await screen.findAllByText('$43.01'))[0]).toBeInTheDocument();
    expect(api.getRunning).not.toHaveBeenCalled();
  });

  it('waits until the service was read from the catalog, and shows it then by itself', async () => {
    jest.useFakeTimers();
    try {
      const getServiceReport = jest
        .fn()
        .mockRejectedValueOnce(new NotFoundError('it is read every 15 seconds'))
        .mockImplementation(async () => noData());
      const api = mockCostApi({ getServiceReport });
      renderCost(page, { api, entity: component });
      expect(
        await screen.findByText(/not read from the catalog yet/),
      ).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(9_000));
      expect(getServiceReport).toHaveBeenCalledTimes(1);
      await act(() => jest.advanceTimersByTimeAsync(2_000));
      expect(getServiceReport).toHaveBeenCalledTimes(2);
      expect(
        await screen.findByText(/^Running now: about/),
      ).toBeInTheDocument();
      expect(
        screen.queryByText(/not read from the catalog yet/),
      ).not.toBeInTheDocument();
    } finally {
      jest.useRealTimers();
    }
  });

  it('has no serious accessibility findings', async () => {
    const { container } = renderCost(page, {
      api: apiOf(noData),
      entity: component,
    });
    await screen.findByText(/^Running now: about/);
    expect(await axeFindings(container)).toEqual([]);
  });
});

describe('what runs now on the Cost tab', () => {
  it('names each workload, and dashes for what is not known', async () => {
    const [known] = runningService().workloads;
    const { hourly, monthly, replicas, ...jobs } = known;
    const running = runningService({
      complete: false,
      workloads: [
        known,
        { ...jobs, kind: 'CronJob', name: 'nightly', resources: [] },
      ],
      unknown: [
        {
          workload: 'nightly',
          said: wordRunning('byItsOwner', { workload: 'nightly' }),
        },
      ],
    });
    renderCost(<EntityCost />, {
      api: apiOf(noData, running),
      entity: component,
    });
    const table = await screen.findByRole('table', { name: 'What runs now' });
    expect(
      within(table).getByRole('row', { name: /Deployment parcels/ }),
    ).toHaveTextContent('Deployment parcelsus-west · parcels2$0.0186$13.58');
    expect(
      within(table).getByRole('row', { name: /CronJob nightly/ }),
    ).toHaveTextContent('us-west · parcels–––');
    expect(
      screen.getByText(/nightly has pods only while it has work/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('This is what a core-hour cost.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Use beyond requests/)).toBeInTheDocument();
  });

  it('is asked for in the currency of the page', async () => {
    const api = apiOf(noData);
    renderCost(<EntityCost />, {
      api,
      entity: component,
      url: '/?currency=EUR',
    });
    await screen.findByText(/^Running now:/);
    expect(api.getRunning.mock.calls[0].slice(0, 2)).toEqual([
      'component:default/akidb-rest',
      { currency: 'EUR' },
    ]);
  });

  it('says that nothing runs of what has no replicas', async () => {
    const running = runningService({ replicas: 0, hourly: '0', monthly: '0' });
    renderCost(<EntityCost />, {
      api: apiOf(noData, running),
      entity: component,
    });
    expect(
      await screen.findByText(/^No replica of it runs now/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/first measured hour/)).not.toBeInTheDocument();
  });
});

describe('refreshUntilMeasured', () => {
  it('looks again until there are figures, and not for ever', () => {
    expect(refreshUntilMeasured({ status: 'no-workloads' }, 0)).toBe(10_000);
    expect(refreshUntilMeasured({ status: 'no-data' }, 89)).toBe(60_000);
    expect(refreshUntilMeasured({ status: 'no-data' }, 90)).toBeUndefined();
    expect(refreshUntilMeasured({ status: 'ok' }, 0)).toBeUndefined();
  });
});
