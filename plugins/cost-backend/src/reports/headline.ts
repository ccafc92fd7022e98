import {
  Comparison,
  DayCost,
  Headline,
  monthStart,
  previousWindow,
  projectMonth,
} from '@headroom/plugin-cost-common';
import { Coverage } from './coverage';
import { Calendar } from './Calendar';
import { ReportRequest } from './ReportRequest';
import {
  addSums,
  efficiencyOfSums,
  noSums,
  Sums,
  toAmounts,
  totalOfSums,
} from './sums';

/** What every report is made of. */
export interface ReportFacts {
  request: ReportRequest;
  calendar: Calendar;
  coverage: Coverage;
  /** Sums by day over every day that was read. */
  days: Map<string, Sums>;
}

interface Span {
  start: string;
  end: string;
}

/** The days of the window, also those with nothing in them. */
export function dayCosts(facts: ReportFacts): DayCost[] {
  const { request, calendar, coverage, days } = facts;
  return calendar
    .days(request.window.start, request.window.end)
    .map(day => {
      const sums = days.get(day) ?? noSums();
      const { hours, missingHours, partial } = coverage.day(day);
      return {
        day,
        cost: toAmounts(sums.cost),
        shared: sums.shared.toString(),
        total: totalOfSums(sums).toString(),
        ...(partial && { partial }),
        ...(missingHours > 0 && { missingHours }),
        hours,
      };
    });
}

/** Headline figures of a window, each with what it is compared with. */
export function headline(facts: ReportFacts): Headline {
  const { request, calendar, coverage, days } = facts;
  const current = sumOver(facts, request.window);
  const before = isKnown(facts, request.previous)
    ? sumOver(facts, request.previous)
    : undefined;
  const efficiency = efficiencyOfSums(current);
  const previousEfficiency = before && efficiencyOfSums(before);
  const idle = current.known - current.used;
  return {
    total: totalOfSums(current).toString(),
    previous: compare(facts, request.window, request.previous),
    monthToDate: monthToDate(facts),
    projection: projectMonth({
      today: request.today,
      days: calendar
        .days(request.readFrom, request.readTo)
        .filter(day => coverage.day(day).known || days.has(day))
        .map(day => ({
          day,
          micros: totalOfSums(days.get(day) ?? noSums()),
          complete: coverage.complete(day),
        })),
    }),
    ...(efficiency !== undefined && { efficiency }),
    ...(previousEfficiency !== undefined && { previousEfficiency }),
    idleCost: idle.toString(),
    ...(before && { previousIdleCost: (before.known - before.used).toString() }),
    ...(current.known > 0n && {
      idleShare: Number(idle) / Number(current.known),
    }),
  };
}

/** Sums over a span of days. */
export function sumOver(
  { days, calendar }: ReportFacts,
  { start, end }: Span,
): Sums {
  return calendar
    .days(start, end)
    .reduce(
      (sums, day) => addSums(sums, days.get(day) ?? noSums()),
      noSums(),
    );
}

/**
 * The longest stretch from the start of both windows in which days are over: a
 * day that is not over yet is compared with nothing.
 */
export function comparableDays(
  request: ReportRequest,
  calendar: Calendar,
): { current: Span; previous: Span } {
  return comparableSpans(request.window, request.previous, request.today, calendar);
}

function comparableSpans(
  current: Span,
  previous: Span,
  today: string,
  calendar: Calendar,
): { current: Span; previous: Span } {
  const end = current.end > today ? today : current.end;
  const over = end > current.start ? calendar.days(current.start, end) : [];
  const before = calendar.days(previous.start, previous.end);
  const length = Math.min(over.length, before.length);
  return {
    current: {
      start: current.start,
      end: calendar.add(current.start, length),
    },
    previous: {
      start: previous.start,
      end: calendar.add(previous.start, length),
    },
  };
}

function monthToDate(facts: ReportFacts): Headline['monthToDate'] {
  const { request, calendar } = facts;
  const span = {
    start: monthStart(request.today),
    end: calendar.add(request.today, 1),
  };
  const previous = previousWindow({ preset: 'mtd', ...span });
  return {
    ...span,
    total: totalOfSums(sumOver(facts, span)).toString(),
    ...(isKnown(facts, previous) && {
      previous: compare(facts, span, previous),
    }),
  };
}

/** Compares the days that are complete in both windows. */
function compare(
  facts: ReportFacts,
  current: Span,
  previous: Span,
): Comparison {
  const { request, calendar, coverage, days } = facts;
  const spans = comparableSpans(current, previous, request.today, calendar);
  const before = calendar.days(spans.previous.start, spans.previous.end);
  let now = 0n;
  let base = 0n;
  let comparedEnd = spans.current.start;
  calendar.days(spans.current.start, spans.current.end).forEach((day, i) => {
    if (coverage.complete(day) && coverage.complete(before[i])) {
      now += totalOfSums(days.get(day) ?? noSums());
      base += totalOfSums(days.get(before[i]) ?? noSums());
      comparedEnd = calendar.add(day, 1);
    }
  });
  return {
    ...previous,
    ...(isKnown(facts, previous) && {
      total: totalOfSums(sumOver(facts, previous)).toString(),
    }),
    ...(base > 0n && { changeRatio: Number(now - base) / Number(base) }),
    comparedStart: current.start,
    comparedEnd,
  };
}

/** There is something to compare with: an hour was read, in this span. */
function isKnown({ calendar, coverage }: ReportFacts, { start, end }: Span) {
  return calendar.days(start, end).some(day => coverage.day(day).known);
}
