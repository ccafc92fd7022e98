import { InputError } from '../adviceQuality/InputError';

/** How a file writes moments. */
export type Clock = 'text' | 'seconds' | 'milliseconds';

/** March 1973 in either; what is less is a count, or a day such as 20260302. */
const LEAST = { seconds: 1e8, milliseconds: 1e11 };
const FACTOR = 1_000;

const OF_ALL = 'since 1970 in all of a file, of the years 1973 to 5138';
const TAKES: Record<Clock, string> = {
  text: 'a moment such as 2026-03-02T14:00:00Z',
  seconds: `seconds ${OF_ALL}`,
  milliseconds: `milliseconds ${OF_ALL}`,
};

const WHOLE = /^\d+(\.0+)?$/;

/**
 * The clock of a file by its first moment: a whole number counts seconds or milliseconds
 * since 1970-01-01, which of them by its magnitude.
 */
export function clockOf(field: string): Clock {
  if (!WHOLE.test(field)) {
    return 'text';
  }
  return Number(field) < LEAST.milliseconds ? 'seconds' : 'milliseconds';
}

/**
 * Milliseconds since 1970-01-01 of a moment: ISO 8601, without a zone in UTC, or a number
 * as the clock says.
 *
 * @param place - the file and the line, for the message
 * @throws InputError of what is no moment by the clock
 */
export function instantOf(field: string, clock: Clock, place: string): number {
  const at = clock === 'text' ? ofText(field) : ofNumber(field, clock);
  if (Number.isNaN(at)) {
    throw new InputError(
      `${place}: TimeStamp is "${field}"; it takes ${TAKES[clock]}`,
    );
  }
  return at;
}

function ofText(text: string): number {
  if (WHOLE.test(text)) {
    return NaN;
  }
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  return Date.parse(hasZone ? text : `${text.replace(' ', 'T')}Z`);
}

function ofNumber(text: string, clock: 'seconds' | 'milliseconds'): number {
  const number = Number(text);
  const least = LEAST[clock];
  if (!WHOLE.test(text) || number < least || number >= least * FACTOR) {
    return NaN;
  }
  return clock === 'seconds' ? number * FACTOR : number;
}
