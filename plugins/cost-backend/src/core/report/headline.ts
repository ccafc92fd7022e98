import {
  Projection,
  ProjectionDay,
  monthStart,
  previousWindow,
  projectMonth,
} from '@headroom/common';
import {
  Comparison,
  DayCost,
  Headline,
  wordReport,
} from '@headroom/plugin-cost-common';
import { Coverage } from './coverage';
import { Calendar } from '../Calendar';
import { ReportRequest } from './ReportRequest';
import {
  addSums,
  efficiencyOfSums,
  noSums,
  Sums,
  toAmounts,
  totalOfSums,
} from '../../database/sums';

/** What every report is made of. */
export interface ReportFacts {
  request: ReportRequest;
  calendar: Calendar;
  coverage: Coverage;
  /** Sums by day over every day that was read. */
  days: Map<string, Sums>;
}

/** What a day costs; zero when nothing is known of it. */
function totalOfDay({ days }: ReportFacts, day: string): bigint {
  const sums = days.get(day);
  return sums ? totalOfSums(sums) : 0n;
}

function totalOver(facts: ReportFacts, { start, end }: Span): bigint {
  return facts.calendar
    .days(start, end)
    .reduce((total, day) => total + totalOfDay(facts, day), 0n);
}

interface Span {
  start: string;
  end: string;
}

/** The days of the window, also those with nothing in them. */
export function dayCosts(facts: ReportFacts): DayCost[] {
  const { request, calendar, coverage, days } = facts;
  return calendar.days(request.window.start, request.window.end).map(day => {
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
  const { request } = facts;
  const current = sumOver(facts, request.window);
  const before = isWhole(facts, request.window, request.previous)
    ? sumOver(facts, request.previous)
    : undefined;
  const efficiency = efficiencyOfSums(current);
  const previousEfficiency = before && efficiencyOfSums(before);
  const unused = current.known - current.used;
  return {
    total: totalOfSums(current).toString(),
    previous: compare(facts, request.window, request.previous),
    monthToDate: monthToDate(facts),
    projection: projection(facts),
    ...(efficiency !== undefined && { efficiency }),
    ...(previousEfficiency !== undefined && { previousEfficiency }),
    unusedCost: unused.toString(),
    // Of a window that is not over, a part would stand against a whole.
    ...(before &&
      request.window.end <= request.today && {
        previousUnusedCost: (before.known - before.used).toString(),
      }),
    ...(current.known > 0n && {
      unusedShare: Number(unused) / Number(current.known),
    }),
  };
}

/** What the rows of a table can be compared with. */
export interface RowBase {
  /** The window before is complete and of the same clusters: its totals can stand beside these. */
  previousWhole: boolean;
  /** The days that are compared are complete, in both windows, and of the same clusters. */
  comparable: boolean;
}

/** See {@link RowBase}. */
export function rowBase(facts: ReportFacts): RowBase {
  const compared = comparedPairs(facts);
  return {
    previousWhole: isWhole(facts, facts.request.window, facts.request.previous),
    comparable:
      compared.length > 0 && compared.every(({ comparable }) => comparable),
  };
}

/** As {@link rowBase}, for sums that leave out {@link daysNotCompared}. */
export function rowBaseOfPairs(facts: ReportFacts): RowBase {
  return {
    ...rowBase(facts),
    comparable: comparedPairs(facts).some(({ comparable }) => comparable),
  };
}

/** Days that are over and have nothing to stand beside, of both windows. */
export function daysNotCompared(facts: Omit<ReportFacts, 'days'>): string[] {
  return comparedPairs(facts)
    .filter(({ comparable }) => !comparable)
    .flatMap(({ day, before }) => [day, before]);
}

function comparedPairs(facts: Omit<ReportFacts, 'days'>) {
  const { request, calendar, coverage } = facts;
  const { current, previous } = comparableDays(request, calendar);
  const days = calendar.days(current.start, current.end);
  const before = calendar.days(previous.start, previous.end);
  return days.map((day, i) => ({
    day,
    before: before[i],
    comparable: coverage.comparable(day, before[i]),
  }));
}

/** Sums over a span of days. */
function sumOver({ days, calendar }: ReportFacts, { start, end }: Span): Sums {
  const sums = noSums();
  for (const day of calendar.days(start, end)) {
    const ofDay = days.get(day);
    if (ofDay) {
      addSums(sums, ofDay);
    }
  }
  return sums;
}

/** A month of which days are still to come from the past would look cheap. */
function projection(facts: ReportFacts): Projection {
  const { request, calendar, coverage } = facts;
  const { today } = request;
  const awaited = calendar
    .days(monthStart(today), today)
    .filter(day => coverage.awaitsBackfill(day)).length;
  if (awaited > 0) {
    const { message, wording } = wordReport('backfillAwaited', {
      count: awaited,
    });
    return { status: 'not-yet', reason: message, wording };
  }
  return projectMonth({ today, days: projectionDays(facts) });
}

/**
 * Days a projection learns from: from the first that cost something. Gaps are
 * incomplete days, and so are days of other clusters than today's.
 */
function projectionDays(facts: ReportFacts): ProjectionDay[] {
  const { request, calendar, coverage, days } = facts;
  const all = calendar.days(request.readFrom, request.readTo);
  const first = all.findIndex(day => days.has(day));
  return first < 0
    ? []
    : all.slice(first).map(day => ({
        day,
        micros: totalOfDay(facts, day),
        complete:
          coverage.complete(day) && coverage.sameClusters([day, request.today]),
      }));
}

/**
 * The longest stretch from the start of both windows in which days are over: a
 * day that is not over yet is compared with nothing.
 */
export function comparableDays(
  request: ReportRequest,
  calendar: Calendar,
): { current: Span; previous: Span } {
  return comparableSpans(
    request.window,
    request.previous,
    request.today,
    calendar,
  );
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
    total: totalOver(facts, span).toString(),
    ...(isKnown(facts, previous) && {
      previous: compare(facts, span, previous),
    }),
  };
}

/** What the window costs against the one before; absent when nothing is known of that. */
export function againstPrevious(facts: ReportFacts): Comparison | undefined {
  const { window, previous } = facts.request;
  return isKnown(facts, previous)
    ? compare(facts, window, previous)
    : undefined;
}

/** Compares the days that are complete in both windows. */
function compare(
  facts: ReportFacts,
  current: Span,
  previous: Span,
): Comparison {
  const { request, calendar, coverage } = facts;
  const spans = comparableSpans(current, previous, request.today, calendar);
  const before = calendar.days(spans.previous.start, spans.previous.end);
  let now = 0n;
  let base = 0n;
  let comparedDays = 0;
  let lastCompared: string | undefined;
  calendar.days(spans.current.start, spans.current.end).forEach((day, i) => {
    if (coverage.comparable(day, before[i])) {
      now += totalOfDay(facts, day);
      base += totalOfDay(facts, before[i]);
      comparedDays += 1;
      lastCompared = day;
    }
  });
  return {
    ...previous,
    ...(isWhole(facts, current, previous) && {
      total: totalOver(facts, previous).toString(),
    }),
    ...(base > 0n && { changeRatio: Number(now - base) / Number(base) }),
    comparedStart: current.start,
    comparedDays,
    comparedEnd: lastCompared ? calendar.add(lastCompared, 1) : current.start,
  };
}

/**
 * The window before is complete and of the clusters that this one is of: a total
 * of less would read as a rise.
 */
function isWhole(
  { request, calendar, coverage }: ReportFacts,
  current: Span,
  previous: Span,
): boolean {
  const before = calendar.days(previous.start, previous.end);
  const soFar = calendar
    .days(current.start, current.end)
    .filter(day => day <= request.today);
  return (
    before.every(day => coverage.complete(day)) &&
    coverage.sameClusters([...before, ...soFar])
  );
}

/** There is something to compare with: an hour was read, in this span. */
function isKnown({ calendar, coverage }: ReportFacts, { start, end }: Span) {
  return calendar.days(start, end).some(day => coverage.day(day).known);
}
