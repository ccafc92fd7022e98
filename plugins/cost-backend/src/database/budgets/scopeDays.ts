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

/** Days as one text, `number own shared` each, with commas between. */
export function packDays(all: Iterable<ScopeDay>): string {
  return Array.from(
    all,
    ({ day, own, shared }) => `${dayNumber(day)} ${own} ${shared}`,
  ).join(',');
}

/** Reads what {@link packDays} wrote, or PostgreSQL in the same form. */
export function unpackDays(text: string): ScopeDay[] {
  return text === ''
    ? []
    : text.split(',').map(each => {
        const [day, own, shared] = each.split(' ');
        return {
          day: dayOfNumber(Number(day)),
          own: BigInt(own),
          shared: BigInt(shared),
        };
      });
}
