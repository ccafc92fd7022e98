import { NotFoundError } from '@backstage/errors';
import { addDays, calendarDayOf, validDay } from '@headroom/common';
import { isSaid, parseInput, said, textOf } from '@headroom/node';
import { AnomalyExpectationRequest } from '@headroom/plugin-cost-common';
import { z } from 'zod';

const MAX_ID = 2 ** 31 - 1;
/** What is expected for longer is what is usual by then. */
const MAX_DAYS = 366;

const reason = textOf(500, 'it must say why, in 1 to 500 characters');

/** What is said of an incident, as it is documented; `until` is checked against the calendar. */
export const expectationBody = z.strictObject({
  until: z
    .string()
    .describe(
      'Day from which on it is news again, `YYYY-MM-DD`, at most 366 days from today.',
    ),
  reason,
});

/** @throws InputError that names the field, its value and what is right. */
export function parseExpectation(
  body: unknown,
  now: Date,
  timezone: string,
): AnomalyExpectationRequest {
  const today = calendarDayOf(now, timezone);
  const latest = addDays(today, MAX_DAYS);
  return parseInput(
    expectationBody.extend({
      until: z
        .string({
          error: ({ input }) =>
            `${isSaid(input)}; it must be a day such as ${latest}`,
        })
        .refine(day => validDay(day) && day > today && day <= latest, {
          error: ({ input }) =>
            `${isSaid(
              input,
            )}; it must be a day after ${today}, at most ${latest}`,
        }),
    }),
    body,
  );
}

/** The number of an incident. @throws NotFoundError for what can't be one. */
export function anomalyIdOf(id: string): number {
  const number = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : NaN;
  if (!(number <= MAX_ID)) {
    throw noSuchAnomaly(id);
  }
  return number;
}

/** For callers who may not see it, too: they are not told that it is there. */
export function noSuchAnomaly(id: string): NotFoundError {
  return new NotFoundError(`There is no anomaly ${said(id)}`);
}
