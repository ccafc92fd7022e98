import {
  Claim,
  compareAge,
  compareClaims,
  compareStrength,
  onePerEntity,
  refOf,
  RuleClaim,
  sinceOf,
} from './claim';
import {
  hasSameOwners,
  keptOwners,
  saysSameOwners,
  sharedOwners,
} from './owners';
import { HeldLink } from './types';

/** What came of several claims. @internal */
export interface Settlement {
  /** Absent = nobody: there is no claim, or several are of one age. */
  winner?: Claim;
  /** The strongest claim of every other owner's entity, the earliest first. */
  rivals: Claim[];
  /** Claims of the same owners that are as strong as the winner's. */
  equals: Claim[];
}

/**
 * Whom a workload belongs to. What an entity says of itself is no authority over
 * what others have:
 *
 * - Who has it keeps it as long as one of its claims, of whatever kind, holds, or
 *   a rule does by which it had it.
 * - Of what nobody had, the earliest claim counts, then the stronger one, and
 *   none when that leaves several; a rule only where there is no claim.
 * - Among entities that have really one owner the stronger claim wins.
 * - An owner label that names an entity by itself counts before the annotations
 *   that the policy's order puts below it.
 *
 * @param claims - all that count, of all kinds but rules
 * @internal
 */
export function settle(
  claims: readonly Claim[],
  rule: RuleClaim | undefined,
  held: HeldLink | undefined,
): Settlement {
  const ruled = rule && !(rule.yields && claims.length > 0) ? [rule] : [];
  const all = [...claims, ...ruled];
  const winner =
    (held && whoKeeps(all, held)) ??
    (claims.length > 0 ? choose(claims) : ruled[0]);
  if (!winner) {
    return { rivals: onePerEntity(claims).sort(compareAge), equals: [] };
  }
  const others = onePerEntity(all).filter(
    claim => refOf(claim) !== refOf(winner),
  );
  const rivals = others.filter(claim => isRival(claim, winner));
  return {
    winner,
    rivals: rivals.sort(compareAge),
    equals: others.filter(
      claim => compareStrength(claim, winner) === 0 && !rivals.includes(claim),
    ),
  };
}

/** Who has what somebody had; undefined when it is to be settled anew. */
function whoKeeps(all: readonly Claim[], held: HeldLink): Claim | undefined {
  const own = all
    .filter(claim => refOf(claim) === held.entityRef)
    .sort(compareClaims);
  const rule = all.find(({ kind }) => kind === 'config');
  // What the configuration gave away it may give to somebody else.
  const holder = own[0] ?? (held.provenance === 'config' ? rule : undefined);
  if (!holder) {
    return undefined;
  }
  const byRule = rule !== undefined && refOf(rule) === refOf(holder);
  if (byRule || keptOwners(holder.entity, held)) {
    return challenge(holder, all, { since: held.since, byRule });
  }
  if (!held.ownerRefs) {
    return undefined;
  }
  const heir = [...all]
    .sort(compareClaims)
    .find(claim => claim !== holder && sharedOwners(claim.entity, held));
  return heir ?? challenge(holder, all, { since: held.since, byRule });
}

/** Who takes over from a holder: a stronger one of the same owner, or whom the cluster itself names. */
function challenge(
  holder: Claim,
  all: readonly Claim[],
  { since, byRule }: { since: string; byRule: boolean },
): Claim {
  const better = [...all].sort(compareClaims).find(claim => {
    if (refOf(claim) === refOf(holder)) {
      return false;
    }
    return hasSameOwners(claim.entity, holder.entity, since)
      ? compareStrength(claim, holder) < 0 || holder.entity.vanished
      : !byRule && isNamed(claim) && claim.rank < holder.rank;
  });
  return better ?? holder;
}

/** Who has what nobody had; nobody when that can't be told. */
function choose(claims: readonly Claim[]): Claim | undefined {
  const named = Math.min(...claims.filter(isNamed).map(({ rank }) => rank));
  const candidates = claims.filter(({ rank }) => rank <= named);
  const [first, ...later] = candidates.sort(compareAge);
  const since = sinceOf(first);
  const tied = later.some(
    claim =>
      sinceOf(claim) === since &&
      compareStrength(claim, first) === 0 &&
      !(
        hasSameOwners(claim.entity, first.entity, since) &&
        hasSameOwners(first.entity, claim.entity, since)
      ),
  );
  return tied
    ? undefined
    : [
        first,
        ...later.filter(({ entity }) =>
          hasSameOwners(entity, first.entity, since),
        ),
      ].sort(compareClaims)[0];
}

/** Whether an owner label on the pods stands for the entity by itself. */
function isNamed({ kind, strength }: Claim): boolean {
  return kind === 'owner' && strength > 0;
}

/** Whether a claim lost to another owner's, or would have won were its owner the same for longer. */
function isRival(claim: Claim, winner: Claim): boolean {
  if (claim.kind === 'config' && saysSameOwners(winner.entity, claim.entity)) {
    return false;
  }
  return (
    !saysSameOwners(claim.entity, winner.entity) ||
    compareStrength(claim, winner) < 0 ||
    winner.entity.vanished === true
  );
}
