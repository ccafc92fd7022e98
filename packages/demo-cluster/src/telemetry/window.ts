import { z } from 'zod';
import { DAY_MS, HOUR_MS } from '@headroom/common';
import type { WorldBillMonth } from '../world/bill/monthBill';

/** The longest window one request may ask for: 31 days. */
const LONGEST_MS = 31 * DAY_MS;

/** A window of whole hours. */
export interface Window {
  start: Date;
  end: Date;
}

/** Something is wrong with a request; the message says what. */
export class BadRequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadRequestError';
  }
}

const instant = z.iso.datetime({ offset: true });

const windowSchema = z.object({ start: instant, end: instant });

/** Reads `start` and `end` of a query. Throws {@link BadRequestError} with a sentence. */
export function parseWindow(query: unknown): Window {
  const parsed = windowSchema.safeParse(query);
  if (!parsed.success) {
    const field = parsed.error.issues[0].path.join('.');
    throw new BadRequestError(
      `"${field}" must be an instant in ISO 8601 such as 2026-01-02T03:00:00Z.`,
    );
  }
  const start = new Date(parsed.data.start);
  const end = new Date(parsed.data.end);
  if (start.getTime() % HOUR_MS !== 0 || end.getTime() % HOUR_MS !== 0) {
    throw new BadRequestError('"start" and "end" must be on the hour, UTC.');
  }
  if (start >= end) {
    throw new BadRequestError('"start" must lie before "end".');
  }
  if (end.getTime() - start.getTime() > LONGEST_MS) {
    throw new BadRequestError('A window has at most 31 days; ask in parts.');
  }
  return { start, end };
}

/**
 * Reads `day` of a query: one that is billed. Throws {@link BadRequestError} with
 * a sentence.
 */
export function parseBillDay(
  { day }: { day?: unknown },
  months: readonly WorldBillMonth[],
): { day: string; restated: boolean } {
  const month = months.find(
    ({ start, end }) => typeof day === 'string' && start <= day && day < end,
  );
  if (!month || !z.iso.date().safeParse(day).success) {
    throw new BadRequestError(
      '"day" must be a day that is billed by now, such as 2026-01-02.',
    );
  }
  return { day: String(day), restated: month.restated };
}
