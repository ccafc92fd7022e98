import { CSV_LINE_END } from '@headroom/common';
import {
  FocusCharge,
  focusHeader,
  focusLine,
} from '@headroom/plugin-cost-common';
import { ChargeRow, ChargeStore } from '../../database/ChargeStore';
import { Calendar } from '../../core/Calendar';
import { ReportRequest } from '../../core/report/ReportRequest';

/** Rows made into lines at a time. */
const ROWS_AT_A_TIME = 10;

/**
 * The charges behind a report as FOCUS CSV, a piece at a time: memory does not
 * grow with the answer. They are what each container was charged itself; sharing
 * is a view and not part of them. Rows of no cost are left out.
 */
export async function* focusCsv(
  store: ChargeStore,
  request: ReportRequest,
  calendar: Calendar,
): AsyncGenerator<string> {
  const { window, conversion } = request;
  const days = calendar.days(window.start, window.end);
  // With the first piece, so that nothing is sent before the database answered.
  let header = `${focusHeader()}${CSV_LINE_END}`;
  for (const day of days) {
    const pages = store.ofDay(day, conversion.rates);
    for await (const rows of pages) {
      for (let i = 0; i < rows.length; i += ROWS_AT_A_TIME) {
        const lines = rows
          .slice(i, i + ROWS_AT_A_TIME)
          .flatMap(row => chargesOf(row, day, request))
          .map(charge => `${focusLine(charge)}${CSV_LINE_END}`);
        yield header + lines.join('');
        header = '';
      }
    }
  }
  if (header) {
    yield header;
  }
}

function chargesOf(
  row: ChargeRow,
  day: string,
  { window, conversion }: ReportRequest,
): FocusCharge[] {
  const { amounts, bucket, owner, system, ...rest } = row;
  const tags = {
    ...(owner && { owner }),
    ...(system && { system }),
  };
  return amounts
    .filter(({ micros }) => micros !== 0n)
    .map(({ resource, micros, quantity }) => ({
      ...rest,
      day,
      timezone: window.timezone,
      resource,
      costMicros: micros,
      currency: conversion.currency,
      // A charge without a quantity has a price we can't divide out.
      ...(quantity > 0 && { quantity }),
      idle: bucket === 'idle',
      ...(Object.keys(tags).length > 0 && { tags }),
    }));
}
