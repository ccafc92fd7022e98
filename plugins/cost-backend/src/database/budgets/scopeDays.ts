import { dayNumber, dayOfNumber } from '@headroom/common';

/** What a day cost in the stored currency, in micros. */
export interface ScopeDay {
  day: string;
  /** Of what is used or requested. */
  own: bigint;
  /** The same and what sharing moved there. */
  shared: bigint;
}

/** PostgreSQL's expression of a `dayNumber`: shorter on the wire, of which there may be a million. */
export const DAY_NUMBER = "(d.day - '1970-01-01'::date)";

/** Days as one text, newest first, `number own shared` each, with commas between. */
export function packDays(all: readonly ScopeDay[]): string {
  return [...all]
    .sort((a, b) => (a.day < b.day ? 1 : -1))
    .map(({ day, own, shared }) => `${dayNumber(day)} ${own} ${shared}`)
    .join(',');
}

/** Reads days of the form that {@link packDays} writes, in any order. */
export function unpackDays(text: string): ScopeDay[] {
  return text === '' ? [] : text.split(',').map(unpackDay);
}

/**
 * Reads the days from one on of what {@link packDays} wrote; those before it stay packed.
 *
 * @param from - `YYYY-MM-DD`
 */
export function splitDays(
  text: string,
  from: string,
): { days: ScopeDay[]; older: string } {
  const first = dayNumber(from);
  const days: ScopeDay[] = [];
  let at = 0;
  while (at < text.length && parseInt(text.slice(at, at + 8), 10) >= first) {
    const comma = text.indexOf(',', at);
    const end = comma === -1 ? text.length : comma;
    days.push(unpackDay(text.slice(at, end)));
    at = end + 1;
  }
  return { days, older: text.slice(at) };
}

/** What {@link packDays} wrote, without the days before one. */
export function dropBefore(text: string, from: string): string {
  const first = dayNumber(from);
  let rest = text;
  while (rest !== '') {
    const last = rest.lastIndexOf(',') + 1;
    if (parseInt(rest.slice(last), 10) >= first) {
      return rest;
    }
    rest = rest.slice(0, Math.max(0, last - 1));
  }
  return rest;
}

function unpackDay(text: string): ScopeDay {
  // A million times in an evaluation: no list is made.
  const first = text.indexOf(' ');
  const second = text.indexOf(' ', first + 1);
  return {
    day: dayOfNumber(Number(text.slice(0, first))),
    own: BigInt(text.slice(first + 1, second)),
    shared: BigInt(text.slice(second + 1)),
  };
}
