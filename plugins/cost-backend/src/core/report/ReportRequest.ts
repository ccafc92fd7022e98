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
  window: once
    .optional()
    .describe(
      '`7d`, `30d` (the default), `90d`, `mtd` for the month so far, or `custom`, which dates alone mean, too.',
    ),
  from: once.optional().describe('First day, `YYYY-MM-DD`; with `custom`.'),
  to: once
    .optional()
    .describe('Day after the last one, `YYYY-MM-DD`; with `custom`.'),
  currency: once
    .optional()
    .describe('ISO 4217, one of those in the settings; else the stored one.'),
  idle: oneOf(['separate', 'shared'])
    .default('separate')
    .describe(
      'Whether capacity that was given to nobody is shared among those who run on it.',
    ),
};

/** What a report can be asked for. */
export const reportQuery = z.strictObject(base);
/** As {@link reportQuery}, with what to group by. */
export const fleetReportQuery = z.strictObject({
  ...base,
  groupBy: oneOf(FLEET_DIMENSIONS)
    .default('team')
    .describe('What a row of the report stands for.'),
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
  return resolve(parseInput(reportQuery, query), currencies, timezone, now);
}

/** As {@link parseReportRequest}, with what to group by. */
export function parseFleetRequest(
  query: unknown,
  currencies: Currencies,
  timezone: string,
  now: Date,
): ReportRequest & { groupBy: FleetDimension } {
  const { groupBy, ...rest } = parseInput(fleetReportQuery, query);
  return { ...resolve(rest, currencies, timezone, now), groupBy };
}

function resolve(
  query: z.infer<typeof reportQuery>,
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
