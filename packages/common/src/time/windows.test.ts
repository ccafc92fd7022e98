import fc from 'fast-check';
import { addDays, daysBetween } from './days';
import { previousWindow, resolveWindow } from './windows';

const NOW = new Date('2026-03-31T10:30:00Z');

describe('resolveWindow', () => {
  it.each([
    ['7d', '2026-03-25'],
    ['30d', '2026-03-02'],
    ['90d', '2026-01-01'],
    ['mtd', '2026-03-01'],
  ])('%s starts on %s and includes today', (window, start) => {
    expect(resolveWindow({ window }, NOW, 'UTC')).toEqual({
      preset: window,
      start,
      end: '2026-04-01',
      timezone: 'UTC',
      partialDay: '2026-03-31',
    });
  });

  it('is the last 30 days unless asked otherwise', () => {
    expect(resolveWindow({}, NOW, 'UTC').preset).toBe('30d');
  });

  it('takes today from the zone', () => {
    const evening = new Date('2026-03-31T22:30:00Z');
    expect(
      resolveWindow({ window: 'mtd' }, evening, 'Europe/Berlin'),
    ).toMatchObject({ start: '2026-04-01', end: '2026-04-02' });
    expect(
      resolveWindow({ window: 'mtd' }, evening, 'America/New_York'),
    ).toMatchObject({ start: '2026-03-01', end: '2026-04-01' });
  });

  it('takes dates as a custom window whose end is exclusive', () => {
    expect(
      resolveWindow({ from: '2026-03-01', to: '2026-03-08' }, NOW, 'UTC'),
    ).toEqual({
      preset: 'custom',
      start: '2026-03-01',
      end: '2026-03-08',
      timezone: 'UTC',
    });
  });

  it('has a partial day only when today lies in it', () => {
    const upToToday = { from: '2026-03-30', to: '2026-03-31' };
    expect(resolveWindow(upToToday, NOW, 'UTC').partialDay).toBeUndefined();
    const withToday = { from: '2026-03-30', to: '2026-04-01' };
    expect(resolveWindow(withToday, NOW, 'UTC').partialDay).toBe('2026-03-31');
  });

  it.each([
    [
      { window: '14d' },
      'window is "14d"; it must be one of 7d, 30d, 90d, mtd, custom',
    ],
    [
      { window: '7d', from: '2026-03-01' },
      'window is "7d" and dates are given; leave out from and to, or make window custom',
    ],
    [
      { window: 'custom' },
      'from is missing; a custom window needs from and to, each a day such as 2026-01-31',
    ],
    [
      { from: '2026-03-01' },
      'to is missing; a custom window needs from and to, each a day such as 2026-01-31',
    ],
    [
      { from: '2026-02-30', to: '2026-03-05' },
      'from is "2026-02-30"; it must be a day that exists, such as 2026-01-31',
    ],
    [
      { from: '2026-03-01', to: 'soon' },
      'to is "soon"; it must be a day that exists, such as 2026-01-31',
    ],
    [
      { from: '2026-03-05', to: '2026-03-05' },
      'to is "2026-03-05" and from is "2026-03-05"; to is exclusive and must be a later day than from',
    ],
    [
      { from: '2026-04-01', to: '2026-04-05' },
      'from is "2026-04-01", which is in the future; it must be 2026-03-31 or earlier',
    ],
    [
      { from: '2026-03-01', to: '2026-04-02' },
      'to is "2026-04-02", which is in the future; it must be 2026-04-01 or earlier',
    ],
    [
      { from: '2025-01-01', to: '2026-03-01' },
      'from "2025-01-01" to "2026-03-01" is 424 days; a window has at most 400 days',
    ],
  ])('refuses %j', (input, message) => {
    expect(() => resolveWindow(input, NOW, 'UTC')).toThrow(
      new RangeError(message),
    );
  });

  it('refuses an unknown zone', () => {
    expect(() => resolveWindow({}, NOW, 'Mars/Olympus')).toThrow(
      'timezone is "Mars/Olympus"; it must be an IANA zone such as Europe/Berlin',
    );
  });
});

describe('previousWindow', () => {
  it('is the same number of days just before', () => {
    const window = resolveWindow({ window: '7d' }, NOW, 'UTC');
    expect(previousWindow(window)).toEqual({
      start: '2026-03-18',
      end: '2026-03-25',
    });
  });

  it('is the same days of the month before for a month to date', () => {
    const mid = resolveWindow(
      { window: 'mtd' },
      new Date('2026-03-10T10:00:00Z'),
      'UTC',
    );
    expect(previousWindow(mid)).toEqual({
      start: '2026-02-01',
      end: '2026-02-11',
    });
  });

  it('is cut off where the month before ends', () => {
    const window = resolveWindow({ window: 'mtd' }, NOW, 'UTC');
    expect(previousWindow(window)).toEqual({
      start: '2026-02-01',
      end: '2026-03-01',
    });
  });

  it('never overlaps the window and is never longer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('7d', '30d', '90d', 'mtd'),
        fc.integer({ min: 0, max: 1500 }),
        (preset, offset) => {
          const day = addDays('2024-01-01', offset);
          const window = resolveWindow(
            { window: preset },
            new Date(`${day}T12:00:00Z`),
            'Asia/Kolkata',
          );
          const previous = previousWindow(window);
          expect(previous.end <= window.start).toBe(true);
          const days = daysBetween(previous.start, previous.end);
          expect(days).toBeGreaterThan(0);
          expect(days).toBeLessThanOrEqual(
            daysBetween(window.start, window.end),
          );
        },
      ),
    );
  });
});
