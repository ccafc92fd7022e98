import {
  dated,
  makePolicy,
  makeSchedule,
  utc,
  utcText,
  weekly,
} from '../__testUtils__/makePolicy';
import { makeObject, makeTarget } from '../__testUtils__/makeTarget';
import { Policy, PolicyOverride } from '../policies/Policy';
import { ScheduleWindow } from '../policies/Schedule';
import { Wish } from '../policies/Wish';
import { expandWindows } from './expandWindows';
import { formatWindow } from './formatWindow';
import { PolicyClock } from './PolicyClock';
import { nextChanges, stateAt, timelineOf, untilNextWindow } from './stateAt';

const ZERO: Wish = { type: 'zero' };
const UNTOUCHED: Wish = { type: 'untouched' };
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Awake in office hours of Berlin, down else. */
const office = (over: Partial<Policy> = {}, ...more: ScheduleWindow[]) =>
  makePolicy({
    outside: ZERO,
    schedules: [
      makeSchedule([weekly(WEEKDAYS, '07:00-19:00', UNTOUCHED), ...more]),
    ],
    ...over,
  });

const override = (over: Partial<PolicyOverride> = {}): PolicyOverride => ({
  id: 'o1',
  direction: 'up',
  owner: 'user:default/ada',
  reason: 'Demo',
  from: '2026-06-12T20:00:00.000Z',
  until: '2026-06-12T22:00:00.000Z',
  ...over,
});

const wishAt = (policy: Policy, at: string) => stateAt(policy, utc(at)).wish;

/** `06-12 05:00-17:00 untouched` of a time line. */
function lineOf(policy: Policy, from: string, to: string): string[] {
  return timelineOf(PolicyClock.create(policy), utc(from), utc(to)).map(
    ({ startMs, endMs, state }) =>
      `${utcText(startMs).slice(5)} – ${utcText(endMs).slice(5)} ${
        state.wish.type
      }${state.lead ? ' (lead)' : ''}`,
  );
}

describe('S3 one zone a schedule', () => {
  it('each is read in its own, and what they want together is as of windows that overlap', () => {
    const both = makePolicy({
      outside: ZERO,
      schedules: ['Europe/Berlin', 'America/New_York'].map(zone =>
        makeSchedule([weekly(WEEKDAYS, '09:00-17:00', UNTOUCHED)], { zone }),
      ),
    });
    expect(lineOf(both, '2026-06-12 00:00', '2026-06-13 00:00')).toEqual([
      '06-12 00:00 – 06-12 07:00 zero',
      '06-12 07:00 – 06-12 13:00 untouched',
      '06-12 13:00 – 06-12 15:00 untouched',
      '06-12 15:00 – 06-12 21:00 untouched',
      '06-12 21:00 – 06-13 00:00 zero',
    ]);
  });

  it('a holiday of one isn’t one of the other', () => {
    const [berlin, newYork] = ['Europe/Berlin', 'America/New_York'].map(zone =>
      makeSchedule([weekly(WEEKDAYS, '09:00-17:00', UNTOUCHED)], { zone }),
    );
    const policy = makePolicy({
      outside: ZERO,
      schedules: [
        {
          ...berlin,
          exceptions: [
            {
              title: 'Day off',
              date: '2026-06-12',
              times: { allDay: true },
              wish: { type: 'outside' },
            },
          ],
        },
        newYork,
      ],
    });
    expect(wishAt(policy, '2026-06-12 08:00')).toEqual(ZERO);
    expect(wishAt(policy, '2026-06-12 14:00')).toEqual(UNTOUCHED);
  });
});

describe('S4 a window belongs to the day on which it starts', () => {
  const night = makePolicy({
    schedules: [makeSchedule([weekly(['fri'], '20:00-08:00', ZERO)])],
  });

  it('Fri 20:00–08:00 is the night after Friday, and no other part of one', () => {
    // caas-team/GoKubeDownscaler would read 00:00–08:00 of Friday, too.
    expect(wishAt(night, '2026-06-12 04:00')).toEqual(UNTOUCHED);
    expect(wishAt(night, '2026-06-12 18:00')).toEqual(ZERO);
    expect(wishAt(night, '2026-06-13 05:59')).toEqual(ZERO);
    expect(wishAt(night, '2026-06-13 06:00')).toEqual(UNTOUCHED);
    expect(wishAt(night, '2026-06-13 18:00')).toEqual(UNTOUCHED);
  });

  it('reads the weekday in the zone', () => {
    const monday = makePolicy({
      schedules: [
        makeSchedule([weekly(['mon'], { allDay: true }, ZERO)], {
          zone: 'Pacific/Auckland',
        }),
      ],
    });
    expect(wishAt(monday, '2026-06-14 11:59')).toEqual(UNTOUCHED);
    expect(wishAt(monday, '2026-06-14 12:00')).toEqual(ZERO);
    expect(wishAt(monday, '2026-06-15 12:00')).toEqual(UNTOUCHED);
  });

  it('knows a weekend as one window', () => {
    const weekend = makePolicy({
      schedules: [
        makeSchedule([
          {
            type: 'weekly',
            days: ['fri'],
            times: { start: '20:00', end: '06:00' },
            endDay: 'mon',
            wish: ZERO,
          },
        ]),
      ],
    });
    expect(lineOf(weekend, '2026-06-12 00:00', '2026-06-16 00:00')).toEqual([
      '06-12 00:00 – 06-12 18:00 untouched',
      '06-12 18:00 – 06-15 04:00 zero',
      '06-15 04:00 – 06-16 00:00 untouched',
    ]);
  });

  it('knows a weekend of whole days as one window', () => {
    const weekend: ScheduleWindow = {
      type: 'weekly',
      days: ['sat'],
      times: { allDay: true },
      endDay: 'sun',
      wish: ZERO,
    };
    const policy = makePolicy({ schedules: [makeSchedule([weekend])] });
    expect(lineOf(policy, '2026-06-12 00:00', '2026-06-16 00:00')).toEqual([
      '06-12 00:00 – 06-12 22:00 untouched',
      '06-12 22:00 – 06-14 22:00 zero',
      '06-14 22:00 – 06-16 00:00 untouched',
    ]);
    expect(formatWindow(weekend)).toBe('Sat 00:00-Mon 00:00');
  });

  it('knows start and duration, by weekday and by cron', () => {
    const by = (window: ScheduleWindow) =>
      lineOf(
        makePolicy({ schedules: [makeSchedule([window])] }),
        '2026-06-12 00:00',
        '2026-06-13 00:00',
      );
    const expected = [
      '06-12 00:00 – 06-12 05:00 untouched',
      '06-12 05:00 – 06-12 06:30 zero',
      '06-12 06:30 – 06-13 00:00 untouched',
    ];
    expect(
      by(weekly(['fri'], { start: '07:00', durationMinutes: 90 }, ZERO)),
    ).toEqual(expected);
    expect(
      by({ type: 'cron', cron: '0 7 * * 5', durationMinutes: 90, wish: ZERO }),
    ).toEqual(expected);
  });

  it('has no end before its end: a window holds up to 24:00', () => {
    const late = makePolicy({
      schedules: [makeSchedule([weekly('daily', '20:00-24:00', ZERO)])],
    });
    expect(wishAt(late, '2026-06-12 21:59')).toEqual(ZERO);
    expect(wishAt(late, '2026-06-12 22:00')).toEqual(UNTOUCHED);
  });

  it('is valid from and until the dates that are said', () => {
    const season = makePolicy({
      schedules: [
        makeSchedule([
          {
            type: 'weekly',
            days: ['fri', 'sat', 'sun'],
            times: { start: '20:00', end: '02:00' },
            validFrom: '2026-06-13',
            validUntil: '2026-06-13',
            wish: ZERO,
          },
        ]),
      ],
    });
    expect(
      lineOf(season, '2026-06-12 00:00', '2026-06-16 00:00').filter(line =>
        line.endsWith('zero'),
      ),
    ).toEqual(['06-13 18:00 – 06-14 00:00 zero']);
  });
});

describe('S7 overlap', () => {
  const at = (wishes: Wish[]) =>
    stateAt(
      makePolicy({
        schedules: [
          makeSchedule(
            wishes.map((wish, index) => ({
              ...weekly('daily', { allDay: true }, wish),
              title: `W${index}`,
            })),
          ),
        ],
      }),
      utc('2026-06-12 12:00'),
    );
  const bounds = (floor?: number, ceiling?: number): Wish => ({
    type: 'bounds',
    ...(floor !== undefined && { floor }),
    ...(ceiling !== undefined && { ceiling }),
  });
  const fixed = (replicas: number): Wish => ({ type: 'fixed', replicas });

  it.each([
    [
      'highest floor, lowest ceiling',
      [bounds(1, 9), bounds(3), bounds(undefined, 5)],
      bounds(3, 5),
      [],
    ],
    [
      'the floor wins over the ceiling',
      [bounds(4), bounds(undefined, 2)],
      bounds(4, 4),
      [
        'W0 and W1 overlap: the highest floor is 4 and the lowest ceiling is 2; the floor wins.',
      ],
    ],
    [
      'up wins over down',
      [ZERO, bounds(2)],
      bounds(2),
      [
        'W0 and W1 overlap, and not all of them want it down; in doubt it keeps running: at least 2 replicas.',
      ],
    ],
    [
      'in doubt it keeps running',
      [ZERO, UNTOUCHED],
      UNTOUCHED,
      [
        'W0 and W1 overlap, and not all of them want it down; in doubt it keeps running: as its owner has it.',
      ],
    ],
    [
      'fixed wins over bounds that it is in',
      [bounds(1, 5), fixed(3)],
      fixed(3),
      [],
    ],
    [
      'fixed wins over bounds that it isn’t in',
      [bounds(4), fixed(3)],
      fixed(3),
      [
        'W0 and W1 overlap: a fixed number wins over bounds that it is outside of, so it is 3 replicas.',
      ],
    ],
    [
      'the higher of two fixed',
      [fixed(1), fixed(3)],
      fixed(3),
      [
        'W0 and W1 want different numbers of replicas; the highest, 3 replicas, is kept.',
      ],
    ],
    ['down together', [ZERO, ZERO], ZERO, []],
  ] as Array<[string, Wish[], Wish, string[]]>)(
    '%s',
    (_, wishes, expected, conflicts) => {
      const state = at(wishes);
      expect(state.wish).toEqual(expected);
      expect(state.conflicts.map(({ text }) => text.message)).toEqual(
        conflicts,
      );
    },
  );

  it('has no dip where one window hands over to another (keda#6665)', () => {
    const policy = makePolicy({
      outside: ZERO,
      schedules: [
        makeSchedule([
          weekly('daily', '06:00-12:00'),
          weekly('daily', '12:00-18:00'),
        ]),
      ],
    });
    expect(
      expandWindows(
        policy,
        utc('2026-06-12 00:00'),
        utc('2026-06-13 00:00'),
      ).segments.map(
        ({ startMs, endMs, sources }) =>
          `${utcText(startMs)} ${utcText(endMs)} ${sources.length}`,
      ),
    ).toEqual(['2026-06-12 04:00 2026-06-12 16:00 2']);
  });
});

describe('S8 precedence', () => {
  const at = utc('2026-06-12 20:30');
  const exception = {
    title: 'Freeze',
    date: '2026-06-12',
    times: { allDay: true as const },
    wish: { type: 'fixed' as const, replicas: 9 },
  };
  // From the weakest: what each adds wins over all that was before.
  const steps: Array<[string, (policy: Policy) => Policy]> = [
    ['outside', policy => policy],
    [
      'recurring-window',
      policy => withWindow(policy, weekly('daily', '22:00-23:00')),
    ],
    [
      'dated-window',
      policy =>
        withWindow(
          policy,
          dated('2026-06-12', '22:00-23:00', { type: 'fixed', replicas: 3 }),
        ),
    ],
    [
      'exception',
      policy => ({
        ...policy,
        schedules: [{ ...policy.schedules[0], exceptions: [exception] }],
      }),
    ],
    ['exclusion', policy => ({ ...policy, exclusions: [{ targets: {} }] })],
    [
      'override-down',
      policy => ({ ...policy, overrides: [override({ direction: 'down' })] }),
    ],
    [
      'override-up',
      policy => ({
        ...policy,
        overrides: [...policy.overrides, override({ id: 'o2' })],
      }),
    ],
  ];

  it('kill switch, up, down, exclusion, exception, dated, recurring, outside', () => {
    let policy = makePolicy({ outside: ZERO, schedules: [makeSchedule([])] });
    for (const [because, add] of steps) {
      policy = add(policy);
      expect(stateAt(policy, at).because).toBe(because);
    }
    expect(stateAt(policy, at, undefined, { killSwitch: true })).toMatchObject({
      because: 'kill-switch',
      wish: { type: 'leave' },
    });
  });

  function withWindow(policy: Policy, window: ScheduleWindow): Policy {
    const [schedule] = policy.schedules;
    return {
      ...policy,
      schedules: [{ ...schedule, windows: [...schedule.windows, window] }],
    };
  }
});

describe('S10 overrides', () => {
  const policy = office({ overrides: [override()] });

  it('hold from and until, and then the windows do again', () => {
    expect(lineOf(policy, '2026-06-12 12:00', '2026-06-13 00:00')).toEqual([
      '06-12 12:00 – 06-12 17:00 untouched',
      '06-12 17:00 – 06-12 20:00 zero',
      '06-12 20:00 – 06-12 22:00 untouched',
      '06-12 22:00 – 06-13 00:00 zero',
    ]);
  });

  it('say who wants it, why and until when', () => {
    expect(stateAt(policy, utc('2026-06-12 21:00'))).toMatchObject({
      override: 'o1',
      untilMs: utc('2026-06-12 22:00'),
      reason: {
        message:
          'user:default/ada keeps it up until 2026-06-12T22:00:00.000Z (Demo); it is wanted as its owner has it.',
      },
    });
  });

  it.each([
    [{ floor: 3 }, { type: 'bounds', floor: 3 }],
    [{ direction: 'down' as const }, ZERO],
    // It doesn't wake what sleeps.
    [{ direction: 'down' as const, ceiling: 2 }, ZERO],
  ])('%j wants %j', (over, wish) => {
    expect(
      wishAt(office({ overrides: [override(over)] }), '2026-06-12 21:00'),
    ).toEqual(wish);
  });

  it.each<[Wish, Wish]>([
    [UNTOUCHED, { type: 'bounds', ceiling: 4 }],
    [
      { type: 'bounds', floor: 6, ceiling: 9 },
      { type: 'bounds', floor: 4, ceiling: 4 },
    ],
    [
      { type: 'bounds', floor: 2, ceiling: 3 },
      { type: 'bounds', floor: 2, ceiling: 3 },
    ],
    [
      { type: 'fixed', replicas: 6 },
      { type: 'fixed', replicas: 4 },
    ],
  ])('of %j no more than 4 is %j', (outside, wish) => {
    const down = override({ direction: 'down', ceiling: 4 });
    expect(
      wishAt(makePolicy({ outside, overrides: [down] }), '2026-06-12 21:00'),
    ).toEqual(wish);
  });

  it('that keep it up don’t hide the lead of a window', () => {
    const floored = makePolicy({
      outside: ZERO,
      lead: { type: 'fixed', seconds: 900 },
      schedules: [
        makeSchedule(
          [weekly('daily', '22:00-23:00', { type: 'bounds', floor: 5 })],
          { zone: 'UTC' },
        ),
      ],
      overrides: [override({ floor: 2, until: '2026-06-12T23:00:00.000Z' })],
    });
    expect(wishAt(floored, '2026-06-12 21:44')).toMatchObject({ floor: 2 });
    expect(wishAt(floored, '2026-06-12 21:45')).toMatchObject({ floor: 5 });
  });

  it('keep at least what a window wants', () => {
    const floored = makePolicy({
      schedules: [
        makeSchedule([
          weekly(
            'daily',
            { allDay: true },
            {
              type: 'bounds',
              floor: 5,
              ceiling: 6,
            },
          ),
        ]),
      ],
      overrides: [override({ floor: 2 })],
    });
    expect(wishAt(floored, '2026-06-12 21:00')).toMatchObject({ floor: 5 });
  });

  it('until the next window is an instant', () => {
    const until = untilNextWindow(
      policy,
      utc('2026-06-12 20:30'),
      7 * 86_400_000,
    );
    expect(until && utcText(until)).toBe('2026-06-15 05:00');
    expect(
      untilNextWindow(makePolicy(), utc('2026-06-12 20:30'), 86_400_000),
    ).toBeUndefined();
  });

  it('of some workloads are of those only', () => {
    const some = office({
      overrides: [override({ targets: { names: ['web*'] } })],
    });
    const web = makeTarget();
    const api = makeTarget({ workload: makeObject({ name: 'api' }) });
    const at = utc('2026-06-12 21:00');
    expect(stateAt(some, at, web).because).toBe('override-up');
    expect(stateAt(some, at, api).because).toBe('outside');
    expect(stateAt(some, at).because).toBe('outside');
  });
});

describe('S11 holidays and exclusions', () => {
  const calendars = {
    be: {
      id: 'be',
      title: 'Berlin',
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      days: [
        { title: 'Christmas', date: '2026-12-25', lastDate: '2026-12-26' },
        {
          title: 'Christmas Eve',
          date: '2026-12-24',
          times: { start: '14:00', end: '24:00' },
        },
      ],
    },
  };
  const policy = makePolicy({
    outside: ZERO,
    schedules: [
      makeSchedule([weekly('daily', '07:00-19:00', UNTOUCHED)], {
        holidays: [{ calendar: 'be', wish: { type: 'outside' } }],
      }),
    ],
  });
  const at = (text: string) =>
    stateAt(policy, utc(text), undefined, { calendars });

  it('are dates of the zone, with a time of day', () => {
    expect(at('2026-12-24 12:59').wish).toEqual(UNTOUCHED);
    expect(at('2026-12-24 13:00')).toMatchObject({
      wish: ZERO,
      because: 'exception',
      reason: { message: 'On Christmas Eve it is wanted down.' },
    });
    expect(at('2026-12-26 12:00').wish).toEqual(ZERO);
    expect(at('2026-12-27 12:00').wish).toEqual(UNTOUCHED);
  });

  it('an exclusion ends at its instant', () => {
    const excluded = office({
      exclusions: [
        {
          targets: { selector: 'app=web' },
          reason: 'Migration',
          until: '2026-06-12T21:00:00.000Z',
        },
      ],
    });
    const state = (text: string) => stateAt(excluded, utc(text), makeTarget());
    expect(state('2026-06-12 20:59')).toMatchObject({
      wish: UNTOUCHED,
      because: 'exclusion',
      untilMs: utc('2026-06-12 21:00'),
    });
    expect(state('2026-06-12 21:00').wish).toEqual(ZERO);
  });
});

describe('S13 lead', () => {
  it('is before the end of what takes capacity, too', () => {
    const nights = makePolicy({
      lead: { type: 'fixed', seconds: 600 },
      schedules: [makeSchedule([weekly('daily', '20:00-06:00', ZERO)])],
    });
    expect(lineOf(nights, '2026-06-12 12:00', '2026-06-13 12:00')).toEqual([
      '06-12 12:00 – 06-12 18:00 untouched',
      '06-12 18:00 – 06-13 03:50 zero',
      '06-13 03:50 – 06-13 04:00 untouched (lead)',
      '06-13 04:00 – 06-13 12:00 untouched',
    ]);
    expect(stateAt(nights, utc('2026-06-13 03:50')).reason.message).toBe(
      'From 2026-06-13T04:00:00.000Z on more is wanted: it is wanted as its owner has it now, so that it is there in time.',
    );
    // Whatever is wanted from then on.
    const wish: Wish = { type: 'fixed', replicas: 4 };
    const handedOver = makePolicy({
      ...nights,
      schedules: [
        makeSchedule([
          ...nights.schedules[0].windows,
          weekly('daily', '06:00-08:00', wish),
        ]),
      ],
    });
    expect(wishAt(handedOver, '2026-06-13 03:55')).toEqual(wish);
  });

  it('is before what gives capacity beside what is wanted outside of it', () => {
    const lead = { type: 'fixed', seconds: 600 } as const;
    const schedules = (wish: Wish) => [
      makeSchedule([weekly('daily', '08:00-18:00', wish)]),
    ];
    const opened = makePolicy({
      lead,
      outside: ZERO,
      schedules: schedules({ type: 'bounds', ceiling: 5 }),
    });
    expect(stateAt(opened, utc('2026-06-13 05:55')).lead).toBe(true);
    // A window of less: what is wanted after it is wanted before its end.
    const lowered = makePolicy({
      lead,
      outside: { type: 'fixed', replicas: 10 },
      schedules: schedules({ type: 'fixed', replicas: 2 }),
    });
    expect(stateAt(lowered, utc('2026-06-13 05:55')).lead).toBe(false);
    expect(stateAt(lowered, utc('2026-06-13 15:55'))).toMatchObject({
      lead: true,
      wish: { type: 'fixed', replicas: 10 },
    });
  });

  const target = makeTarget({ startUpSeconds: 600 });

  it('is a stretch of its own, by what was measured', () => {
    const policy = office({ lead: { type: 'measured' } });
    const clock = PolicyClock.create(policy);
    const [turn, next] = nextChanges(
      clock,
      utc('2026-06-12 00:00'),
      86_400_000,
      target,
    );
    expect(utcText(turn.atMs)).toBe('2026-06-12 04:50');
    expect(turn.after).toMatchObject({
      lead: true,
      wish: UNTOUCHED,
      windowStartMs: utc('2026-06-12 05:00'),
      reason: {
        message:
          'Mon-Fri 07:00-19:00 Europe/Berlin begins soon: it is wanted as its owner has it now, so that it is there in time.',
      },
    });
    expect(utcText(next.atMs)).toBe('2026-06-12 17:00');
    // Nobody knows how long it takes: no lead.
    expect(
      nextChanges(clock, utc('2026-06-12 00:00'), 86_400_000).map(({ atMs }) =>
        utcText(atMs),
      ),
    ).toEqual(['2026-06-12 05:00', '2026-06-12 17:00']);
  });

  it('isn’t where the window won’t decide, as on a holiday', () => {
    const policy = office({ lead: { type: 'fixed', seconds: 600 } });
    const holiday = {
      ...policy,
      schedules: [
        {
          ...policy.schedules[0],
          exceptions: [
            {
              title: 'Off',
              date: '2026-06-12',
              times: { start: '07:00', end: '24:00' },
              wish: { type: 'zero' as const },
            },
          ],
        },
      ],
    };
    expect(wishAt(policy, '2026-06-12 04:55')).toEqual(UNTOUCHED);
    expect(wishAt(holiday, '2026-06-12 04:55')).toEqual(ZERO);
  });
});

it('S16 an edit takes effect at once, and nothing of the old schedule is left', () => {
  const at = utc('2026-06-12 20:30');
  const before = office();
  const edited = office({}, weekly('daily', '22:00-23:00', UNTOUCHED));
  expect(stateAt(before, at).wish).toEqual(ZERO);
  expect(stateAt(edited, at).wish).toEqual(UNTOUCHED);
  expect(stateAt(before, at).wish).toEqual(ZERO);
});

describe('what other tools do otherwise', () => {
  it('a recurring window and a dated one end alike, before their end (kube-downscaler: end-inclusive)', () => {
    const policy = makePolicy({
      schedules: [makeSchedule([dated('2026-06-12', '20:00-22:00', ZERO)])],
    });
    expect(wishAt(policy, '2026-06-12 20:00')).toEqual(UNTOUCHED);
  });

  it('two windows that disagree are decided and shown, and nothing is skipped (GoKubeDownscaler)', () => {
    const policy = makePolicy({
      schedules: [
        makeSchedule([
          weekly('daily', { allDay: true }, ZERO),
          weekly('daily', '08:00-10:00', { type: 'fixed', replicas: 2 }),
        ]),
      ],
    });
    expect(stateAt(policy, utc('2026-06-12 07:00'))).toMatchObject({
      wish: { type: 'fixed', replicas: 2 },
      conflicts: [{}],
    });
  });

  it('a controller that was away for a boundary is late, never wrong (kube-green, cronhpa)', () => {
    // Asked for the first time hours after the window began.
    expect(wishAt(office(), '2026-06-12 23:59')).toEqual(ZERO);
  });
});
