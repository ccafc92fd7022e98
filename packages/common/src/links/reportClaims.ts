import { Claim, refOf } from './claim';
import { LinkProblems } from './problems';
import { Settlement } from './settle';

const SETTLE = 'a rule under headroom.cost.links with decides: true';

/** Says what several claim, and what doesn't count. @internal */
export function reportClaims(
  problems: LinkProblems,
  subject: string,
  { winner, rivals, equals }: Settlement,
  refused: readonly Claim[],
): void {
  const add = (code: string, message: string) =>
    problems.add({ code, severity: 'warning', subject, message });
  if (winner && equals.length > 0) {
    const refs = [winner, ...equals].map(refOf).join(', ');
    add(
      'link-ambiguous',
      `${subject} is claimed equally by ${refs} (${
        winner.kind
      }); it counts for ${refOf(winner)}`,
    );
  }
  if (rivals.length > 0) {
    const claimed = rivals.map(describe).join(', ');
    add(
      'link-conflict',
      winner
        ? `${subject} counts for ${describe(
            winner,
          )}, and is claimed by ${claimed} too; one of them should give up its claim, or ${SETTLE} say whose it is`
        : `${subject} is claimed by ${claimed}, of several owners, and nothing says whose it is, so it counts for nobody; ${SETTLE} says whose it is`,
    );
  }
  for (const claim of refused) {
    add(
      'link-claim-refused',
      `${refOf(claim)} claims ${subject} (${claim.kind}: ${
        claim.detail
      }), but headroom.cost.claims.namespaces gives that namespace to entities of other owners`,
    );
  }
}

function describe(claim: Claim): string {
  return `${refOf(claim)} (${claim.kind}: ${claim.detail})`;
}
