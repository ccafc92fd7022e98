import { setImmediate } from 'node:timers/promises';
import {
  CSV_LINE_END,
  FocusCharge,
  focusHeader,
  focusLine,
} from '@headroom/plugin-cost-common';
import { ChargeRow, ChargeStore } from '../database/ChargeStore';
import { Scope } from '../database/scope';
import { Calendar } from './Calendar';
import { ReportRequest } from './ReportRequest';

/** Lines made before other requests get their turn. */
const LINES_AT_A_TIME = 50;

/**
 * The charges behind a report as FOCUS CSV, a piece at a time: memory does not
 * grow with the answer. They are what each container was charged itself; sharing
 * is a view and not part of them. Rows of no cost are left out.
 */
export async function* focusCsv(
  store: ChargeStore,
  scope: Scope | undefined,
  request: ReportRequest,
  calendar: Calendar,
): AsyncGenerator<string> {
  yield `${focusHeader()}${CSV_LINE_END}`;
  if (!scope) {
    return;
  }
  const { window, conversion } = request;
  const days = calendar.days(window.start, window.end);
  const pages = store.ofDays(scope, days, conversion.rates);
  for await (const { day, rows } of pages) {
    const charges = rows.flatMap(row => chargesOf(row, day, request));
    for (let i = 0; i < charges.length; i += LINES_AT_A_TIME) {
      yield charges
        .slice(i, i + LINES_AT_A_TIME)
        .map(charge => `${focusLine(charge)}${CSV_LINE_END}`)
        .join('');
      await setImmediate();
    }
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
