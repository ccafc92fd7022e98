/** How far deliveries of one source of a bill have come. @public */
export interface BilledThrough {
  source: string;
  /** Billing accounts that the source has charges of. */
  accounts: readonly string[];
  /** The first and the newest day of UTC that it charges usage for, `yyyy-MM-dd`. */
  first: string;
  last: string;
}

/**
 * The days that all bills together know: from the first of any to the newest of the one
 * that has come least far, so that a bill that is late is not taken for one that charges
 * nothing. Sources that have an account in common are one bill, as one gives way where
 * the other has more. A bill that has begun later than others counts as none before.
 *
 * @returns undefined where nothing was billed.
 * @public
 */
export function billedSpan(
  sources: readonly BilledThrough[],
): { first: string; last: string } | undefined {
  if (sources.length === 0) {
    return undefined;
  }
  const firsts = sources.map(({ first }) => first).sort();
  const newest = togetherBilled(sources).map(
    bill =>
      bill
        .map(({ last }) => last)
        .sort()
        .reverse()[0],
  );
  return { first: firsts[0], last: newest.sort()[0] };
}

/** Sources by the bill they are of. */
function togetherBilled(sources: readonly BilledThrough[]): BilledThrough[][] {
  let bills: BilledThrough[][] = [];
  for (const source of sources) {
    const isSame = (bill: BilledThrough[]) =>
      bill.some(
        each =>
          each.source === source.source ||
          each.accounts.some(account => source.accounts.includes(account)),
      );
    bills = [
      ...bills.filter(bill => !isSame(bill)),
      [source, ...bills.filter(isSame).flat()],
    ];
  }
  return bills;
}
