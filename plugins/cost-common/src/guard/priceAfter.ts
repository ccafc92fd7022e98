import { Said } from '@headroom/common';
import { addRanges } from './GuardCosts';
import { GuardedPart, GuardedReplicas } from './GuardedPart';
import { wordGuard } from './guardSentences';
import {
  GuardedWorkload,
  GuardPrices,
  PricedPart,
  priceGuardedPart,
  priceWorkload,
} from './priceGuardedPart';

const NONE: GuardedReplicas = { min: 0, max: 0 };

/**
 * What a part costs after a change, with the volumes that it leaves behind: Kubernetes
 * keeps those that a StatefulSet claims when it is scaled down or removed, unless its
 * persistentVolumeClaimRetentionPolicy says `Delete`.
 *
 * Source: StatefulSet, `persistentVolumeClaimRetentionPolicy`, Kubernetes 1.32.
 *
 * @returns undefined where there is nothing of it
 */
export function priceAfter(
  was: GuardedPart | undefined,
  is: GuardedPart | undefined,
  guardPrices: GuardPrices,
): PricedPart | undefined {
  const left =
    was?.type === 'workload' ? leftBy(was, is, guardPrices) : undefined;
  if (!is) {
    return left;
  }
  const priced = priceGuardedPart(is, guardPrices);
  return left
    ? {
        ...priced,
        monthly: addRanges(priced.monthly, left.monthly),
        unknown: distinct([...priced.unknown, ...left.unknown]),
        assumed: [...priced.assumed, ...left.assumed],
        kept: left.kept,
      }
    : priced;
}

/** The volumes of the replicas of before that are no more. */
function leftBy(
  was: GuardedWorkload,
  is: GuardedPart | undefined,
  guardPrices: GuardPrices,
): PricedPart | undefined {
  const still = is?.type === 'workload' ? is : undefined;
  const isKept = still
    ? still.claims?.keptWhenScaled
    : was.claims?.keptWhenDeleted;
  if (!isKept || !claimsVolumes(was)) {
    return undefined;
  }
  const replicas = goneReplicas(was, still);
  if (replicas?.min === 0 && replicas.max === 0) {
    return undefined;
  }
  const { namespace, kind, name, uid, volumeClaims = [] } = was.facts;
  const priced = priceWorkload(
    {
      type: 'workload',
      facts: { namespace, kind, name, uid, volumeClaims, containers: [] },
      replicas: replicas ?? NONE,
      unknown: replicas
        ? was.claims?.unknown ?? []
        : [wordGuard('claimsKeptUncounted', { workload: name })],
    },
    guardPrices,
  );
  const { scaling: _, ...left } = priced;
  return {
    ...left,
    kept: wordGuard(still ? 'claimsKeptScaled' : 'claimsKeptDeleted'),
  };
}

/** How many fewer there are, at both ends of the range; undefined = not known. */
function goneReplicas(
  was: GuardedWorkload,
  still: GuardedWorkload | undefined,
): GuardedReplicas | undefined {
  if (still && !still.replicas) {
    // That they are not known is said of it already.
    return NONE;
  }
  // Replicas that claim nothing any more hold none of the volumes.
  const now = (still && claimsVolumes(still) && still.replicas) || NONE;
  return (
    was.replicas && {
      min: Math.max(0, was.replicas.min - now.min),
      max: Math.max(0, was.replicas.max - now.max),
    }
  );
}

function claimsVolumes({ facts, claims }: GuardedWorkload): boolean {
  const read = facts.volumeClaims?.length ?? 0;
  return read + (claims?.unknown.length ?? 0) > 0;
}

function distinct(all: readonly Said[]): Said[] {
  return [...new Map(all.map(said => [said.message, said])).values()];
}
