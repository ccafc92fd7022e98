import { z } from 'zod';
import { minutesOf } from '../schedules/localDates';
import { ExceptionWish, Schedule, ScheduleWindow, WEEKDAYS } from './Schedule';
import { Wish } from './Wish';

/** Replicas: far more than a cluster has, and less than Kubernetes counts to. */
const MOST_REPLICAS = 100_000;
/** A window of 31 days is no window. */
const MOST_MINUTES = 31 * 24 * 60;

const count = (least: number) =>
  z.number().int('whole').min(least, 'least').max(MOST_REPLICAS, 'most');

const bounds = z.strictObject({
  type: z.literal('bounds'),
  floor: count(0).optional(),
  ceiling: count(1).optional(),
});

const notEmpty = ({ floor, ceiling }: z.output<typeof bounds>) =>
  floor !== undefined || ceiling !== undefined;

const untouched = z.strictObject({ type: z.literal('untouched') });
const fixed = z.strictObject({ type: z.literal('fixed'), replicas: count(1) });
const zero = z.strictObject({ type: z.literal('zero') });

/** @internal */
export const wishSchema: z.ZodType<Wish, unknown> = z.discriminatedUnion(
  'type',
  [untouched, bounds.refine(notEmpty, 'bounds'), fixed, zero],
);

const exceptionWishSchema: z.ZodType<ExceptionWish, unknown> =
  z.discriminatedUnion('type', [
    untouched,
    bounds.refine(notEmpty, 'bounds'),
    fixed,
    zero,
    z.strictObject({ type: z.literal('outside') }),
  ]);

const time = z.string().refine(text => minutesOf(text) !== undefined, 'time');
const startTime = time.refine(text => text !== '24:00', 'startTime');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'date');
const minutes = z
  .number()
  .int('whole')
  .min(1, 'least')
  .max(MOST_MINUTES, 'most');

const times = z.union(
  [
    z.strictObject({ start: startTime, end: time }),
    z.strictObject({ start: startTime, durationMinutes: minutes }),
    z.strictObject({ allDay: z.literal(true) }),
  ],
  'times',
);

const title = z.string().max(200, 'long');
const named = { title: title.optional(), wish: wishSchema };

const windowSchema: z.ZodType<ScheduleWindow, unknown> = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('weekly'),
      days: z.array(z.enum(WEEKDAYS)).min(1, 'days'),
      times,
      endDay: z.enum(WEEKDAYS).optional(),
      validFrom: date.optional(),
      validUntil: date.optional(),
      ...named,
    }),
    z.strictObject({
      type: z.literal('cron'),
      cron: z.string(),
      durationMinutes: minutes,
      ...named,
    }),
    z.strictObject({
      type: z.literal('dated'),
      date,
      lastDate: date.optional(),
      times,
      ...named,
    }),
  ],
);

/** @internal */
export const scheduleSchema: z.ZodType<Schedule, unknown> = z.strictObject({
  zone: z.string(),
  windows: z.array(windowSchema).max(100, 'many').default([]),
  exceptions: z
    .array(
      z.strictObject({
        title,
        date,
        lastDate: date.optional(),
        times: times.default({ allDay: true }),
        wish: exceptionWishSchema,
      }),
    )
    .max(400, 'many')
    .default([]),
  holidays: z
    .array(
      z.strictObject({
        calendar: z.string(),
        wish: exceptionWishSchema.default({ type: 'outside' }),
      }),
    )
    .max(20, 'many')
    .default([]),
});

/** Of a calendar of holidays. @public */
export const holidayCalendarSchema = z.strictObject({
  id: z.string().min(1, 'empty'),
  title,
  validFrom: date,
  validUntil: date,
  days: z.array(
    z.strictObject({
      title,
      date,
      lastDate: date.optional(),
      times: times.optional(),
    }),
  ),
});
