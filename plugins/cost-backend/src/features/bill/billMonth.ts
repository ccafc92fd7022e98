import { NotFoundError } from '@backstage/errors';
import { isSaid, once } from '@headroom/node';

const WHEN = 'it must be a month such as 2026-11';

/** The month of a billing period as it is asked for. */
export const billMonth = once.regex(/^\d{4}-(0[1-9]|1[0-2])$/, {
  error: ({ input }) => `${isSaid(input)}; ${WHEN}`,
});

/**
 * The first day of the billing period of a month.
 *
 * @throws NotFoundError that names the months there are.
 */
export function periodOf(month: string, periods: readonly string[]): string {
  const period = periods.find(each => each.startsWith(month));
  if (!period) {
    throw new NotFoundError(
      periods.length === 0
        ? 'No bill was read yet'
        : `There is no bill of ${month}; there are bills of ${periods
            .map(each => each.slice(0, 7))
            .join(', ')}`,
    );
  }
  return period;
}

/** What is charged for, of parts that are charged for some days each; the end is exclusive. */
export function daysOf(parts: ReadonlyArray<{ start: string; end: string }>): {
  start: string;
  end: string;
} {
  const [first, ...others] = parts;
  return others.reduce(
    (days, { start, end }) => ({
      start: start < days.start ? start : days.start,
      end: later(end, days.end),
    }),
    { start: first.start, end: first.end },
  );
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
