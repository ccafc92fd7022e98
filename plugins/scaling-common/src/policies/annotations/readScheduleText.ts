import { Worded } from '@headroom/common';
import { sayAnnotation } from '../../sentences/annotationSentences';
import { PolicyLead } from '../Policy';
import { ReadPart, readPart, readWish } from './readPart';
import { PartError, WordReader, minutesOfDuration } from './WordReader';

/** A part of an annotation that can't be read. @internal */
export interface UnreadPart {
  part: string;
  what: Worded;
}

/** Settings by name, as they are written. */
type Settings = Map<string, string>;

const SETTINGS = [
  'zone',
  'outside',
  'mode',
  'grace',
  'lead',
  'holidays',
  'approval',
  'title',
];

/**
 * Reads the short form of a schedule into the input of `policySchema`. Every part that
 * can't be read is named.
 *
 * @internal
 */
export function readScheduleText(text: string): {
  input: Record<string, unknown>;
  unread: UnreadPart[];
} {
  const unread: UnreadPart[] = [];
  const settings: Settings = new Map();
  const parts: Array<{ part: string; read: ReadPart }> = [];
  for (const part of text.split(';').map(each => each.trim())) {
    if (part !== '') {
      attempt(part, unread, () => {
        if (!takeSetting(part, settings)) {
          parts.push({ part, read: readPart(part) });
        }
      });
    }
  }
  const known = parts.flatMap(({ read }) => read.zone ?? []);
  const zones = [...new Set(settings.has('zone') ? [] : known)];
  const common =
    settings.get('zone') ?? (zones.length === 1 ? zones[0] : undefined);
  const schedules = new Map<string, ReturnType<typeof emptySchedule>>();
  const holidays = settings.get('holidays');
  for (const { part, read } of parts) {
    const zone = read.zone ?? common;
    if (zone === undefined) {
      const what = sayAnnotation(
        zones.length > 1 ? 'zonesMany' : 'zoneMissing',
      );
      unread.push({ part, what });
    } else {
      const schedule = schedules.get(zone) ?? emptySchedule(zone, holidays);
      schedules.set(zone, schedule);
      if ('window' in read) {
        schedule.windows.push(read.window);
      } else {
        schedule.exceptions.push(read.exception);
      }
    }
  }
  if (parts.length === 0 && settings.size === 0 && unread.length === 0) {
    unread.push({ part: text, what: sayAnnotation('empty') });
  }
  const input: Record<string, unknown> = { schedules: [...schedules.values()] };
  for (const [name, value] of settings) {
    attempt(`${name}=${value}`, unread, () =>
      Object.assign(input, readSetting(name, value)),
    );
  }
  return { input, unread };
}

function emptySchedule(zone: string, calendar: string | undefined) {
  return {
    zone,
    windows: [] as unknown[],
    exceptions: [] as unknown[],
    holidays: calendar === undefined ? [] : [{ calendar }],
  };
}

function attempt(part: string, unread: UnreadPart[], read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof PartError)) {
      throw error;
    }
    unread.push({ part, what: error.worded });
  }
}

/** Whether a part is a setting: `name=value`, and no window, which has words before. */
function takeSetting(part: string, settings: Settings): boolean {
  const found = /^([A-Za-z-]+)\s*=\s*(.*)$/s.exec(part);
  if (!found) {
    return false;
  }
  const [, name, value] = found;
  if (!SETTINGS.includes(name)) {
    throw new PartError(
      sayAnnotation('word', {
        word: name,
        right: sayAnnotation('rightSetting'),
      }),
    );
  }
  if (settings.has(name)) {
    throw new PartError(sayAnnotation('twice', { word: name }));
  }
  settings.set(name, value);
  return true;
}

function readSetting(name: string, value: string): Record<string, unknown> {
  const wrong = (right: 'rightLead' | 'rightMode' | 'rightApproval') =>
    new PartError(
      sayAnnotation('word', { word: value, right: sayAnnotation(right) }),
    );
  switch (name) {
    case 'outside': {
      const words = new WordReader(value);
      const outside = readWish(words);
      if (!outside || !words.done) {
        throw words.error('rightWish');
      }
      return { outside };
    }
    case 'mode':
      if (!['observe', 'propose', 'enforce'].includes(value)) {
        throw wrong('rightMode');
      }
      return { mode: value };
    case 'grace': {
      const graceMinutes = minutesOfDuration(value);
      if (graceMinutes === undefined) {
        throw new WordReader(value).error('rightDuration');
      }
      return { graceMinutes };
    }
    case 'lead': {
      const lead = readLead(value);
      if (!lead) {
        throw wrong('rightLead');
      }
      return { lead };
    }
    case 'approval':
      if (value !== 'one' && value !== 'two') {
        throw wrong('rightApproval');
      }
      return { twoPersons: value === 'two' };
    case 'title':
      return { title: value };
    default:
      // Zone and holidays are in the schedules.
      return {};
  }
}

function readLead(value: string): PolicyLead | undefined {
  if (value === 'measured' || value === 'none') {
    return { type: value };
  }
  const minutes = minutesOfDuration(value);
  return minutes === undefined
    ? undefined
    : { type: 'fixed', seconds: minutes * 60 };
}
