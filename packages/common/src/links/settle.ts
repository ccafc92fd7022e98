import {
  Claim,
  compareAge,
  compareClaims,
  compareStrength,
  isSameEntity,
  onePerEntity,
  refOf,
  RuleClaim,
  sinceOf,
} from './claim';
import { hasSameOwners, keptOwners, saysSameOwners } from './owners';
import { HeldLink, LinkDecision } from './types';

/** What came of several claims. @internal */
export interface Settlement {
  /** Absent = nobody: there is no claim, or several are of one age. */
  winner?: Claim;
  /** The strongest claim of every other owner's entity, the earliest first. */
  rivals: Claim[];
  /** Claims of the same owners that are as strong as the winner's. */
  equals: Claim[];
  /** How the winner got what it didn't have; absent = it keeps it. */
  gained?: LinkDecision['gained'];
}

/**
 * Whom a workload belongs to. What an entity says of itself is no authority over
 * what others have:
 *
 * - Who has it keeps it as long as one of its claims, of whatever kind, holds, or
 *   a rule does by which it had it.
 * - Of what nobody had, the earliest claim counts, and none when claims of several
 *   owners are equally old, however strong they are, unless a rule names one of
 *   them; else a rule counts only where there is no claim.
 * - Among entities that have really one owner the stronger claim wins.
 * - An owner label that names an entity in full settles what is equally old, and
 *   counts before the kinds that the policy's order puts below it. One that holds
 *   a mere name settles the former only, where the order says so and nothing else
 *   has that name; of several owners' namesakes nobody is meant.
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
  const kept = held && whoKeeps(all, held);
  const winner = kept ?? (claims.length > 0 ? choose(claims, rule) : ruled[0]);
  if (!winner) {
    return { rivals: onePerEntity(claims).sort(compareAge), equals: [] };
  }
  const others = onePerEntity(all).filter(
    claim => refOf(claim) !== refOf(winner),
  );
  const rivals = others.filter(claim => isRival(claim, winner));
  return {
    winner,
    gained:
      kept && refOf(kept) === held.entityRef
        ? undefined
        : howGained(winner, others, held),
    rivals: rivals.sort(compareAge),
    equals: others.filter(
      claim => compareStrength(claim, winner) === 0 && !rivals.includes(claim),
    ),
  };
}

function howGained(
  winner: Claim,
  others: readonly Claim[],
  held: HeldLink | undefined,
): LinkDecision['gained'] {
  const own = others.filter(({ entity }) =>
    saysSameOwners(winner.entity, entity),
  );
  if (own.some(claim => refOf(claim) === held?.entityRef)) {
    return 'taken';
  }
  return own.some(claim => sinceOf(claim) <= sinceOf(winner))
    ? 'shared'
    : 'alone';
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
  // It may have got it only as somebody else's.
  const isUnsure =
    (!held.ownerRefs || held.isShared) && !keptOwners(holder.entity, held);
  return isUnsure && !byRule
    ? undefined
    : challenge(holder, all, { since: held.since, byRule });
}

/**
 * Who takes over from a holder: a stronger one of the same owner, or whom the
 * cluster names in full where the policy puts that first. Of others only who
 * was there before: else a name that nobody has yet would be there for the taking.
 */
function challenge(
  holder: Claim,
  all: readonly Claim[],
  { since, byRule }: { since: string; byRule: boolean },
): Claim {
  const better = [...all].sort(compareClaims).find(claim => {
    if (isSameEntity(claim, holder)) {
      return false;
    }
    return hasSameOwners(claim.entity, holder.entity, since)
      ? compareStrength(claim, holder) < 0 || holder.entity.vanished
      : !byRule &&
          claim.naming === 'full' &&
          claim.rank < holder.rank &&
          sinceOf(claim) <= since;
  });
  return better ?? holder;
}

/** Who has what nobody had; nobody when neither the claims nor a rule tell. */
function choose(
  claims: readonly Claim[],
  rule: RuleClaim | undefined,
): Claim | undefined {
  return (
    chooseFirst(claims) ??
    [...claims]
      .sort(compareClaims)
      .find(claim => rule && isSameEntity(claim, rule))
  );
}

function chooseFirst(claims: readonly Claim[]): Claim | undefined {
  const full = claims.filter(({ naming }) => naming === 'full');
  const rank = Math.min(...full.map(claim => claim.rank));
  const candidates = claims
    .filter(claim => claim.rank < rank || claim.naming === 'full')
    .sort(compareAge);
  const since = sinceOf(candidates[0]);
  const isOne = (a: Claim, b: Claim) =>
    isSameEntity(a, b) ||
    (hasSameOwners(a.entity, b.entity, since) &&
      hasSameOwners(b.entity, a.entity, since));
  const oldest = candidates.filter(claim => sinceOf(claim) === since);
  const first = oldest.find(claim =>
    oldest.every(other => isOne(claim, other) || outranks(claim, other)),
  );
  if (!first) {
    return undefined;
  }
  const own = candidates.filter(
    claim =>
      isSameEntity(claim, first) ||
      hasSameOwners(claim.entity, first.entity, since),
  );
  const named = own.some(claim => isOne(claim, first) && !isDoubtful(claim));
  const namesake = candidates.some(
    claim => isDoubtful(claim) && !own.includes(claim),
  );
  return !named && namesake ? undefined : own.sort(compareClaims)[0];
}

/**
 * Whether the cluster or the configuration, and not the entities themselves, say
 * that one claim of two equally old ones counts.
 */
function outranks(claim: Claim, other: Claim): boolean {
  return (
    (claim.naming === 'full' && other.naming !== 'full') ||
    (claim.naming !== undefined && compareStrength(claim, other) < 0)
  );
}

/** Whether all it has is a name that others have, too. */
function isDoubtful({ kind, naming }: Claim): boolean {
  return kind === 'owner' && naming === undefined;
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
