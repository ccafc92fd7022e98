import fc from 'fast-check';
import { makePolicy, makeSchedule, weekly } from '../__testUtils__/makePolicy';
import {
  makeHpa,
  makeObject,
  makeScaledObject,
  makeTarget,
} from '../__testUtils__/makeTarget';
import { ScalingTarget } from '../targets/ScalingTarget';
import { PolicyCheckOptions, checkPolicy, readPolicy } from './checkPolicy';
import { policySchema } from './policySchema';
import { wordPath } from './check/issue';

const nowMs = Date.parse('2026-06-12T12:00:00.000Z');

const WINDOW = {
  type: 'weekly',
  days: ['mon'],
  times: { start: '07:00', end: '19:00' },
  wish: { type: 'bounds', floor: 2 },
};

const OVERRIDE = {
  id: 'o1',
  direction: 'up',
  owner: 'user:default/ada',
  reason: 'Demo',
  from: '2026-06-12T11:00:00Z',
  until: '2026-06-12T20:00:00+02:00',
};

const policy = (over: object = {}, schedule: object = {}) => ({
  id: 'p1',
  title: 'Office hours',
  scope: { type: 'namespace', namespace: 'shop' },
  schedules: [{ zone: 'Europe/Berlin', windows: [WINDOW], ...schedule }],
  ...over,
});

const windows = (...over: object[]) =>
  policy({}, { windows: over.map(each => ({ ...WINDOW, ...each })) });

/** `path (code): sentence` of all issues. */
function issues(input: unknown, options: Partial<PolicyCheckOptions> = {}) {
  return readPolicy(input, { nowMs, ...options }).issues.map(
    ({ path, code, text }) => `${wordPath(path)} (${code}): ${text.message}`,
  );
}

describe('readPolicy', () => {
  it('fills what is left out: it observes, and leaves alone outside of windows', () => {
    expect(readPolicy(policy(), { nowMs })).toEqual({
      issues: [],
      policy: {
        ...policy(),
        origin: { type: 'config' },
        mode: 'observe',
        outside: { type: 'untouched' },
        schedules: [
          {
            zone: 'Europe/Berlin',
            windows: [WINDOW],
            exceptions: [],
            holidays: [],
          },
        ],
        exclusions: [],
        overrides: [],
        graceMinutes: 15,
        lead: { type: 'measured' },
        twoPersons: false,
        limits: {},
      },
    });
  });

  it('keeps instants in UTC', () => {
    const read = readPolicy(policy({ overrides: [OVERRIDE] }), { nowMs });
    expect(read.policy?.overrides[0]).toMatchObject({
      from: '2026-06-12T11:00:00.000Z',
      until: '2026-06-12T18:00:00.000Z',
    });
  });

  it.each([
    [
      policy({}, { zone: 'Europe/Berlim' }),
      'schedules[0].zone (zone-unknown): schedules[0].zone is Europe/Berlim, and there is no such time zone; it is a name of the IANA database, such as Europe/Berlin.',
    ],
    [
      windows({ times: { start: '09:00', end: '09:00' } }),
      'schedules[0].windows[0].times.end (window-empty): schedules[0].windows[0].times.end is 09:00, as is the start, so nothing is between them; set another end, or allDay: true.',
    ],
    [
      windows({ times: { start: '9:00', end: '17:00' } }),
      'schedules[0].windows[0].times.start (shape): schedules[0].windows[0].times.start is 9:00; it is a time of day as HH:mm, such as 07:30.',
    ],
    [
      windows({ times: { end: '17:00' } }),
      'schedules[0].windows[0].times (shape): schedules[0].windows[0].times is {"end":"17:00"}; it is start and end, start and durationMinutes, or allDay: true, with times as HH:mm.',
    ],
    [
      windows({ wish: { type: 'bounds', floor: 5, ceiling: 3 } }),
      'schedules[0].windows[0].wish.floor (floor-above-ceiling): schedules[0].windows[0].wish.floor is 5, above the ceiling of 3; lower it to 3 or raise the ceiling.',
    ],
    [
      windows({ wish: { type: 'bounds', floor: -1 } }),
      'schedules[0].windows[0].wish.floor (negative): schedules[0].windows[0].wish.floor is -1; it is 0 or more.',
    ],
    [
      windows({ wish: { type: 'fixed', replicas: 1.5 } }),
      'schedules[0].windows[0].wish.replicas (shape): schedules[0].windows[0].wish.replicas is 1.5; it is a whole number.',
    ],
    [
      windows({ wish: { type: 'bounds' } }),
      'schedules[0].windows[0].wish (shape): schedules[0].windows[0].wish is {"type":"bounds"}; it is an object with floor, ceiling or both.',
    ],
    [
      windows({ wish: { type: 'none' } }),
      'schedules[0].windows[0].wish.type (shape): schedules[0].windows[0].wish.type is none; it is one of untouched, bounds, fixed, zero.',
    ],
    [
      windows({ days: [] }),
      'schedules[0].windows[0].days (shape): schedules[0].windows[0].days is []; it is a list of days, such as mon.',
    ],
    [
      windows({ days: ['Monday'] }),
      'schedules[0].windows[0].days[0] (shape): schedules[0].windows[0].days[0] is Monday; it is one of mon, tue, wed, thu, fri, sat, sun.',
    ],
    [
      windows({ colour: 'red' }),
      'schedules[0].windows[0].colour (shape): schedules[0].windows[0] has colour, which is not a field of it; take it away.',
    ],
    [
      windows({ validFrom: '2026-02-30' }),
      'schedules[0].windows[0].validFrom (date-unreal): schedules[0].windows[0].validFrom is 2026-02-30, and there is no such date.',
    ],
    [
      windows({ validFrom: '2026-02-28', validUntil: '2026-02-01' }),
      'schedules[0].windows[0].validUntil (dates-reversed): schedules[0].windows[0].validUntil is 2026-02-01, before the first date, 2026-02-28; it is that date or a later one.',
    ],
    [
      policy(
        {},
        {
          windows: [
            {
              type: 'cron',
              cron: '0 7 * *',
              durationMinutes: 60,
              wish: WINDOW.wish,
            },
          ],
        },
      ),
      'schedules[0].windows[0].cron (cron-unreadable): schedules[0].windows[0].cron is 0 7 * *, which can’t be read (it has five fields); it has five fields: minute, hour, day, month, weekday.',
    ],
    [
      policy(
        {},
        {
          windows: [
            {
              type: 'cron',
              cron: '61 7 * * *',
              durationMinutes: 60,
              wish: WINDOW.wish,
            },
          ],
        },
      ),
      'schedules[0].windows[0].cron (cron-unreadable): schedules[0].windows[0].cron is 61 7 * * *, which can’t be read (Invalid value for minute: 61); it has five fields: minute, hour, day, month, weekday.',
    ],
    [
      policy(
        {},
        {
          windows: [
            {
              type: 'cron',
              cron: '0 0 31 2 *',
              durationMinutes: 60,
              wish: WINDOW.wish,
            },
          ],
        },
      ),
      'schedules[0].windows[0].cron (cron-unreadable): schedules[0].windows[0].cron is 0 0 31 2 *, which never comes; correct its day or month.',
    ],
    [
      policy(
        {},
        {
          windows: [
            {
              type: 'cron',
              cron: '*/2 9 * * *',
              durationMinutes: 60,
              wish: WINDOW.wish,
            },
          ],
        },
      ),
      'schedules[0].windows[0].cron (cron-dense): schedules[0].windows[0].cron is */2 9 * * *, which starts again within 5 minutes; give fewer starts and a longer duration.',
    ],
    [
      policy(
        {},
        { windows: [{ type: 'cron', cron: '0 7 * * 1-5', wish: WINDOW.wish }] },
      ),
      'schedules[0].windows[0].durationMinutes (cron-without-duration): schedules[0].windows[0].durationMinutes is missing; it is the minutes that it lasts: a cron expression says only when it starts.',
    ],
    [
      policy({ overrides: [{ ...OVERRIDE, until: undefined }] }),
      'overrides[0].until (override-without-expiry): overrides[0].until is missing; it is the instant at which the override ends, such as 2026-12-01T18:00:00Z: no override is for ever.',
    ],
    [
      policy({ overrides: [{ ...OVERRIDE, until: 'forever' }] }),
      'overrides[0].until (shape): overrides[0].until is forever; it is an instant with its zone, such as 2026-12-01T18:00:00Z.',
    ],
    [
      policy({ overrides: [{ ...OVERRIDE, until: '9999-01-01T00:00:00Z' }] }),
      'overrides[0].until (override-forever): overrides[0].until is 9999-01-01T00:00:00.000Z, more than a year ahead: no override is for ever. What is to last belongs into the schedules of the policy, or into its outside.',
    ],
    [
      policy({ overrides: [{ ...OVERRIDE, until: OVERRIDE.from }] }),
      'overrides[0].until (dates-reversed): overrides[0].until is 2026-06-12T11:00:00.000Z, not after its start, 2026-06-12T11:00:00.000Z; it is a later instant.',
    ],
    [
      policy({ scope: { type: 'selector', selector: 'app in' } }),
      'scope.selector (selector-unreadable): scope.selector can’t be read: "app in" is not a label selector: values of in and notin stand in parentheses.',
    ],
    [
      policy({ scope: { type: 'service', entityRef: 'web' } }),
      'scope.entityRef (shape): scope.entityRef is web; it is a full entity ref, such as component:default/web.',
    ],
    [
      policy({ scope: undefined }),
      'scope (shape): scope is missing; it is an object with fields.',
    ],
    [
      policy({ graceMinutes: -5 }),
      'graceMinutes (negative): graceMinutes is -5; it is 0 or more.',
    ],
    [
      policy({ mode: 'act' }),
      'mode (shape): mode is act; it is one of observe, propose, enforce.',
    ],
    [
      'nothing',
      ' (shape): The policy is nothing; it is an object with fields.',
    ],
  ])('refuses %j', (input, expected) => {
    const read = readPolicy(input, { nowMs });
    expect(read.policy).toBeUndefined();
    expect(issues(input)[0]).toContain(expected);
  });

  it.each([
    [
      policy({ schedules: [] }),
      'schedules (no-window): The policy has no window, and outside of windows it leaves everything as it is, so it does nothing; add a window.',
    ],
    [
      policy({ overrides: [{ ...OVERRIDE, until: '2026-06-12T11:30:00Z' }] }),
      'overrides[0].until (override-expired): overrides[0].until is 2026-06-12T11:30:00.000Z, which is over; take the override away.',
    ],
    [
      windows(
        {},
        {
          title: 'Lunch',
          times: { start: '12:00', end: '13:00' },
          wish: { type: 'bounds', ceiling: 1 },
        },
      ),
      'schedules[0].windows[0] (windows-conflict): Mon 07:00-19:00 Europe/Berlin and Lunch overlap: the highest floor is 2 and the lowest ceiling is 1; the floor wins. It is so first at 2026-06-15T10:00:00.000Z.',
    ],
    [
      windows({}, { title: 'Off', wish: { type: 'zero' } }),
      'schedules[0].windows[0] (windows-conflict): Mon 07:00-19:00 Europe/Berlin and Off overlap, and not all of them want it down; in doubt it keeps running: at least 2 replicas. It is so first at 2026-06-15T05:00:00.000Z.',
    ],
    [
      policy(
        {},
        {
          windows: ['2027-01-01', '2027-01-01'].map((date, index) => ({
            type: 'dated',
            date,
            times: { allDay: true },
            title: `W${index}`,
            wish: { type: 'fixed', replicas: index + 1 },
          })),
        },
      ),
      'schedules[0].windows[0] (windows-conflict): W0 and W1 want different numbers of replicas; the highest, 2 replicas, is kept. It is so first at 2026-12-31T23:00:00.000Z.',
    ],
  ])('keeps %j, and says', (input, expected) => {
    expect(readPolicy(input, { nowMs }).policy).toBeDefined();
    expect(issues(input)).toEqual([expected]);
  });

  it('knows the calendars that there are', () => {
    const holidays = [{ calendar: 'be' }];
    const calendar = {
      id: 'be',
      title: 'Berlin',
      validFrom: '2026-01-01',
      validUntil: '2026-07-31',
      days: [],
    };
    expect(issues(policy({}, { holidays }))).toEqual([]);
    expect(issues(policy({}, { holidays }), { calendars: {} })).toEqual([
      'schedules[0].holidays[0].calendar (calendar-unknown): schedules[0].holidays[0].calendar is be, and no calendar is configured.',
    ]);
    expect(
      issues(policy({}, { holidays: [{ calendar: 'by' }] }), {
        calendars: { be: calendar },
      }),
    ).toEqual([
      'schedules[0].holidays[0].calendar (calendar-unknown): schedules[0].holidays[0].calendar is by, and there is no such calendar; there is be.',
    ]);
    expect(
      issues(policy({}, { holidays }), { calendars: { be: calendar } }),
    ).toEqual([
      'schedules[0].holidays[0].calendar (calendar-ends): schedules[0].holidays[0].calendar is be, which is filled in only until 2026-07-31; add the days that come.',
    ]);
  });

  it('answers anything at all, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (first, second) => {
        for (const input of [
          first,
          policy({ scope: first, schedules: second }),
          policy({}, { windows: [first, second] }),
          windows({ times: first, wish: second }),
        ]) {
          const { policy: read, issues: found } = readPolicy(input, { nowMs });
          expect(
            read !== undefined ||
              found.some(({ severity }) => severity === 'error'),
          ).toBe(true);
          for (const { text } of found) {
            expect(text.message).not.toMatch(
              /\{\{(field|value|right|values)\}\}/,
            );
          }
        }
      }),
    );
  });

  it('reads again what it has read', () => {
    const read = readPolicy(policy({ overrides: [OVERRIDE] }), { nowMs });
    expect(policySchema.parse(read.policy)).toEqual(read.policy);
  });
});

describe('checkPolicy against the workloads that there are', () => {
  const fleet = Array.from({ length: 10 }, (_, index) =>
    makeTarget({
      workload: makeObject({
        name: `w${index}`,
        namespace: index < 5 ? 'shop' : 'bank',
      }),
      labels: { app: `w${index}`, half: String(index < 5) },
    }),
  );
  const found = (
    over: Parameters<typeof makePolicy>[0],
    targets: readonly ScalingTarget[] = fleet,
  ) =>
    checkPolicy(
      makePolicy({
        schedules: [makeSchedule([weekly(['mon'], '07:00-19:00')])],
        ...over,
      }),
      { nowMs, targets },
    ).map(
      ({ path, severity, text }) =>
        `${severity} at ${wordPath(path)}: ${text.message}`,
    );

  it.each([
    [
      'app=none',
      'warning at scope.selector: workloads with app=none is nothing that runs in the clusters of the policy; check the spelling, the namespaces and the clusters.',
    ],
    [
      'half=true',
      'warning at scope.selector: scope.selector matches 5 of 10 workloads, half of all or more; make it narrower, or say so by the scope all.',
    ],
  ])('the selector %s', (selector, expected) => {
    expect(found({ scope: { type: 'selector', selector } })).toEqual([
      expected,
    ]);
  });

  it('a selector of less than half, and the scope all, are fine', () => {
    expect(
      found({ scope: { type: 'selector', selector: 'app in (w1,w2,w3,w4)' } }),
    ).toEqual([]);
    expect(found({})).toEqual([]);
  });

  it('a floor above the maximum of an autoscaler', () => {
    const steered = [
      makeTarget({ autoscaler: makeHpa({ maxReplicas: 1 }) }),
      makeTarget({
        autoscaler: makeScaledObject({ maxReplicaCount: undefined }),
      }),
    ];
    expect(found({}, steered)).toEqual([
      'warning at schedules[0].windows[0].wish.floor: schedules[0].windows[0].wish.floor is 2, above the maximum of the autoscaler of Deployment shop/web; set at most 1, raise that maximum, or set a ceiling, too.',
    ]);
    expect(found({}, steered.slice(0, 1))[0]).toMatch(/^error/);
    expect(
      found(
        { outside: { type: 'bounds', floor: 2, ceiling: 4 }, schedules: [] },
        steered,
      ),
    ).toEqual([]);
  });

  it('zero that a budget forbids', () => {
    const kept = makeTarget({ budgets: [{ name: 'web', minAvailable: 1 }] });
    const zero = { outside: { type: 'zero' as const } };
    expect(found(zero, [kept])).toEqual([
      'error at outside.type: outside.type is zero, and the PodDisruptionBudget web of Deployment shop/web forbids that; set a floor, exclude it, or change its budget.',
    ]);
    expect(found(zero, [kept, kept, makeTarget()])).toEqual([
      'warning at outside.type: outside.type is zero, and PodDisruptionBudgets of 2 workloads (Deployment shop/web and Deployment shop/web) forbid that; set a floor, exclude them, or change their budgets.',
    ]);
  });
});
