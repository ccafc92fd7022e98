import {
  dated,
  makePolicy,
  makeSchedule,
  utc,
  utcText,
  weekly,
} from '../__testUtils__/makePolicy';
import { ScheduleWindow, Weekday } from '../policies/Schedule';
import { Wish } from '../policies/Wish';
import { expandWindows } from './expandWindows';
import { resolveLocal } from './resolveLocal';
import { stateAt } from './stateAt';

const DAYS: Record<string, Weekday> = {
  Sun: 'sun',
  Sat: 'sat',
  Fri: 'fri',
};

/** The intervals of one window around a date. */
function expand(
  zone: string,
  window: ScheduleWindow,
  from: string,
  to: string,
): { intervals: string[]; dropped: string[] } {
  const { segments, dropped } = expandWindows(
    makePolicy({ schedules: [makeSchedule([window], { zone })] }),
    utc(from),
    utc(to),
  );
  return {
    intervals: segments.map(
      ({ startMs, endMs }) => `${utcText(startMs)} ${utcText(endMs)}`,
    ),
    dropped: dropped.map(({ text }) => text.message),
  };
}

describe('S5 a window where the clocks change', () => {
  it.each([
    [
      'Europe/Berlin',
      'Sun',
      '2026-03-29',
      '02:30-08:00',
      '2026-03-29 01:00',
      '2026-03-29 06:00',
    ],
    [
      'Europe/Berlin',
      'Sat',
      '2026-03-28',
      '20:00-02:30',
      '2026-03-28 19:00',
      '2026-03-29 01:00',
    ],
    [
      'Europe/Berlin',
      'Sat',
      '2026-10-24',
      '20:00-02:30',
      '2026-10-24 18:00',
      '2026-10-25 01:30',
    ],
    [
      'Europe/Berlin',
      'Sun',
      '2026-10-25',
      '02:30-08:00',
      '2026-10-25 00:30',
      '2026-10-25 07:00',
    ],
    [
      'Europe/Berlin',
      'Sun',
      '2026-10-25',
      '02:10-02:20',
      '2026-10-25 00:10',
      '2026-10-25 01:20',
    ],
    [
      'America/New_York',
      'Sun',
      '2026-03-08',
      '02:30-08:00',
      '2026-03-08 07:00',
      '2026-03-08 12:00',
    ],
    [
      'America/New_York',
      'Sun',
      '2026-11-01',
      '01:30-06:00',
      '2026-11-01 05:30',
      '2026-11-01 11:00',
    ],
    [
      'Australia/Lord_Howe',
      'Sun',
      '2026-10-04',
      '02:15-06:00',
      '2026-10-03 15:30',
      '2026-10-03 19:00',
    ],
    [
      'Africa/Cairo',
      'Fri',
      '2026-04-24',
      '00:00-06:00',
      '2026-04-23 22:00',
      '2026-04-24 03:00',
    ],
    [
      'America/Santiago',
      'Sat',
      '2026-04-04',
      '22:00-23:30',
      '2026-04-05 01:00',
      '2026-04-05 03:30',
    ],
  ])('%s %s %s %s', (zone, day, date, times, start, end) => {
    const around = [
      utcText(utc(`${date} 00:00`) - 86_400_000),
      utcText(utc(`${date} 00:00`) + 3 * 86_400_000),
    ] as const;
    const expected = { intervals: [`${start} ${end}`], dropped: [] };
    expect(expand(zone, weekly([DAYS[day]], times), ...around)).toEqual(
      expected,
    );
    expect(expand(zone, dated(date, times), ...around)).toEqual(expected);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', '02:10-02:50'],
    ['Pacific/Apia', '2011-12-30', '09:00-17:00'],
  ])('%s %s %s is dropped, and said so', (zone, date, times) => {
    const window = { ...dated(date, times), title: 'Batch' };
    expect(
      expand(zone, window, '2011-12-01 00:00', '2026-04-30 00:00'),
    ).toEqual({
      intervals: [],
      dropped: [
        `Nothing is left of the window Batch of ${date}, as the clocks change in ${zone}.`,
      ],
    });
  });

  it('is read the other way round where it takes capacity away', () => {
    const zero: Wish = { type: 'zero' };
    const around = ['2026-10-24 00:00', '2026-10-26 00:00'] as const;
    expect(
      expand(
        'Europe/Berlin',
        dated('2026-10-25', '02:30-08:00', zero),
        ...around,
      ),
    ).toEqual({
      intervals: ['2026-10-25 01:30 2026-10-25 07:00'],
      dropped: [],
    });
    expect(
      expand(
        'Europe/Berlin',
        dated('2026-10-24', '20:00-02:30', zero),
        ...around,
      ).intervals,
    ).toEqual(['2026-10-24 18:00 2026-10-25 00:30']);
    expect(
      expand(
        'Europe/Berlin',
        dated('2026-10-25', '02:10-02:20', zero),
        ...around,
      ).dropped,
    ).toHaveLength(1);
  });

  it('lasts as long as it says where it has a duration', () => {
    const cron: ScheduleWindow = {
      type: 'cron',
      cron: '30 2 * * *',
      durationMinutes: 330,
      wish: { type: 'bounds', floor: 1 },
    };
    expect(
      expand('Europe/Berlin', cron, '2026-03-28 12:00', '2026-03-29 12:00'),
    ).toEqual({
      intervals: ['2026-03-29 01:00 2026-03-29 06:30'],
      dropped: [],
    });
    expect(
      expand('Europe/Berlin', cron, '2026-10-24 12:00', '2026-10-25 12:00'),
    ).toEqual({
      intervals: ['2026-10-25 00:30 2026-10-25 06:00'],
      dropped: [],
    });
  });

  it('says what the clocks did', () => {
    const { occurrences } = expandWindows(
      makePolicy({
        schedules: [makeSchedule([dated('2026-10-25', '02:10-02:20')])],
      }),
      utc('2026-10-24 00:00'),
      utc('2026-10-26 00:00'),
    );
    expect(occurrences).toMatchObject([
      {
        localDate: '2026-10-25',
        clockChanges: ['ambiguous-start', 'ambiguous-end'],
      },
    ]);
  });
});

describe('resolveLocal', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29 02:00', 'first', '2026-03-29 01:00', 'gap'],
    ['Europe/Berlin', '2026-03-29 01:59', 'first', '2026-03-29 00:59', 'exact'],
    ['Europe/Berlin', '2026-03-29 03:00', 'last', '2026-03-29 01:00', 'exact'],
    [
      'Europe/Berlin',
      '2026-10-25 02:00',
      'last',
      '2026-10-25 01:00',
      'ambiguous',
    ],
    ['Europe/Berlin', '2026-10-25 03:00', 'first', '2026-10-25 02:00', 'exact'],
    ['Pacific/Apia', '2011-12-30 00:00', 'first', '2011-12-30 10:00', 'gap'],
    ['Pacific/Apia', '2011-12-30 23:59', 'last', '2011-12-30 10:00', 'gap'],
    ['Pacific/Apia', '2011-12-31 00:00', 'last', '2011-12-30 10:00', 'exact'],
    [
      'Asia/Kathmandu',
      '2026-01-01 00:00',
      'first',
      '2025-12-31 18:15',
      'exact',
    ],
    ['UTC', '2026-01-01 00:00', 'first', '2026-01-01 00:00', 'exact'],
    ['Etc/GMT+5', '2026-01-01 00:00', 'first', '2026-01-01 05:00', 'exact'],
  ] as const)('%s %s, %s, is %s (%s)', (zone, local, which, at, how) => {
    const resolved = resolveLocal(zone, utc(local), which);
    expect([utcText(resolved.atMs), resolved.how]).toEqual([at, how]);
  });

  it('refuses what is no zone', () => {
    expect(() => resolveLocal('Europe/Berlim', 0, 'first')).toThrow(
      'There is no time zone "Europe/Berlim"',
    );
  });
});

/** KEDA's cron trigger, in Europe/Berlin (facts: kedacore/keda#6709 and its rules). */
describe('KEDA’s cases', () => {
  const isOpen = (window: ScheduleWindow, at: string) =>
    stateAt(makePolicy({ schedules: [makeSchedule([window])] }), utc(at))
      .because === 'recurring-window';

  it('02:30 to 08:00 is closed between its days, also when the clocks change', () => {
    const window = weekly('daily', '02:30-08:00');
    expect(isOpen(window, '2026-03-28 06:59')).toBe(true);
    expect(isOpen(window, '2026-03-28 07:00')).toBe(false);
    expect(isOpen(window, '2026-03-29 00:59')).toBe(false);
    expect(isOpen(window, '2026-03-29 01:00')).toBe(true);
    expect(isOpen(window, '2026-03-29 05:59')).toBe(true);
    expect(isOpen(window, '2026-03-29 06:00')).toBe(false);
    // The first 02:30 of the night that has two.
    expect(isOpen(window, '2026-10-25 00:29')).toBe(false);
    expect(isOpen(window, '2026-10-25 00:30')).toBe(true);
  });

  it('20:00 to 02:30 opens also in the night in which there is no 02:30', () => {
    const window = weekly('daily', '20:00-02:30');
    expect(isOpen(window, '2026-03-28 19:00')).toBe(true);
    expect(isOpen(window, '2026-03-29 00:59')).toBe(true);
    expect(isOpen(window, '2026-03-29 01:00')).toBe(false);
    // The last 02:30 of the night that has two.
    expect(isOpen(window, '2026-10-25 01:29')).toBe(true);
    expect(isOpen(window, '2026-10-25 01:30')).toBe(false);
  });

  it('days of the end follow from those of the start, so that a Friday closes', () => {
    const window = weekly(['mon', 'tue', 'wed', 'thu', 'fri'], '03:00-15:00');
    expect(isOpen(window, '2026-06-12 12:59')).toBe(true);
    expect(isOpen(window, '2026-06-12 13:00')).toBe(false);
    expect(isOpen(window, '2026-06-14 10:00')).toBe(false);
  });

  it('reaches 0 by wish, at the instant that the window begins', () => {
    const policy = makePolicy({
      schedules: [
        makeSchedule([weekly('daily', '20:00-06:00', { type: 'zero' })]),
      ],
    });
    expect(stateAt(policy, utc('2026-06-12 17:59')).wish).toEqual({
      type: 'untouched',
    });
    expect(stateAt(policy, utc('2026-06-12 18:00')).wish).toEqual({
      type: 'zero',
    });
  });
});
