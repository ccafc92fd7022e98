import {
  calendarDay,
  formatDayLong,
  formatDayRange,
  formatDayShort,
  formatInstant,
  hourEnd,
  todayIn,
} from './dates';

describe('formatDayRange', () => {
  it.each([
    ['2026-10-01', '2026-10-22', 2026, '1–21 October'],
    ['2026-10-01', '2026-10-22', undefined, '1–21 October 2026'],
    ['2026-10-01', '2026-10-22', 2027, '1–21 October 2026'],
    ['2026-09-28', '2026-10-05', 2026, '28 September – 4 October'],
    ['2025-12-28', '2026-01-04', 2026, '28 December 2025 – 3 January 2026'],
    ['2026-10-01', '2026-10-02', 2026, '1 October'],
    ['2026-10-01', '2026-10-01', 2026, ''],
  ])('shows %s to %s near %s as %s', (start, end, year, text) => {
    expect(formatDayRange(start, end, year)).toBe(text);
  });
});

describe('short ranges', () => {
  it('shorten the months', () => {
    expect(formatDayRange('2026-11-28', '2026-12-05', 2026, 'short')).toBe(
      '28 Nov \u2013 4 Dec',
    );
  });
});

describe('days', () => {
  it('are what they are, in whatever zone the browser is', () => {
    expect(formatDayShort('2026-10-01')).toBe('1 Oct');
    expect(formatDayLong('2026-10-25')).toBe('Sun 25 October 2026');
  });
});

describe('formatInstant', () => {
  it('says the zone, and what it was on that day', () => {
    expect(formatInstant('2026-10-25T00:30:00.000Z', 'Europe/Berlin')).toMatch(
      /^25 October 2026, 02:30 (CEST|GMT\+2)$/,
    );
    expect(formatInstant('2026-10-25T02:30:00.000Z', 'Europe/Berlin')).toMatch(
      /^25 October 2026, 03:30 (CET|GMT\+1)$/,
    );
  });

  it('leaves alone what is no instant', () => {
    expect(formatInstant('soon', 'UTC')).toBe('soon');
  });
});

describe('hourEnd', () => {
  it('is one hour on, over the end of a day too', () => {
    expect(hourEnd('2026-10-05T23:00:00.000Z')).toBe(
      '2026-10-06T00:00:00.000Z',
    );
  });
});

describe('todayIn', () => {
  afterEach(() => jest.useRealTimers());

  it('is the day of the zone', () => {
    jest.useFakeTimers({ now: new Date('2026-10-05T23:30:00.000Z') });
    expect(todayIn('Europe/Berlin')).toBe('2026-10-06');
    expect(todayIn('America/New_York')).toBe('2026-10-05');
  });
});

describe('calendarDay', () => {
  it('is that of the zone, not of UTC', () => {
    expect(calendarDay('2026-09-06T22:00:00.000Z', 'Europe/Berlin')).toBe(
      '2026-09-07',
    );
    expect(calendarDay('2026-09-06', 'Europe/Berlin')).toBe('2026-09-06');
  });
});
