import { daysBetween } from '@headroom/common';

/** How far deliveries of one source that have charges of one account have come. @public */
export interface BilledThrough {
  source: string;
  /** The billing account. */
  account: string;
  /** The first and the newest day of UTC that they charge usage for, `YYYY-MM-DD`. */
  first: string;
  last: string;
}

/** What its source delivers without it for longer is an account that has ended. */
const ENDED_DAYS = 35;

/**
 * The days that all bills together know: from the first of any to the newest of the
 * account that has come least far, so that a bill that is late is not taken for one that
 * charges nothing. An account that several sources have has come as far as the furthest,
 * as one gives way where the other has more. One that has begun later than others counts
 * as none before, and one that its sources have had nothing of for more than 35 days as
 * none since.
 *
 * @returns undefined where nothing was billed.
 * @public
 */
export function billedSpan(
  all: readonly BilledThrough[],
): { first: string; last: string } | undefined {
  const newest = new Map<string, string>();
  for (const { source, last } of all) {
    if (last > (newest.get(source) ?? '')) {
      newest.set(source, last);
    }
  }
  const goesOn = ({ source, last }: BilledThrough) =>
    daysBetween(last, newest.get(source) ?? last) <= ENDED_DAYS;
  const accounts = new Map<string, string>();
  for (const { account, last } of all.filter(goesOn)) {
    if (last > (accounts.get(account) ?? '')) {
      accounts.set(account, last);
    }
  }
  const [first] = all.map(each => each.first).sort();
  const [last] = [...accounts.values()].sort();
  return first === undefined || last === undefined
    ? undefined
    : { first, last };
}
