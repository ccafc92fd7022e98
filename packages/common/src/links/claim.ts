import { LinkableEntity } from './linkableEntity';
import { LinkProvenance } from './types';

/** What gives a workload to an entity: the entity's word, the cluster's or the configuration's. @internal */
export interface Claim {
  entity: LinkableEntity;
  kind: LinkProvenance;
  /** Position of the kind in the policy's order, rules last; less is stronger. */
  rank: number;
  /** Among claims of one kind, more is stronger. */
  strength: number;
  detail: string;
  /**
   * That an owner label of the cluster means this entity and no other: it names
   * kind, namespace and name (`full`), or nothing else has that name (`sole`).
   */
  naming?: 'full' | 'sole';
}

/** The first rule that holds of those that don't decide. @internal */
export interface RuleClaim extends Claim {
  /** It steps back for any other claim. */
  yields: boolean;
}

/** @internal */
export function refOf({ entity }: Claim): string {
  return entity.entityRef;
}

/** Negative when `a` is stronger. @internal */
export function compareStrength(a: Claim, b: Claim): number {
  return a.rank - b.rank || b.strength - a.strength;
}

/** The stronger first, then components, then by reference. @internal */
export function compareClaims(a: Claim, b: Claim): number {
  const nameOf = (claim: Claim) =>
    `${refOf(claim).startsWith('component:') ? 0 : 1}${refOf(claim)}`;
  return compareStrength(a, b) || compareText(nameOf(a), nameOf(b));
}

/** The earlier first, then as {@link compareClaims}. @internal */
export function compareAge(a: Claim, b: Claim): number {
  return compareText(sinceOf(a), sinceOf(b)) || compareClaims(a, b);
}

/** Whether two claims are of one entity. @internal */
export function isSameEntity(a: Claim, b: Claim): boolean {
  return refOf(a) === refOf(b);
}

/** Since when an entity claims what it claims; empty = always. @internal */
export function sinceOf({ entity }: Claim): string {
  return entity.claimsSince ?? '';
}

/** The strongest claim of each entity, the strongest first. @internal */
export function onePerEntity(claims: readonly Claim[]): Claim[] {
  const strongest = new Map<string, Claim>();
  for (const claim of [...claims].sort(compareClaims)) {
    if (!strongest.has(refOf(claim))) {
      strongest.set(refOf(claim), claim);
    }
  }
  return [...strongest.values()];
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
