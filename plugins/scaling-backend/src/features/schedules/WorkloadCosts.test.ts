import { mockServices } from '@backstage/backend-test-utils';
import {
  WorkloadHours,
  WorkloadHoursQuery,
} from '@headroom/plugin-cost-common';
import { ScalingTarget } from '@headroom/plugin-scaling-common';
import { WorkloadCosts } from './WorkloadCosts';

const NOW = '2026-11-28T20:17:00Z';
const { signal } = new AbortController();

const target = (name: string, kind = 'Deployment') =>
  ({
    workload: { cluster: 'c', namespace: 'shop', kind, name },
  } as ScalingTarget);

const hour = (at: number, micros: string) => ({
  at: new Date(Date.UTC(2026, 10, 28, at)).toISOString(),
  micros,
});

function setUp(
  answer: (query: WorkloadHoursQuery) => WorkloadHours['workloads'],
) {
  let now = new Date(NOW);
  const asked: WorkloadHoursQuery[] = [];
  const costs = WorkloadCosts.create({
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    now: () => now,
    costs: {
      getWorkloadHours: async query => {
        asked.push(query);
        return { currency: 'USD', workloads: answer(query) };
      },
    },
  });
  return {
    costs,
    asked,
    later: (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

it('is the mean of the newest hours in which it ran', async () => {
  const { costs, asked } = setUp(() => [
    {
      hours: [
        hour(15, '9000'),
        hour(16, '100'),
        hour(17, '200'),
        hour(18, '0'),
        hour(19, '600'),
      ],
    },
  ]);
  await costs.read([target('web')], signal);
  expect(asked).toEqual([
    {
      workloads: [
        { cluster: 'c', namespace: 'shop', kind: 'Deployment', name: 'web' },
      ],
      from: '2026-11-27T20:00:00Z',
      to: '2026-11-28T20:00:00Z',
    },
  ]);
  expect(costs.of(target('web'))).toEqual({
    perHour: '300',
    currency: 'USD',
    hours: 3,
  });
});

it('takes the idle hours of a CronJob into its mean', async () => {
  const { costs } = setUp(() => [{ hours: [hour(18, '0'), hour(19, '600')] }]);
  await costs.read([target('report', 'CronJob')], signal);
  expect(costs.of(target('report', 'CronJob'))).toMatchObject({
    perHour: '300',
    hours: 2,
  });
});

it('asks for many at a time, and for what it knows not before an hour is over', async () => {
  const { costs, asked, later } = setUp(({ workloads }) =>
    workloads.map(() => ({ hours: [] })),
  );
  const many = Array.from({ length: 450 }, (_, i) => target(`w${i}`));
  await costs.read(many, signal);
  expect(asked.map(({ workloads }) => workloads.length)).toEqual([
    200, 200, 50,
  ]);
  await costs.read(many, signal);
  expect(asked).toHaveLength(3);
  expect(costs.of(many[0])).toMatchObject({
    message: expect.stringContaining('no hour of the last day is priced'),
  });
  later(61);
  await costs.read(many.slice(0, 1), signal);
  expect(asked).toHaveLength(4);
});

it('says that it could not be asked, and asks again after a while', async () => {
  let isUp = false;
  const { costs, asked, later } = setUp(() => {
    if (!isUp) {
      throw new Error('connect ECONNREFUSED');
    }
    return [{ hours: [hour(19, '600')] }];
  });
  await costs.read([target('web')], signal);
  await costs.read([target('web')], signal);
  expect(asked).toHaveLength(1);
  expect(costs.of(target('web'))).toMatchObject({
    message: expect.stringContaining('could not be asked of the cost plugin'),
  });
  isUp = true;
  later(6);
  await costs.read([target('web')], signal);
  expect(costs.of(target('web'))).toMatchObject({ perHour: '600' });
});
