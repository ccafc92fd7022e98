import { addDays, eachDay } from '@headroom/common';
import fc from 'fast-check';
import { ClosedDay, completionWindows } from './completionWindows';

const closed = (
  from: string,
  to: string,
  missing: string[] = [],
): ClosedDay[] =>
  eachDay(from, to).map(day => ({ day, complete: !missing.includes(day) }));

describe('the windows of a completion report', () => {
  it('are the first whole month and the last four weeks', () => {
    const found = completionWindows(closed('2026-01-20', '2026-05-11'));
    expect(found).toMatchObject({
      baseline: { start: '2026-02-01', end: '2026-03-01', month: '2026-02' },
      now: { start: '2026-04-13', end: '2026-05-11' },
    });
    expect(found?.baseline.days).toHaveLength(28);
    expect(found?.now.days).toHaveLength(28);
  });

  it('are the month that was asked for, where it is there as a whole and over before now', () => {
    const days = closed('2026-01-20', '2026-05-11');
    const month = (of: string) => completionWindows(days, of)?.baseline.month;
    expect(month('2026-03')).toBe('2026-03');
    expect(month('2026-01')).toBe('2026-02');
    expect(month('2026-04')).toBe('2026-02');
  });

  it('take no month of which more than a tenth of the days is missing, and leave out those that are', () => {
    const few = ['2026-02-03', '2026-02-04'];
    const some = completionWindows(closed('2026-01-20', '2026-05-11', few));
    expect(some?.baseline.month).toBe('2026-02');
    expect(some?.baseline.days).toHaveLength(26);
    const many = completionWindows(
      closed('2026-01-20', '2026-05-11', [...few, '2026-02-10']),
    );
    expect(many?.baseline.month).toBe('2026-03');
  });

  it.each([
    [14, 7, 7],
    [27, 14, 7],
    [28, 14, 14],
    [60, 28, 28],
  ])('are whole weeks of %d days without a month', (count, before, after) => {
    const from = '2026-01-02';
    const { baseline, now } = completionWindows(
      closed(from, addDays(from, count)).slice(0, count),
    )!;
    // From 2 January on no whole month is over before the last four weeks.
    expect(baseline.month).toBeUndefined();
    expect([baseline.days.length, now.days.length]).toEqual([before, after]);
  });

  it('are none before there are fourteen closed days, or where none is complete', () => {
    expect(completionWindows(closed('2026-01-02', '2026-01-15'))).toBe(
      undefined,
    );
    const days = closed('2026-01-02', '2026-01-16');
    expect(
      completionWindows(days.map(each => ({ ...each, complete: false }))),
    ).toBeUndefined();
  });

  it('never overlap, have the baseline no shorter, and end with the last closed day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 14, max: 300 }),
        (offset, count) => {
          const from = addDays('2026-01-01', offset);
          const days = closed(from, addDays(from, count));
          const { baseline, now } = completionWindows(days)!;
          expect(baseline.end <= now.start).toBe(true);
          expect(baseline.start >= from).toBe(true);
          expect(now.end).toBe(addDays(from, count));
          expect(baseline.days.length).toBeGreaterThanOrEqual(now.days.length);
          expect(now.days.length % 7).toBe(0);
        },
      ),
    );
  });
});
