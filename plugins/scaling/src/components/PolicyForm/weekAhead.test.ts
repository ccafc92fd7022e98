import { readPolicy } from '@headroom/plugin-scaling-common';
import { weekAhead } from './weekAhead';

const NOW = Date.UTC(2026, 5, 12, 12);

const ahead = (wish: object, outside: object = { type: 'untouched' }) => {
  const { policy, issues } = readPolicy(
    {
      id: 'nights',
      title: 'Nights',
      scope: { type: 'all' },
      lead: { type: 'fixed', seconds: 600 },
      outside,
      schedules: [
        {
          zone: 'UTC',
          windows: [
            {
              type: 'weekly',
              days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
              times: { start: '20:00', end: '06:00' },
              wish,
            },
          ],
        },
      ],
    },
    { nowMs: NOW },
  );
  if (!policy) {
    throw new Error(JSON.stringify(issues));
  }
  return weekAhead(policy, NOW, ({ message }) => message);
};

it('draws the lead before the end of a window of none, and says how long it is', () => {
  const { stretches, occurrences } = ahead({ type: 'zero' });
  expect(stretches.slice(0, 3)).toMatchObject([
    { to: '2026-06-12T20:00:00.000Z', lead: false },
    {
      to: '2026-06-13T05:50:00.000Z',
      wanted: { floor: 0, ceiling: 0 },
      lead: false,
    },
    {
      from: '2026-06-13T05:50:00.000Z',
      to: '2026-06-13T06:00:00.000Z',
      lead: true,
    },
  ]);
  expect(stretches[2].wanted).toBeUndefined();
  expect(occurrences[0]).toMatchObject({ leadMs: 600_000 });
});

it('has the lead of what gives capacity before its start', () => {
  const { stretches, occurrences } = ahead(
    { type: 'fixed', replicas: 3 },
    { type: 'zero' },
  );
  expect(stretches[1]).toMatchObject({
    from: '2026-06-12T19:50:00.000Z',
    lead: true,
    wanted: { floor: 3, ceiling: 3 },
  });
  expect(occurrences[0]).toMatchObject({ leadMs: 600_000 });
});
