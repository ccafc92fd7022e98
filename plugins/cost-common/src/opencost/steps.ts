import { HOUR_MS } from '@headroom/common';
import { AllocationWindow, startOfWeek } from './windows';

const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** How sets are put together: not at all, all of them, or by unit of the calendar (UTC). @public */
export const ACCUMULATIONS = [
  'none',
  'all',
  'hour',
  'day',
  'week',
  'month',
] as const;

/** @public */
export type Accumulation = (typeof ACCUMULATIONS)[number];

/** Longest step that a unit is made of. */
const LENGTH: Record<Accumulation, number> = {
  none: Infinity,
  all: Infinity,
  hour: HOUR_MS,
  day: DAY_MS,
  week: WEEK_MS,
  month: 28 * DAY_MS,
};

/** One answered set, and the steps it is the sum of. @public */
export interface AllocationSet extends AllocationWindow {
  /** Idle and shared costs are divided in each by itself. */
  steps: AllocationWindow[];
}

/**
 * Divides a window into the sets that are answered. Without a step a set is shared
 * out as a whole. Steps of a week begin on Sunday, as OpenCost's do, but never before
 * the window.
 *
 * @returns undefined when a step is longer than what it is to be accumulated to.
 * @public
 */
export function setsOf(
  window: AllocationWindow,
  options: { step?: number; accumulate: Accumulation },
): AllocationSet[] | undefined {
  const { step, accumulate } = options;
  if (step !== undefined && step > LENGTH[accumulate]) {
    return undefined;
  }
  const steps = cut(window, at => nextStep(window, at, step, accumulate));
  if (accumulate === 'none') {
    return steps.map(each => ({ ...each, steps: [each] }));
  }
  const sets: AllocationSet[] = [];
  for (const each of steps) {
    const last = sets.at(-1);
    if (
      last &&
      startOf(last.start, accumulate) === startOf(each.start, accumulate)
    ) {
      last.end = each.end;
      last.steps.push(each);
    } else {
      sets.push({ ...each, steps: [each] });
    }
  }
  return sets;
}

function nextStep(
  { start, end }: AllocationWindow,
  at: number,
  step: number | undefined,
  accumulate: Accumulation,
): number {
  if (step === undefined) {
    return accumulate === 'none' ? end : nextStart(at, accumulate);
  }
  const first = step === WEEK_MS ? startOfWeek(start) : start;
  const next = first + step * (Math.floor((at - first) / step) + 1);
  // What a step of three days has of two months is no part of either.
  return Math.min(next, nextStart(at, accumulate));
}

function cut(
  { start, end }: AllocationWindow,
  next: (at: number) => number,
): AllocationWindow[] {
  const parts: AllocationWindow[] = [];
  for (let at = start; at < end; ) {
    const until = Math.min(end, next(at));
    parts.push({ start: at, end: until });
    at = until;
  }
  return parts;
}

/** When the unit began that an instant is in. */
function startOf(at: number, unit: Accumulation): number {
  const date = new Date(at);
  switch (unit) {
    case 'hour':
      return Math.floor(at / HOUR_MS) * HOUR_MS;
    case 'day':
      return Math.floor(at / DAY_MS) * DAY_MS;
    case 'week':
      return startOfWeek(at);
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    default:
      return 0;
  }
}

function nextStart(at: number, unit: Accumulation): number {
  const start = startOf(at, unit);
  switch (unit) {
    case 'hour':
      return start + HOUR_MS;
    case 'day':
      return start + DAY_MS;
    case 'week':
      return start + WEEK_MS;
    case 'month': {
      const date = new Date(start);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    }
    default:
      return Infinity;
  }
}
