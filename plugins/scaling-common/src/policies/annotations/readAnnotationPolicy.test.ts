import fc from 'fast-check';
import { formatWindow, formatWish } from '../../schedules/formatWindow';
import { ScheduleWindow, WEEKDAYS } from '../Schedule';
import { AnnotatedSubject } from './AnnotatedSubject';
import { readAnnotationPolicy } from './readAnnotationPolicy';

const nowMs = Date.parse('2026-06-12T12:00:00.000Z');
const WEB: AnnotatedSubject = {
  on: 'workload',
  cluster: 'one',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};

const read = (text: string, subject: AnnotatedSubject = WEB) =>
  readAnnotationPolicy({ 'headroom.io/schedule': text }, subject, { nowMs });
const windowsOf = (text: string) =>
  read(`zone=Europe/Berlin; ${text}`).policy?.schedules[0].windows;

describe('headroom.io/schedule', () => {
  it('is a policy of the workload that has it', () => {
    expect(read('Mon-Fri 07:00-19:00 Europe/Berlin; outside=0')).toEqual({
      overrides: [],
      exclusions: [],
      issues: [],
      policy: {
        id: 'annotation:one/shop/Deployment/web',
        title: 'Deployment shop/web',
        origin: {
          type: 'annotation',
          on: 'workload',
          of: 'Deployment shop/web',
        },
        scope: {
          type: 'workload',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'web',
        },
        clusters: ['one'],
        mode: 'observe',
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
            ],
            exceptions: [],
            holidays: [],
          },
        ],
        outside: { type: 'zero' },
        exclusions: [],
        overrides: [],
        graceMinutes: 15,
        lead: { type: 'measured' },
        twoPersons: false,
        limits: {},
      },
    });
  });

  it.each([
    ['component:default/web', 'service'],
    ['System:default/shop', 'system'],
    ['group:default/red', 'team'],
  ])('of %s is for the %s', (entityRef, type) => {
    expect(
      read('daily all day UTC min=1', { on: 'entity', entityRef }).policy,
    ).toBeUndefined();
    expect(
      read('daily all day min=1 UTC', { on: 'entity', entityRef }).policy,
    ).toMatchObject({
      id: `annotation:${entityRef.toLocaleLowerCase('en-US')}`,
      scope: { type, entityRef },
    });
  });

  it('reads settings', () => {
    expect(
      read(
        'Mon 07:00-19:00 UTC; mode=enforce; grace=1h30m; lead=5m; approval=two; title=Nights; outside=min=1 max=2; holidays=be',
      ).policy,
    ).toMatchObject({
      mode: 'enforce',
      graceMinutes: 90,
      lead: { type: 'fixed', seconds: 300 },
      twoPersons: true,
      title: 'Nights',
      outside: { type: 'bounds', floor: 1, ceiling: 2 },
      schedules: [
        { holidays: [{ calendar: 'be', wish: { type: 'outside' } }] },
      ],
    });
  });

  it('reads exceptions', () => {
    expect(
      read(
        'daily 07:00-19:00 UTC; except 2026-12-24..2026-12-26; except 2026-12-31 12:00-24:00 fixed=2',
      ).policy?.schedules[0].exceptions,
    ).toEqual([
      {
        title: '2026-12-24..2026-12-26',
        date: '2026-12-24',
        lastDate: '2026-12-26',
        times: { allDay: true },
        wish: { type: 'outside' },
      },
      {
        title: '2026-12-31',
        date: '2026-12-31',
        times: { start: '12:00', end: '24:00' },
        wish: { type: 'fixed', replicas: 2 },
      },
    ]);
  });

  it('has a schedule a zone', () => {
    expect(
      read(
        'Mon 07:00-19:00 Europe/Berlin; Mon 07:00-19:00 America/New_York min=1',
      ).issues,
    ).toHaveLength(1);
    expect(
      read(
        'Mon 07:00-19:00 Europe/Berlin; Mon 07:00-19:00 America/New_York',
      ).policy?.schedules.map(({ zone }) => zone),
    ).toEqual(['Europe/Berlin', 'America/New_York']);
  });

  it('is read back as it is written', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(parts => parts.map(each => String(each).padStart(2, '0')).join(':'));
    const times = fc.oneof(
      fc
        .tuple(time, time)
        .filter(([start, end]) => start !== end)
        .map(([start, end]) => ({ start, end })),
      fc.record({
        start: time,
        durationMinutes: fc.integer({ min: 1, max: 999 }),
      }),
      fc.constant({ allDay: true as const }),
    );
    const wish = fc.constantFrom(
      { type: 'zero' as const },
      { type: 'untouched' as const },
      { type: 'fixed' as const, replicas: 3 },
      { type: 'bounds' as const, floor: 0, ceiling: 4 },
      { type: 'bounds' as const, ceiling: 4 },
    );
    const window: fc.Arbitrary<ScheduleWindow> = fc.oneof(
      fc.record({
        type: fc.constant('weekly' as const),
        days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
        times,
        wish,
      }),
      fc.record({
        type: fc.constant('dated' as const),
        date: fc.constant('2026-12-24'),
        lastDate: fc.constant('2026-12-26'),
        times,
        wish,
      }),
      fc.record({
        type: fc.constant('cron' as const),
        cron: fc.constantFrom('0 7 * * 1-5', '30 2 1 * *'),
        durationMinutes: fc.integer({ min: 1, max: 9999 }),
        wish,
      }),
      fc.constant<ScheduleWindow>({
        type: 'weekly',
        days: ['fri'],
        times: { start: '20:00', end: '06:00' },
        endDay: 'mon',
        wish: { type: 'zero' },
      }),
    );
    fc.assert(
      fc.property(window, each => {
        expect(
          windowsOf(`${formatWindow(each)} ${formatWish(each.wish)}`),
        ).toEqual([each]);
      }),
    );
  });

  it('reads days in any order, and weeks that begin on any day', () => {
    expect(windowsOf('Sat-Mon,Wed all day')).toMatchObject([
      { days: ['mon', 'wed', 'sat', 'sun'] },
    ]);
  });

  it.each([
    [
      'Mon-Fry 07:00-19:00 UTC',
      'says "Mon-Fry 07:00-19:00 UTC", in which "Mon-Fry" isn’t understood; days are Mon, Mon-Fri, Mon,Wed or daily.',
    ],
    [
      'Mon 7-19 UTC',
      '"7-19" isn’t understood; times are 07:00-19:00, 07:00 for 90m or all day.',
    ],
    ['Mon 25:00-19:00 UTC', '"25:00-19:00" isn’t understood; times are'],
    ['Mon', 'in which more is expected; times are'],
    ['Mon 07:00 for 9 UTC', '"9" isn’t understood; a duration is 90m or 10h.'],
    [
      'cron 0 7 * * * for 10h UTC',
      '"0" isn’t understood; a cron expression stands in double quotes',
    ],
    [
      'cron "0 7 * * *" UTC',
      '"UTC" isn’t understood; a cron expression stands in double quotes and has a duration',
    ],
    [
      'cron "0 7 * *" for 10h UTC',
      'can’t be: schedules[0].windows[0].cron is 0 7 * *, which can’t be read',
    ],
    ['Mon 07:00-19:00', 'in which there is no zone; write it after the times'],
    [
      'Mon 07:00-19:00 Europe/Berlim',
      'can’t be: schedules[0].zone is Europe/Berlim, and there is no such time zone',
    ],
    [
      'Mon 07:00-19:00 min=two UTC',
      '"min=two" isn’t understood; what is wanted is',
    ],
    [
      'Mon 07:00-19:00 UTC min=2',
      '"min=2" isn’t understood; what is wanted is',
    ],
    [
      'Mon 07:00-19:00 min=5 max=2 UTC',
      'can’t be: schedules[0].windows[0].wish.floor is 5, above the ceiling of 2',
    ],
    ['Mon 07:00-19:00 fixed=1 min=5 UTC', '"min=5" isn’t understood'],
    [
      'Mon 07:00-19:00 UTC; outside=off',
      'says "outside=off", in which "off" isn’t understood; what is wanted is',
    ],
    [
      'Mon 07:00-19:00 UTC; outsde=0',
      '"outsde" isn’t understood; settings are zone, outside,',
    ],
    [
      'Mon 07:00-19:00 UTC; mode=on',
      '"on" isn’t understood; the mode is observe, propose or enforce.',
    ],
    ['Mon 07:00-19:00 UTC; mode=observe; mode=enforce', '"mode" is said twice'],
    ['except Christmas', '"Christmas" isn’t understood; an exception is'],
    [' ; ', 'in which there is nothing; write a window'],
    ['{"schedules": [', 'in which there is no JSON ('],
    [
      '{"id": "x"}',
      'says "id", in which "id" is set; it follows from where the annotation is',
    ],
    [
      '{"schedules": [{"windows": []}]}',
      'can’t be: schedules[0].zone is missing; it is a text.',
    ],
  ])('%s is refused', (text, expected) => {
    const { policy, issues } = read(text);
    expect(policy).toBeUndefined();
    expect(issues[0]).toMatchObject({
      path: ['metadata', 'annotations', 'headroom.io/schedule'],
      severity: 'error',
      code: 'annotation',
    });
    expect(issues[0].text.message).toContain(
      'The annotation headroom.io/schedule of Deployment shop/web ',
    );
    expect(issues[0].text.message).toContain(expected);
  });

  it('reads JSON', () => {
    expect(
      read(
        JSON.stringify({
          mode: 'propose',
          outside: { type: 'zero' },
          schedules: [
            {
              zone: 'UTC',
              windows: [
                {
                  type: 'weekly',
                  days: ['mon'],
                  times: { allDay: true },
                  wish: { type: 'untouched' },
                },
              ],
            },
          ],
        }),
      ),
    ).toMatchObject({ issues: [], policy: { mode: 'propose' } });
  });

  it('is refused on what has no workloads', () => {
    const { issues } = read('daily all day UTC', {
      on: 'entity',
      entityRef: 'user:default/ada',
    });
    expect(issues[0].text.message).toContain('set it on a Component');
  });

  it('answers any text, and never throws', () => {
    const words = fc.constantFrom(
      ...'Mon daily 07:00-19:00 for 9h all day cron "0 7 * * *" min=1 max=2 zero UTC ; = except 2026-12-24 outside= { " mode='.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map(each => each.join(' ')),
        ),
        text => {
          const { policy, issues } = read(text);
          expect(
            policy !== undefined ||
              issues.some(({ severity }) => severity === 'error'),
          ).toBe(true);
        },
      ),
    );
  });
});

describe('overrides and exclusions by annotation', () => {
  const other = (annotations: Record<string, string>) =>
    readAnnotationPolicy(annotations, WEB, { nowMs });

  it('have an end, an owner and a reason', () => {
    expect(
      other({
        'headroom.io/keep-up':
          'until 2026-06-12T20:00:00+02:00 by user:default/ada because the demo is late',
      }),
    ).toEqual({
      overrides: [
        {
          id: 'headroom.io/keep-up of annotation:one/shop/Deployment/web',
          direction: 'up',
          owner: 'user:default/ada',
          reason: 'the demo is late',
          from: '1970-01-01T00:00:00.000Z',
          until: '2026-06-12T18:00:00.000Z',
        },
      ],
      exclusions: [],
      issues: [],
    });
  });

  it.each([
    ['headroom.io/keep-up', 'true'],
    ['headroom.io/keep-down', 'until tomorrow by ada because'],
    ['headroom.io/keep-down', 'by ada because the demo is late'],
    ['headroom.io/schedule-exclude', 'yes'],
    ['headroom.io/schedule-exclude', 'until 2026-06-12'],
  ])('%s: %s is refused', (name, text) => {
    const { overrides, exclusions, issues } = other({ [name]: text });
    expect([overrides, exclusions]).toEqual([[], []]);
    expect(issues).toMatchObject([
      { path: ['metadata', 'annotations', name], value: text },
    ]);
  });

  it.each([
    ['true', [{ targets: {} }]],
    ['false', []],
    [
      'until 2026-06-12T18:00Z',
      [{ targets: {}, until: '2026-06-12T18:00:00.000Z' }],
    ],
  ])('headroom.io/schedule-exclude: %s', (text, expected) => {
    expect(other({ 'headroom.io/schedule-exclude': text }).exclusions).toEqual(
      expected,
    );
  });
});
