import { GuardRow, MicrosRange } from './GuardCosts';

/** How much more is paid after a change, and what of before that is a share of. */
export interface IncreaseShare {
  more: bigint;
  paid: bigint;
}

const ENDS = ['min', 'max'] as const;

/**
 * The share of what is paid before that an increase may be, at the load of each row
 * that makes it greatest, or least. Both are of one load, so that 18 replicas more than
 * 2 are no share of 10.
 *
 * The ratio of sums is brought to its greatest by steps, each of which takes the rows'
 * ends that are the farthest beyond the ratio of the step before.
 *
 * Source: Dinkelbach, On Nonlinear Fractional Programming, 1967.
 */
export function increaseShareOf(
  rows: readonly Pick<GuardRow, 'before' | 'after'>[],
  edge: keyof MicrosRange,
): IncreaseShare {
  const sign = edge === 'max' ? 1n : -1n;
  const ends = rows.map(endsOf);
  const farthest = (than: IncreaseShare) => {
    const beyond = ({ more, paid }: IncreaseShare) =>
      sign * (more * than.paid - paid * than.more);
    return sumOf(
      ends.map(each => each.reduce((a, b) => (beyond(b) > beyond(a) ? b : a))),
    );
  };
  let share = sumOf(ends.map(each => each[each.length - 1]));
  // Of nothing there is no share.
  while (share.paid > 0n) {
    const next = farthest(share);
    const isFarther =
      sign * (next.more * share.paid - share.more * next.paid) > 0n;
    if (!isFarther) {
      break;
    }
    share = next;
  }
  return share;
}

/** At the least load and at the most, without one at which nothing was paid. */
function endsOf({
  before,
  after,
}: Pick<GuardRow, 'before' | 'after'>): IncreaseShare[] {
  const ends = ENDS.map(end => {
    const paid = before?.monthly[end] ?? 0n;
    return { paid, more: (after?.monthly[end] ?? 0n) - paid };
  });
  const paying = ends.filter(({ paid }) => paid !== 0n);
  return paying.length > 0 ? paying : ends;
}

function sumOf(shares: readonly IncreaseShare[]): IncreaseShare {
  return shares.reduce(
    (all, { more, paid }) => ({ more: all.more + more, paid: all.paid + paid }),
    { more: 0n, paid: 0n },
  );
}
