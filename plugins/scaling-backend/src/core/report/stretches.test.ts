import {
  PolicyClock,
  readPolicy,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { Turns } from './stretches';

/** A Saturday. */
const NOW = Date.UTC(2026, 10, 28, 12);
const TARGET = { workload: { kind: 'Deployment' } } as ScalingTarget;

function clockOf(days: string[]): PolicyClock {
  const { policy } = readPolicy(
    {
      id: 'office',
      title: 'Office',
      scope: { type: 'all' },
      outside: { type: 'zero' },
      lead: { type: 'none' },
      schedules: [
        {
          zone: 'UTC',
          windows: [
            {
              type: 'weekly',
              days,
              times: { start: '07:00', end: '19:00' },
              wish: { type: 'untouched' },
            },
          ],
        },
      ],
    },
    { nowMs: NOW },
  );
  return PolicyClock.create(policy!);
}

it('is found beyond a day, as on a weekend', () => {
  const next = Turns.create().finder(NOW);
  expect(next(clockOf(['mon']), TARGET)).toMatchObject({
    from: '2026-11-30T07:00:00.000Z',
    to: '2026-11-30T19:00:00.000Z',
  });
  expect(next(clockOf(['sun']), TARGET)).toMatchObject({
    from: '2026-11-29T07:00:00.000Z',
  });
});

it('looks far for so many policies in one request, and for the others in the next', () => {
  const turns = Turns.create();
  const clocks = Array.from({ length: 600 }, () => clockOf(['mon']));
  const found = () => {
    const next = turns.finder(NOW + 60_000);
    return clocks.filter(clock => next(clock, TARGET)).length;
  };
  expect([found(), found()]).toEqual([500, 600]);
});

it('is of the time that it is, though turns are kept', () => {
  const turns = Turns.create();
  const clock = clockOf(['mon']);
  turns.finder(NOW)(clock, TARGET);
  expect(turns.finder(NOW + 30 * 60_000)(clock, TARGET)?.from).toBe(
    '2026-11-30T07:00:00.000Z',
  );
});
