import { addDays, DaySpan, daysBetween, validZone } from '@headroom/common';
import { z } from 'zod';

/** Days of a week as budgets name them, in the order of a week. @public */
export const BUDGET_WEEKDAYS = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const;

const zone = z
  .string()
  .refine(validZone, { error: 'must be an IANA zone such as Europe/Berlin' })
  .optional();
const dayOfMonth = z
  .number({ error: 'must be a day of a month, 1 to 31' })
  .int({ error: 'must be a whole number' })
  .min(1, { error: 'must be at least 1' })
  .max(31, { error: 'must be at most 31' })
  .default(1);
const monthOfYear = z
  .number({ error: 'must be a month, 1 to 12' })
  .int({ error: 'must be a whole number' })
  .min(1, { error: 'must be at least 1' })
  .max(12, { error: 'must be at most 12' })
  .default(1);

/**
 * How long a budget lasts and when it begins anew: a week on a weekday, a month on a
 * day, a quarter or a year on a day of a month (a quarter's month is that of any of
 * the four). A month that is too short for the day begins on its last one. Days are
 * those of `zone`, an IANA name; absent = the zone that reports are in.
 *
 * @public
 */
export const budgetPeriodSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('week'),
    weekday: z
      .enum(BUDGET_WEEKDAYS, {
        error: `must be one of ${BUDGET_WEEKDAYS.join(', ')}`,
      })
      .default('mon'),
    zone,
  }),
  z.strictObject({ type: z.literal('month'), day: dayOfMonth, zone }),
  z.strictObject({
    type: z.literal('quarter'),
    month: monthOfYear,
    day: dayOfMonth,
    zone,
  }),
  z.strictObject({
    type: z.literal('year'),
    month: monthOfYear,
    day: dayOfMonth,
    zone,
  }),
]);

/** @public */
export type BudgetPeriod = z.infer<typeof budgetPeriodSchema>;

/** Monday, so that weekdays count from it. */
const A_MONDAY = '1970-01-05';
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The period that a calendar day (`YYYY-MM-DD`, in the zone of the budget) lies in.
 * Every day lies in exactly one, and periods follow each other without a gap:
 * whole calendar days, so that a change of clocks moves nothing.
 *
 * @public
 */
export function budgetPeriodOf(period: BudgetPeriod, day: string): DaySpan {
  if (period.type === 'week') {
    const offset = BUDGET_WEEKDAYS.indexOf(period.weekday);
    const weekday = (daysBetween(A_MONDAY, day) % 7) + 7;
    const start = addDays(day, -((weekday - offset) % 7));
    return { start, end: addDays(start, 7) };
  }
  const months = MONTHS[period.type];
  const first = period.type === 'month' ? 0 : period.month - 1;
  // Months since year 0, on which periods are laid out.
  const now = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  let begin = now - ((((now - first) % months) + months) % months);
  if (dayOfMonthIn(begin, period.day) > day) {
    begin -= months;
  }
  return {
    start: dayOfMonthIn(begin, period.day),
    end: dayOfMonthIn(begin + months, period.day),
  };
}

/** The period just before one. @public */
export function budgetPeriodBefore(
  period: BudgetPeriod,
  { start }: DaySpan,
): DaySpan {
  return budgetPeriodOf(period, addDays(start, -1));
}

function dayOfMonthIn(month: number, wanted: number): string {
  const year = Math.floor(month / 12);
  const index = month - year * 12;
  const length = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  const text = (value: number, digits: number) =>
    String(value).padStart(digits, '0');
  return `${text(year, 4)}-${text(index + 1, 2)}-${text(
    Math.min(wanted, length),
    2,
  )}`;
}
