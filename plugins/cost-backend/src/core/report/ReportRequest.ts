import { InputError } from '@backstage/errors';
import {
  ReportWindow,
  addDays,
  calendarDayOf,
  monthStart,
  previousWindow,
  resolveWindow,
} from '@headroom/common';
import { FleetDimension, IdleMode } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { once, oneOf, parseInput } from '@headroom/node';
import { Conversion, Currencies } from '../Currencies';

/** Months before this one that a projection learns from. */
const HISTORY_MONTHS = 3;
const FLEET_DIMENSIONS = [
  'team',
  'service',
  'cluster',
  'region',
  'namespace',
] as const satisfies readonly FleetDimension[];

const base = {
  window: once.optional(),
  from: once.optional(),
  to: once.optional(),
  currency: once.optional(),
  idle: oneOf(['separate', 'shared']).default('separate'),
};

const reportSchema = z.strictObject(base);
const fleetSchema = z.strictObject({
  ...base,
  groupBy: oneOf(FLEET_DIMENSIONS).default('team'),
});

/** What a report is asked for, resolved to days. */
export interface ReportRequest {
  window: ReportWindow;
  previous: { start: string; end: string };
  /** First day that has to be read: history for the projection included. */
  readFrom: string;
  /** Exclusive; never before the end of today. */
  readTo: string;
  today: string;
  now: Date;
  idle: IdleMode;
  conversion: Conversion;
}

/** @throws InputError that names the field, its value and what would be right. */
export function parseReportRequest(
  query: unknown,
  currencies: Currencies,
  timezone: string,
  now: Date,
): ReportRequest {
  return resolve(parseInput(reportSchema, query), currencies, timezone, now);
}

/** As {@link parseReportRequest}, with what to group by. */
export function parseFleetRequest(
  query: unknown,
  currencies: Currencies,
  timezone: string,
  now: Date,
): ReportRequest & { groupBy: FleetDimension } {
  const { groupBy, ...rest } = parseInput(fleetSchema, query);
  return { ...resolve(rest, currencies, timezone, now), groupBy };
}

function resolve(
  query: z.infer<typeof reportSchema>,
  currencies: Currencies,
  timezone: string,
  now: Date,
): ReportRequest {
  const window = resolveOrRefuse(query, now, timezone);
  const previous = previousWindow(window);
  const today = calendarDayOf(now, timezone);
  let history = monthStart(today);
  for (let month = 0; month < HISTORY_MONTHS; month += 1) {
    history = monthStart(addDays(history, -1));
  }
  const tomorrow = addDays(today, 1);
  return {
    window,
    previous,
    readFrom: previous.start < history ? previous.start : history,
    readTo: window.end > tomorrow ? window.end : tomorrow,
    today,
    now,
    idle: query.idle,
    conversion: currencies.conversionTo(query.currency),
  };
}

function resolveOrRefuse(
  query: { window?: string; from?: string; to?: string },
  now: Date,
  timezone: string,
): ReportWindow {
  try {
    return resolveWindow(query, now, timezone);
  } catch (error) {
    throw error instanceof RangeError ? new InputError(error.message) : error;
  }
}
