import { LinkableEntity } from './linkableEntity';
import { HeldLink } from './types';

/**
 * Whether nobody owns the first who doesn't own the second, by what the two say.
 * Of what nobody owns nothing can be said.
 *
 * @internal
 */
export function saysSameOwners(a: LinkableEntity, b: LinkableEntity): boolean {
  return isWithin(a.ownerRefs, b.ownerRefs);
}

/**
 * The same, where it can be relied on: an owner is a line in a file that anybody
 * may write, so it must be older than what it would decide, or stand in the file
 * that the second is from.
 *
 * @param since - ISO 8601 UTC
 * @internal
 */
export function hasSameOwners(
  a: LinkableEntity,
  b: LinkableEntity,
  since: string,
): boolean {
  return saysSameOwners(a, b) && (ownedSince(a, since) || isSameFile(a, b));
}

/** Whether nobody owns a holder now who didn't when it got what it has. @internal */
export function keptOwners(
  { ownersSince, ownerRefs = [] }: LinkableEntity,
  held: HeldLink,
): boolean {
  return (
    ownersSince === undefined ||
    ownersSince <= held.since ||
    ownerRefs.every(ref => held.ownerRefs?.includes(ref))
  );
}

function isWithin(owners: string[] = [], others: string[] = []): boolean {
  return owners.length > 0 && owners.every(ref => others.includes(ref));
}

function ownedSince({ ownersSince }: LinkableEntity, since: string): boolean {
  return ownersSince === undefined || ownersSince <= since;
}

function isSameFile(a: LinkableEntity, b: LinkableEntity): boolean {
  return (
    a.location !== undefined &&
    a.location === b.location &&
    !a.moved &&
    !b.moved
  );
}
