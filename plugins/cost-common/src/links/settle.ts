import { ClaimKind } from './claimPolicy';
import { LinkableEntity } from './linkableEntity';
import { HeldLink } from './types';

/** An entity's claim to a workload. @internal */
export interface Claim {
  entity: LinkableEntity;
  kind: ClaimKind;
  /** Position of the kind in the policy's order; less is stronger. */
  rank: number;
  /** Among claims of one kind, more is stronger. */
  strength: number;
  detail: string;
}

/** What came of several claims. @internal */
export interface Settlement {
  /** Absent = nobody: others claim it in the same way. */
  winner?: Claim;
  /** Claims of others that are as strong as the winner's, or stronger. */
  rivals: Claim[];
  /** Claims of the same owners that are as strong. */
  equals: Claim[];
}

/**
 * Whom a workload belongs to when entities claim it. What an entity says of
 * itself is no authority over what others have: a claim by annotation never
 * takes a workload from another owner's entity that has it, or that claimed it
 * earlier in the same way. Among entities of one owner the stronger claim wins,
 * then a Component, then the first reference in alphabetical order.
 *
 * @param claims - of those that count, one an entity and kind
 * @internal
 */
export function settle(
  claims: readonly Claim[],
  held: HeldLink | undefined,
): Settlement {
  const holder = holderOf(claims, held);
  const winner = holder ? challenge(holder, claims) : choose(claims);
  if (!winner) {
    const tied = strongestKind(claims);
    return { rivals: tied, equals: [] };
  }
  const near = claims.filter(
    claim =>
      claim.entity.entityRef !== winner.entity.entityRef &&
      compareStrength(claim, winner) <= 0,
  );
  return {
    winner,
    rivals: near.filter(claim => !addsNoOwner(claim, winner)),
    equals: near
      .filter(
        claim =>
          addsNoOwner(claim, winner) && compareStrength(claim, winner) === 0,
      )
      .sort(compareName),
  };
}

/** The claim of who has the workload, unless its owners are new since. */
function holderOf(
  claims: readonly Claim[],
  held: HeldLink | undefined,
): Claim | undefined {
  const own = claims
    .filter(({ entity }) => entity.entityRef === held?.entityRef)
    .sort(compareStrength);
  return own.find(
    ({ entity: { ownersSince } }) =>
      ownersSince === undefined || ownersSince <= held!.since,
  );
}

/** Who takes over from a holder: a stronger one of the same owner, or whom the cluster itself names. */
function challenge(holder: Claim, claims: readonly Claim[]): Claim {
  const better = [...claims]
    .sort((a, b) => compareStrength(a, b) || compareName(a, b))
    .find(claim => {
      if (claim.entity.entityRef === holder.entity.entityRef) {
        return false;
      }
      const stronger = compareStrength(claim, holder) < 0;
      return addsNoOwner(claim, holder)
        ? stronger || holder.entity.vanished
        : claim.kind === 'owner' && claim.rank < holder.rank;
    });
  return better ?? holder;
}

/** Who has what nobody had: the earliest claim of the strongest kind; nobody when that can't be told. */
function choose(claims: readonly Claim[]): Claim | undefined {
  const candidates = strongestKind(claims).sort(
    (a, b) =>
      compareText(sinceOf(a), sinceOf(b)) ||
      compareStrength(a, b) ||
      compareName(a, b),
  );
  if (candidates.length === 0) {
    return undefined;
  }
  const [first] = candidates;
  const tied = candidates.some(
    claim =>
      sinceOf(claim) === sinceOf(first) &&
      compareStrength(claim, first) === 0 &&
      !haveSameOwners(claim, first),
  );
  return tied
    ? undefined
    : candidates
        .filter(claim => claim === first || addsNoOwner(claim, first))
        .sort((a, b) => compareStrength(a, b) || compareName(a, b))[0];
}

function strongestKind(claims: readonly Claim[]): Claim[] {
  const rank = Math.min(...claims.map(claim => claim.rank));
  return claims.filter(claim => claim.rank === rank);
}

/** Negative when `a` is stronger. */
function compareStrength(a: Claim, b: Claim): number {
  return a.rank - b.rank || b.strength - a.strength;
}

function compareName(a: Claim, b: Claim): number {
  const nameOf = ({ entity: { entityRef } }: Claim) =>
    `${entityRef.startsWith('component:') ? 0 : 1}${entityRef}`;
  return compareText(nameOf(a), nameOf(b));
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function sinceOf({ entity }: Claim): string {
  return entity.claimsSince ?? '';
}

/** Whether nobody owns the first who doesn't own the second: then it is theirs to arrange. */
function addsNoOwner({ entity: a }: Claim, { entity: b }: Claim): boolean {
  const owners = a.ownerRefs ?? [];
  const others = b.ownerRefs ?? [];
  return owners.length === 0
    ? others.length === 0
    : owners.every(ref => others.includes(ref));
}

function haveSameOwners(a: Claim, b: Claim): boolean {
  return addsNoOwner(a, b) && addsNoOwner(b, a);
}
