import { DAY_MS } from '@headroom/common';
import { readCron } from '../../schedules/cronTimes';
import { dayOf } from '../../schedules/localDates';
import { Calendars } from '../../schedules/occurrencesOf';
import { isZone } from '../../schedules/zones';
import { sayIssue } from '../../sentences/issueSentences';
import { Policy } from '../Policy';
import { PolicyIssue } from '../PolicyIssue';
import {
  DayTimes,
  Schedule,
  ScheduleHolidays,
  ScheduleWindow,
} from '../Schedule';
import { IssuePath, issue, wordPath, wordWritten } from './issue';

/** Starts of a cron expression are at least so far apart. */
const DENSEST_MS = 5 * 60_000;
/** How many starts are looked at. */
const STARTS = 50;
/** A calendar that ends sooner is said to. */
const CALENDAR_AHEAD_MS = 60 * DAY_MS;

/** What is wrong with zones, times, dates, cron expressions and calendars. @internal */
export function checkSchedules(
  { schedules }: Policy,
  nowMs: number,
  calendars: Calendars | undefined,
): PolicyIssue[] {
  return schedules.flatMap((schedule, index) => {
    const path: IssuePath = ['schedules', index];
    return [
      ...checkZone(schedule, path),
      ...schedule.windows.flatMap((window, at) =>
        checkWindow(window, [...path, 'windows', at], nowMs),
      ),
      ...schedule.exceptions.flatMap((exception, at) => {
        const where = [...path, 'exceptions', at];
        return [
          ...checkDates(exception.date, exception.lastDate, where, 'lastDate'),
          ...checkTimes(exception.times, where),
        ];
      }),
      ...schedule.holidays.flatMap((holidays, at) =>
        checkHolidays(
          holidays,
          [...path, 'holidays', at, 'calendar'],
          nowMs,
          calendars,
        ),
      ),
    ];
  });
}

function checkZone({ zone }: Schedule, at: IssuePath): PolicyIssue[] {
  const path = [...at, 'zone'];
  return isZone(zone)
    ? []
    : [
        issue(
          'error',
          'zone-unknown',
          path,
          zone,
          sayIssue('zone', { field: wordPath(path), value: wordWritten(zone) }),
        ),
      ];
}

function checkWindow(
  window: ScheduleWindow,
  path: IssuePath,
  nowMs: number,
): PolicyIssue[] {
  switch (window.type) {
    case 'cron':
      return checkCron(window.cron, [...path, 'cron'], nowMs);
    case 'weekly':
      return [
        ...checkDates(window.validFrom, window.validUntil, path, 'validUntil'),
        ...(window.endDay ? [] : checkTimes(window.times, path)),
      ];
    case 'dated':
    default:
      return [
        ...checkDates(window.date, window.lastDate, path, 'lastDate'),
        ...checkTimes(window.times, path),
      ];
  }
}

/** S4: an end before the start is on the next day; the same time is nothing or a whole day. */
function checkTimes(times: DayTimes, at: IssuePath): PolicyIssue[] {
  if (!('end' in times) || times.start !== times.end) {
    return [];
  }
  const path = [...at, 'times', 'end'];
  return [
    issue(
      'error',
      'window-empty',
      path,
      times.end,
      sayIssue('windowEmpty', { field: wordPath(path), value: times.end }),
    ),
  ];
}

function checkDates(
  first: string | undefined,
  last: string | undefined,
  at: IssuePath,
  lastName: 'lastDate' | 'validUntil',
): PolicyIssue[] {
  const firstName = lastName === 'lastDate' ? 'date' : 'validFrom';
  const unreal = [
    { path: [...at, firstName], value: first },
    { path: [...at, lastName], value: last },
  ].flatMap(({ path, value }) =>
    value === undefined || dayOf(value) !== undefined
      ? []
      : [
          issue(
            'error',
            'date-unreal',
            path,
            value,
            sayIssue('dateUnreal', { field: wordPath(path), value }),
          ),
        ],
  );
  if (unreal.length > 0 || first === undefined || last === undefined) {
    return unreal;
  }
  const path = [...at, lastName];
  return last < first
    ? [
        issue(
          'error',
          'dates-reversed',
          path,
          last,
          sayIssue('datesReversed', {
            field: wordPath(path),
            value: last,
            first,
          }),
        ),
      ]
    : [];
}

function checkCron(
  cron: string,
  path: IssuePath,
  nowMs: number,
): PolicyIssue[] {
  const field = wordPath(path);
  const value = wordWritten(cron);
  const wrong = (
    code: 'cron-unreadable' | 'cron-dense',
    text: PolicyIssue['text'],
  ) => [issue('error', code, path, cron, text)];
  try {
    const starts = readCron(cron).nextRuns(STARTS, new Date(nowMs));
    if (starts.length === 0) {
      return wrong('cron-unreadable', sayIssue('cronNever', { field, value }));
    }
    const dense = starts.some(
      (start, index) =>
        index > 0 && start.getTime() - starts[index - 1].getTime() < DENSEST_MS,
    );
    return dense
      ? wrong('cron-dense', sayIssue('cronDense', { field, value }))
      : [];
  } catch (error) {
    const why = (error as Error).message
      .replace(/^CronPattern: /, '')
      .replace(/[.:]$/, '');
    return wrong('cron-unreadable', sayIssue('cron', { field, value, why }));
  }
}

function checkHolidays(
  { calendar }: ScheduleHolidays,
  path: IssuePath,
  nowMs: number,
  calendars: Calendars | undefined,
): PolicyIssue[] {
  if (!calendars) {
    return [];
  }
  const field = wordPath(path);
  if (!Object.hasOwn(calendars, calendar)) {
    const ids = Object.keys(calendars);
    return [
      issue(
        'error',
        'calendar-unknown',
        path,
        calendar,
        ids.length > 0
          ? sayIssue('calendarUnknown', {
              field,
              value: wordWritten(calendar),
              calendars: ids.join(', '),
            })
          : sayIssue('noCalendar', { field, value: wordWritten(calendar) }),
      ),
    ];
  }
  const { validUntil } = calendars[calendar];
  return (dayOf(validUntil) ?? 0) * DAY_MS < nowMs + CALENDAR_AHEAD_MS
    ? [
        issue(
          'warning',
          'calendar-ends',
          path,
          calendar,
          sayIssue('calendarEnds', {
            field,
            value: calendar,
            until: validUntil,
          }),
        ),
      ]
    : [];
}
