import fc from 'fast-check';
import {
  addDays,
  calendarDayOf,
  dayBounds,
  daysBetween,
} from '@headroom/common';
import {
  BUDGET_WEEKDAYS,
  BudgetPeriod,
  budgetPeriodBefore,
  budgetPeriodOf,
  budgetPeriodSchema,
} from './budgetPeriod';

const periods: fc.Arbitrary<BudgetPeriod> = fc.oneof(
  fc.record({
    type: fc.constant('week' as const),
    weekday: fc.constantFrom(...BUDGET_WEEKDAYS),
  }),
  fc.record({
    type: fc.constant('month' as const),
    day: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    type: fc.constantFrom('quarter' as const, 'year' as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  }),
);
const days = fc
  .integer({ min: 0, max: 40_000 })
  .map(offset => addDays('2000-01-01', offset));

describe('budgetPeriodOf', () => {
  it.each([
    [
      { type: 'week', weekday: 'mon' },
      '2026-11-29',
      '2026-11-23',
      '2026-11-30',
    ],
    [
      { type: 'week', weekday: 'sun' },
      '2026-11-29',
      '2026-11-29',
      '2026-12-06',
    ],
    [{ type: 'month', day: 1 }, '2026-02-28', '2026-02-01', '2026-03-01'],
    [{ type: 'month', day: 15 }, '2026-01-14', '2025-12-15', '2026-01-15'],
    // Too short for the 31st: the month begins on its last day.
    [{ type: 'month', day: 31 }, '2026-02-28', '2026-02-28', '2026-03-31'],
    [{ type: 'month', day: 31 }, '2026-02-27', '2026-01-31', '2026-02-28'],
    [{ type: 'month', day: 30 }, '2028-02-29', '2028-02-29', '2028-03-30'],
    [
      { type: 'quarter', month: 1, day: 1 },
      '2026-11-29',
      '2026-10-01',
      '2027-01-01',
    ],
    // The fiscal year of the United States.
    [
      { type: 'quarter', month: 2, day: 1 },
      '2026-01-31',
      '2025-11-01',
      '2026-02-01',
    ],
    [
      { type: 'year', month: 4, day: 6 },
      '2026-04-05',
      '2025-04-06',
      '2026-04-06',
    ],
    [
      { type: 'year', month: 4, day: 6 },
      '2026-04-06',
      '2026-04-06',
      '2027-04-06',
    ],
    [
      { type: 'year', month: 2, day: 29 },
      '2026-03-01',
      '2026-02-28',
      '2027-02-28',
    ],
  ] as Array<[BudgetPeriod, string, string, string]>)(
    '%j on %s begins %s and ends before %s',
    (period, day, start, end) => {
      expect(budgetPeriodOf(period, day)).toEqual({ start, end });
    },
  );

  it('puts every day into exactly one period, and leaves no gap', () => {
    fc.assert(
      fc.property(periods, days, (period, day) => {
        const span = budgetPeriodOf(period, day);
        expect(span.start <= day && day < span.end).toBe(true);
        expect(budgetPeriodOf(period, span.start)).toEqual(span);
        expect(budgetPeriodOf(period, addDays(span.end, -1))).toEqual(span);
        expect(budgetPeriodOf(period, span.end).start).toBe(span.end);
        expect(budgetPeriodBefore(period, span).end).toBe(span.start);
      }),
    );
  });

  it('is about as long as it is called', () => {
    const lengths = {
      week: [7, 7],
      month: [28, 31],
      quarter: [89, 92],
      year: [365, 366],
    };
    fc.assert(
      fc.property(periods, days, (period, day) => {
        const { start, end } = budgetPeriodOf(period, day);
        const [least, most] = lengths[period.type];
        const length = daysBetween(start, end);
        // A start that is moved to the end of a short month takes up to three days.
        expect(length).toBeGreaterThanOrEqual(least - 3);
        expect(length).toBeLessThanOrEqual(most + 3);
      }),
    );
  });

  it('has every hour once where clocks change, in any zone', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ]) {
      let at = dayBounds('2026-01-01', zone).start;
      const end = dayBounds('2027-02-01', zone).start;
      let last = budgetPeriodOf({ type: 'month', day: 1 }, '2026-01-01');
      for (; at < end; at = new Date(at.getTime() + 3_600_000)) {
        const day = calendarDayOf(at, zone);
        const span = budgetPeriodOf({ type: 'month', day: 1 }, day);
        expect([last.start, last.end]).toContain(span.start);
        last = span;
      }
    }
  });

  it('refuses a zone that there is not', () => {
    const parsed = budgetPeriodSchema.safeParse({
      type: 'month',
      zone: 'Berlin',
    });
    expect(parsed.error?.issues[0]).toMatchObject({
      path: ['zone'],
      message: 'must be an IANA zone such as Europe/Berlin',
    });
  });
});
