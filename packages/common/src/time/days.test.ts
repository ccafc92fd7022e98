import fc from 'fast-check';
import {
  addDays,
  calendarDay,
  calendarDayOf,
  dayBounds,
  dayNumber,
  dayOfNumber,
  daysBetween,
  eachDay,
  monthStart,
  nextMonthStart,
  validDay,
  validZone,
} from './days';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Africa/Cairo',
];

describe('dayBounds', () => {
  it.each([
    ['2026-03-28', 'Europe/Berlin', '2026-03-27T23:00:00.000Z', 24],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z', 23],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z', 25],
    // Midnight in Kolkata is 18:30 UTC: the day's first whole hour is 19:00.
    ['2026-01-02', 'Asia/Kolkata', '2026-01-01T19:00:00.000Z', 24],
    // Lord Howe moves its clocks by half an hour.
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00.000Z', 25],
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T14:00:00.000Z', 23],
    // Havana puts its clocks back at 01:00, so midnight comes twice.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z', 25],
    // Cairo puts its clocks forward at midnight, so midnight never comes.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', 23],
  ])('%s in %s starts at %s and has %i hours', (day, zone, start, hours) => {
    const bounds = dayBounds(day, zone);
    expect(bounds.start.toISOString()).toBe(start);
    expect(bounds.hours).toBe(hours);
    expect(bounds.end.getTime() - bounds.start.getTime()).toBe(
      hours * 3_600_000,
    );
  });

  it('covers every hour by the day it starts in, once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 3650 }),
        (zone, offset) => {
          const day = addDays('2020-01-01', offset);
          const { start, end } = dayBounds(day, zone);
          const last = new Date(end.getTime() - 3_600_000);
          expect(calendarDay(start.toISOString(), zone)).toBe(day);
          expect(calendarDay(last.toISOString(), zone)).toBe(day);
          expect(dayBounds(addDays(day, 1), zone).start).toEqual(end);
        },
      ),
    );
  });

  it('refuses a day that does not exist and a zone nobody knows', () => {
    expect(() => dayBounds('2026-02-30', 'UTC')).toThrow(
      '"2026-02-30" is not a calendar day (YYYY-MM-DD)',
    );
    expect(() => dayBounds('2026-02-03', 'Mars/Olympus')).toThrow(
      '"Mars/Olympus" is not a time zone (IANA name, e.g. Europe/Berlin)',
    );
  });
});

describe('calendarDay', () => {
  it('is the local day of the instant', () => {
    expect(calendarDay('2026-01-01T23:00:00.000Z', 'Europe/Berlin')).toBe(
      '2026-01-02',
    );
    expect(calendarDay('2026-01-01T23:00:00.000Z', 'America/New_York')).toBe(
      '2026-01-01',
    );
    // 18:00 UTC is 23:30 in Kolkata: the hour starts in this day.
    expect(calendarDay('2026-01-01T18:00:00.000Z', 'Asia/Kolkata')).toBe(
      '2026-01-01',
    );
  });

  it('refuses what is not an instant', () => {
    expect(() => calendarDay('yesterday', 'UTC')).toThrow(
      '"yesterday" is not an instant (ISO 8601)',
    );
  });
});

describe('calendar arithmetic', () => {
  it('lists days up to the exclusive end', () => {
    expect(eachDay('2026-02-27', '2026-03-02')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(eachDay('2026-03-02', '2026-03-02')).toEqual([]);
  });

  it('adds days over month ends and leap days', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('knows the month of a day', () => {
    expect(monthStart('2026-12-31')).toBe('2026-12-01');
    expect(nextMonthStart('2026-12-31')).toBe('2027-01-01');
  });

  it('adding and counting days are inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), n => {
        expect(daysBetween('2026-03-29', addDays('2026-03-29', n))).toBe(n);
      }),
    );
  });

  it('tells what is a day and a zone', () => {
    expect(validDay('2026-02-29')).toBe(false);
    expect(validDay('2026-2-1')).toBe(false);
    expect(validDay('2026-02-28')).toBe(true);
    expect(validZone('Europe/Berlin')).toBe(true);
    expect(validZone('Europe/Atlantis')).toBe(false);
  });
});

describe('dayNumber', () => {
  it('counts from the first of 1970, and back', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
    expect(dayNumber('2026-11-29')).toBe(20_786);
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), number => {
        expect(dayNumber(dayOfNumber(number))).toBe(number);
      }),
    );
  });

  it('says what is no day, each time it is asked', () => {
    for (const day of ['2026-02-30', '2026-2-3', '', '2026-02-30']) {
      expect(() => dayNumber(day)).toThrow(
        `"${day}" is not a calendar day (YYYY-MM-DD)`,
      );
    }
  });

  it('remembers more days than it has room for', () => {
    const many = Array.from({ length: 12_000 }, (_, number) => number);
    expect(many.map(dayOfNumber).map(dayNumber)).toEqual(many);
  });
});

describe('calendarDayOf', () => {
  it('is the day of every instant, asked in any order', () => {
    const first = Date.UTC(1972, 0, 1);
    const last = Date.UTC(2040, 0, 1);
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: first, max: last }),
        fc.array(fc.integer({ min: -2_000_000, max: 2_000_000 })),
        (zone, around, steps) => {
          for (const step of [0, ...steps]) {
            const at = new Date(around + step);
            expect(calendarDayOf(at, zone)).toBe(
              new Intl.DateTimeFormat('en-CA', {
                timeZone: zone,
                year: 'numeric',
                month: '2-digit',
                day: '2-digit',
              }).format(at),
            );
          }
        },
      ),
    );
  });

  it('says what is no instant, and what is no zone', () => {
    expect(() => calendarDayOf(new Date(NaN), 'UTC')).toThrow(RangeError);
    expect(() => calendarDayOf(new Date(0), 'Nowhere')).toThrow(RangeError);
    expect(() => calendarDayOf(new Date(), 'Nowhere')).toThrow(RangeError);
  });
});
