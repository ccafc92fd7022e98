import { sayAnnotation } from '../../sentences/annotationSentences';
import { minutesOf } from '../../schedules/localDates';
import {
  DayTimes,
  ExceptionWish,
  ScheduleException,
  ScheduleWindow,
  WEEKDAYS,
  Weekday,
} from '../Schedule';
import { Wish } from '../Wish';
import { PartError, WordReader, minutesOfDuration } from './WordReader';

/** A window or an exception, with the zone that it says. @internal */
export type ReadPart =
  | { window: ScheduleWindow; zone?: string }
  | { exception: ScheduleException; zone?: string };

const DATES = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/;

/** Reads a window or an exception. Throws a {@link PartError}. @internal */
export function readPart(part: string): ReadPart {
  const words = new WordReader(part);
  if (words.take('except')) {
    return readException(words);
  }
  if (words.take('cron')) {
    const quoted = words.next('rightCron');
    if (!/^".*"$/.test(quoted)) {
      throw words.error('rightCron', quoted);
    }
    if (!words.take('for')) {
      throw words.error('rightCron');
    }
    const durationMinutes = readDuration(words);
    const cron = quoted.slice(1, -1);
    return withWish(words, { type: 'cron', cron, durationMinutes });
  }
  const first = words.next('rightWindow');
  const dates = DATES.exec(first);
  if (dates) {
    const [, date, lastDate] = dates;
    return withWish(words, {
      type: 'dated',
      date,
      ...(lastDate && { lastDate }),
      times: readTimes(words).times,
    });
  }
  const days = readDays(first);
  if (!days) {
    throw words.error(
      /^\p{L}/u.test(first) ? 'rightDays' : 'rightWindow',
      first,
    );
  }
  return withWish(words, { type: 'weekly', days, ...readTimes(words) });
}

type WindowTimes =
  | Omit<Extract<ScheduleWindow, { type: 'weekly' }>, 'wish'>
  | Omit<Extract<ScheduleWindow, { type: 'cron' }>, 'wish'>
  | Omit<Extract<ScheduleWindow, { type: 'dated' }>, 'wish'>;

function withWish(words: WordReader, window: WindowTimes): ReadPart {
  const wish = readWish(words) ?? { type: 'untouched' };
  return {
    window: { ...window, wish } as ScheduleWindow,
    ...readZone(words),
  };
}

function readException(words: WordReader): ReadPart {
  const text = words.next('rightException');
  const dates = DATES.exec(text);
  if (!dates) {
    throw words.error('rightException', text);
  }
  const [, date, lastDate] = dates;
  const timed = /^(\d|all$)/i.test(words.peek() ?? '');
  const times: DayTimes = timed ? readTimes(words).times : { allDay: true };
  const wish: ExceptionWish = words.take('outside')
    ? { type: 'outside' }
    : readWish(words) ?? { type: 'outside' };
  return {
    exception: {
      title: text,
      date,
      ...(lastDate && { lastDate }),
      times,
      wish,
    },
    ...readZone(words),
  };
}

function readDays(text: string): Weekday[] | undefined {
  if (/^daily$/i.test(text)) {
    return [...WEEKDAYS];
  }
  const days = new Set<Weekday>();
  for (const range of text.split(',')) {
    const [first, last, ...more] = range.split('-').map(weekdayOf);
    if (!first || (range.includes('-') && !last) || more.length > 0) {
      return undefined;
    }
    // A week may begin on any day: Sat-Mon is three.
    for (let at = WEEKDAYS.indexOf(first); ; at = (at + 1) % 7) {
      days.add(WEEKDAYS[at]);
      if (WEEKDAYS[at] === (last ?? first)) {
        break;
      }
    }
  }
  return WEEKDAYS.filter(day => days.has(day));
}

function weekdayOf(text: string): Weekday | undefined {
  return WEEKDAYS.find(day => day === text.toLocaleLowerCase('en-US'));
}

function readTimes(words: WordReader): { times: DayTimes; endDay?: Weekday } {
  if (words.take('all')) {
    if (!words.take('day')) {
      throw words.error('rightTimes');
    }
    return { times: { allDay: true } };
  }
  const text = words.next('rightTimes');
  const [start, end, ...more] = text.split('-');
  if (minutesOf(start) === undefined || more.length > 0) {
    throw words.error('rightTimes', text);
  }
  if (end === undefined) {
    if (!words.take('for')) {
      throw words.error('rightTimes');
    }
    return { times: { start, durationMinutes: readDuration(words) } };
  }
  const endDay = weekdayOf(end);
  if (endDay) {
    const time = words.next('rightTimes');
    if (minutesOf(time) === undefined) {
      throw words.error('rightTimes', time);
    }
    return { times: { start, end: time }, endDay };
  }
  if (minutesOf(end) === undefined) {
    throw words.error('rightTimes', text);
  }
  return { times: { start, end } };
}

function readDuration(words: WordReader): number {
  const text = words.next('rightDuration');
  const minutes = minutesOfDuration(text);
  if (!minutes) {
    throw words.error('rightDuration', text);
  }
  return minutes;
}

/** Reads what is wanted; `undefined` where it isn't said. Throws a {@link PartError}. @internal */
export function readWish(words: WordReader): Wish | undefined {
  if (words.take('zero', '0')) {
    return { type: 'zero' };
  }
  if (words.take('untouched')) {
    return { type: 'untouched' };
  }
  const counts = new Map<string, number>();
  for (;;) {
    const found = /^(min|max|fixed)=(\d{1,6})$/.exec(words.peek() ?? '');
    if (!found) {
      break;
    }
    const word = words.next('rightWish');
    if (counts.has(found[1])) {
      throw new PartError(sayAnnotation('twice', { word }));
    }
    counts.set(found[1], Number(found[2]));
    if (counts.has('fixed') && counts.size > 1) {
      throw words.error('rightWish', word);
    }
  }
  const replicas = counts.get('fixed');
  if (replicas !== undefined) {
    return replicas === 0 ? { type: 'zero' } : { type: 'fixed', replicas };
  }
  const floor = counts.get('min');
  const ceiling = counts.get('max');
  if (ceiling === 0 && !floor) {
    return { type: 'zero' };
  }
  return counts.size > 0
    ? {
        type: 'bounds',
        ...(floor !== undefined && { floor }),
        ...(ceiling !== undefined && { ceiling }),
      }
    : undefined;
}

/** Whatever is left is a zone; whether there is such a zone is checked with the policy. */
function readZone(words: WordReader): { zone?: string } {
  if (words.done) {
    return {};
  }
  const zone = words.next('rightWish');
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(zone)) {
    throw words.error('rightWish', zone);
  }
  if (!words.done) {
    throw words.error('rightWish');
  }
  return { zone };
}
