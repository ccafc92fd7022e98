import { DAY_MS } from '@headroom/common';
import { Policy } from '../policies/Policy';
import { DayTimes, HolidayCalendar, Schedule } from '../policies/Schedule';
import { Wish, takesCapacity } from '../policies/Wish';
import { sayWindow } from '../sentences/windowSentences';
import { formatDates, formatTimes, formatWindow } from './formatWindow';
import { dateOf } from './localDates';
import { MeantTime, datedTimes, meantTimes } from './meantTimes';
import { resolveLocal } from './resolveLocal';
import {
  ClockChange,
  DroppedOccurrence,
  Occurrence,
  WindowSource,
} from './types';

/** Holiday calendars by id. @public */
export type Calendars = Readonly<Record<string, HolidayCalendar>>;

/** What is expanded: the schedules of a policy and what holds outside of them. @public */
export type Scheduled = Pick<Policy, 'schedules' | 'outside'>;

/** @internal */
export interface Asked {
  fromMs: number;
  toMs: number;
  /** How much earlier what gives capacity is wanted. */
  leadMs: number;
}

/** @internal */
export interface Occurrences {
  occurrences: Occurrence[];
  dropped: DroppedOccurrence[];
}

const ALL_DAY: DayTimes = { allDay: true };

interface Series {
  source: WindowSource;
  rank: Occurrence['rank'];
  wish: Wish | undefined;
  meant: Iterable<MeantTime>;
}

/**
 * Every time that a window, an exception or a holiday holds within `[fromMs, toMs)`,
 * or starts within a lead after it; in order of their start.
 *
 * @internal
 */
export function occurrencesOf(
  { schedules, outside }: Scheduled,
  asked: Asked,
  calendars: Calendars = {},
): Occurrences {
  const found: Occurrences = { occurrences: [], dropped: [] };
  schedules.forEach((schedule, index) => {
    // Local times are at most 15 hours from UTC.
    for (const series of seriesOf(
      schedule,
      index,
      asked.fromMs - DAY_MS,
      asked.toMs + asked.leadMs + DAY_MS,
      calendars,
    )) {
      resolveSeries(series, schedule.zone, outside, asked, found);
    }
  });
  found.occurrences.sort(
    (a, b) => a.startMs - b.startMs || compareSources(a.source, b.source),
  );
  return found;
}

function* seriesOf(
  { zone, windows, exceptions, holidays }: Schedule,
  schedule: number,
  fromMs: number,
  toMs: number,
  calendars: Calendars,
): Generator<Series> {
  for (const [index, window] of windows.entries()) {
    yield {
      source: {
        schedule,
        list: 'windows',
        index,
        title: window.title ?? `${formatWindow(window)} ${zone}`,
      },
      rank: window.type === 'dated' ? 'dated' : 'recurring',
      wish: window.wish,
      meant: meantTimes(window, fromMs, toMs),
    };
  }
  for (const [index, exception] of exceptions.entries()) {
    yield {
      source: {
        schedule,
        list: 'exceptions',
        index,
        title:
          exception.title ||
          `${formatDates(exception)} ${formatTimes(exception.times)} ${zone}`,
      },
      rank: 'exception',
      wish: wishOf(exception.wish),
      meant: datedTimes(exception, fromMs, toMs),
    };
  }
  for (const [index, { calendar, wish }] of holidays.entries()) {
    const days = Object.hasOwn(calendars, calendar)
      ? calendars[calendar].days
      : [];
    for (const [day, { title, times = ALL_DAY, ...dates }] of days.entries()) {
      yield {
        source: { schedule, list: 'holidays', index, day, title },
        rank: 'exception',
        wish: wishOf(wish),
        meant: datedTimes({ ...dates, times }, fromMs, toMs),
      };
    }
  }
}

function wishOf(wish: Wish | { type: 'outside' }): Wish | undefined {
  return wish.type === 'outside' ? undefined : wish;
}

/**
 * S5: a time that gives capacity starts at the first and ends at the last occurrence
 * of what the clocks show twice; one that takes it is read the other way round.
 */
function resolveSeries(
  { source, rank, wish, meant }: Series,
  zone: string,
  outside: Wish,
  { fromMs, toMs, leadMs }: Asked,
  found: Occurrences,
): void {
  const wanted = wish ?? outside;
  const takes =
    takesCapacity(wanted, outside) ||
    // An exception stands in for a window, whatever is outside.
    (rank === 'exception' && takesCapacity(wanted));
  for (const time of meant) {
    const start = resolveLocal(
      zone,
      time.localStartMs,
      takes ? 'last' : 'first',
    );
    const end =
      time.localEndMs === undefined
        ? undefined
        : resolveLocal(zone, time.localEndMs, takes ? 'first' : 'last');
    const startMs = start.atMs;
    const endMs = end?.atMs ?? startMs + (time.durationMs ?? 0);
    const localDate = dateOf(Math.floor(time.localStartMs / DAY_MS));
    if (endMs <= startMs) {
      if (startMs >= fromMs && startMs < toMs) {
        const text = sayWindow('dropped', {
          window: source.title,
          date: localDate,
          zone,
        });
        found.dropped.push({ source, localDate, text });
      }
    } else if (endMs > fromMs && startMs - leadMs < toMs) {
      found.occurrences.push({
        startMs,
        endMs,
        source,
        rank,
        localDate,
        wish,
        leadMs: takes ? 0 : leadMs,
        clockChanges: changesOf(start.how, end?.how),
      });
    }
  }
}

function changesOf(
  start: 'exact' | 'gap' | 'ambiguous',
  end: 'exact' | 'gap' | 'ambiguous' = 'exact',
): ClockChange[] {
  return [
    ...(start === 'gap' ? ['start-in-gap' as const] : []),
    ...(start === 'ambiguous' ? ['ambiguous-start' as const] : []),
    ...(end === 'gap' ? ['end-in-gap' as const] : []),
    ...(end === 'ambiguous' ? ['ambiguous-end' as const] : []),
  ];
}

const LISTS: ReadonlyArray<WindowSource['list']> = [
  'windows',
  'exceptions',
  'holidays',
];

/** In the order of the policy. */
export function compareSources(a: WindowSource, b: WindowSource): number {
  return (
    a.schedule - b.schedule ||
    LISTS.indexOf(a.list) - LISTS.indexOf(b.list) ||
    a.index - b.index ||
    (a.day ?? 0) - (b.day ?? 0)
  );
}
