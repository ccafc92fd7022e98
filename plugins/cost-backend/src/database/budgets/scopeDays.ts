/** What a day cost in the stored currency, in micros. */
export interface ScopeDay {
  day: string;
  /** Of what is used or requested. */
  own: bigint;
  /** The same and what sharing moved there. */
  shared: bigint;
}

/** PostgreSQL's expression of a day as a number: shorter on the wire, of which there may be a million. */
export const DAY_NUMBER = "(d.day - '1970-01-01'::date)";

const DAY_MS = 86_400_000;
const days = new Map<number, string>();
/** More than all days that are kept. */
const MOST_DAYS = 10_000;

/** `YYYY-MM-DD` of a {@link DAY_NUMBER}. */
export function dayOf(number: number): string {
  let day = days.get(number);
  if (day === undefined) {
    day = new Date(number * DAY_MS).toISOString().slice(0, 10);
    if (days.size < MOST_DAYS) {
      days.set(number, day);
    }
  }
  return day;
}

/** Days as one text, `number own shared` each, with commas between. */
export function packDays(all: Iterable<ScopeDay>): string {
  return Array.from(
    all,
    ({ day, own, shared }) => `${Date.parse(day) / DAY_MS} ${own} ${shared}`,
  ).join(',');
}

/** Reads what {@link packDays} wrote, or PostgreSQL in the same form. */
export function unpackDays(text: string): ScopeDay[] {
  return text === ''
    ? []
    : text.split(',').map(each => {
        const [day, own, shared] = each.split(' ');
        return {
          day: dayOf(Number(day)),
          own: BigInt(own),
          shared: BigInt(shared),
        };
      });
}
