import { readAnnotationPolicy } from './annotations';
import { readPolicy } from './checkPolicy';

const nowMs = Date.parse('2026-11-28T00:00:00Z');

/** What docs/concepts/schedules.md shows. */
it('the documented policy', () => {
  const { policy, issues } = readPolicy(
    {
      id: 'shop-nights',
      title: 'The shop sleeps at night',
      scope: { type: 'namespace', namespace: 'shop' },
      mode: 'propose',
      outside: { type: 'zero' },
      schedules: [
        {
          zone: 'Europe/Berlin',
          windows: [
            {
              type: 'weekly',
              days: ['mon', 'tue', 'wed', 'thu', 'fri'],
              times: { start: '07:00', end: '19:00' },
              wish: { type: 'untouched' },
            },
            {
              type: 'dated',
              date: '2026-11-27',
              times: { allDay: true },
              wish: { type: 'bounds', floor: 6 },
            },
          ],
          exceptions: [
            {
              title: 'Christmas',
              date: '2026-12-24',
              lastDate: '2026-12-26',
              wish: { type: 'outside' },
            },
          ],
        },
      ],
    },
    { nowMs },
  );
  expect(policy).toBeDefined();
  expect(issues).toEqual([]);
});

describe('documented annotations', () => {
  it.each([
    'Mon-Fri 07:00-19:00 Europe/Berlin; outside=zero',
    'daily 22:00-06:00; Fri 20:00-Mon 06:00; Sat,Sun all day; zone=UTC',
    'Mon 07:00 for 90m; cron "0 7 * * 1-5" for 10h; 2026-12-24..2026-12-26 all day; zone=UTC',
    'Mon 07:00-19:00 min=2 max=5 UTC; except 2026-12-24; except 2026-12-31 12:00-24:00 fixed=2',
    'Mon 07:00-19:00 UTC; outside=min=1; mode=enforce; grace=30m; lead=measured; approval=two; title=Nights',
  ])('%s', schedule => {
    const { policy, issues } = readAnnotationPolicy(
      {
        'headroom.io/schedule': schedule,
        'headroom.io/keep-up':
          'until 2026-12-01T18:00:00Z by user:default/ada because sales shows it',
        'headroom.io/keep-down':
          'until 2026-12-01T18:00:00Z by user:default/ada because it is being moved',
        'headroom.io/schedule-exclude': 'until 2026-12-01T18:00:00Z',
      },
      { on: 'entity', entityRef: 'component:default/web' },
      { nowMs },
    );
    expect(policy).toBeDefined();
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
