import { divideHalfEven, splitExactly, toCommonScale } from '@headroom/common';
import { Claim } from './claims';

/** One resource of one node, shared over the containers that hold it. */
export interface SharedResource {
  /** Per claim; with `idle` they sum to the cost of the resource. */
  costs: bigint[];
  /** Per claim: cost × min(usage, charged) / charged; 0 when usage is unknown. */
  used: bigint[];
  idle: bigint;
  /** Capacity that nobody was charged for, in capacity's unit. */
  idleQuantity: number;
  /** Sum of charges / capacity; Infinity when there is no capacity. */
  chargedRatio: number;
  /** Sum of usages / capacity; Infinity when there is no capacity. */
  usageRatio: number;
}

/**
 * Shares a cost over claims in proportion to capacity. When more is charged
 * than there is capacity, the claims share all of it in proportion and nothing
 * is idle.
 */
export function shareResource(
  cost: bigint,
  capacity: number,
  claims: readonly Claim[],
): SharedResource {
  const [whole, ...quantities] = toCommonScale([
    capacity,
    ...claims.map(({ charged }) => charged),
    ...claims.map(({ usage }) => usage ?? 0),
  ]);
  const charges = quantities.slice(0, claims.length);
  const usages = quantities.slice(claims.length);
  const charged = charges.reduce((a, b) => a + b, 0n);
  const rest = whole > charged ? whole - charged : 0n;
  const weights = [...charges, rest];

  const nobody = charged === 0n && rest === 0n;
  const shares = nobody
    ? [...charges, cost] // every charge is 0n
    : splitExactly(cost, weights);
  const idle = shares[claims.length];
  const costs = shares.slice(0, claims.length);
  const used = costs.map((share, i) =>
    usages[i] >= charges[i]
      ? share
      : divideHalfEven(share * usages[i], charges[i]),
  );

  const chargedSum = claims.reduce((sum, claim) => sum + claim.charged, 0);
  const usageSum = claims.reduce((sum, claim) => sum + (claim.usage ?? 0), 0);
  return {
    costs,
    used,
    idle,
    idleQuantity: rest === 0n ? 0 : Math.max(0, capacity - chargedSum),
    chargedRatio: ratio(chargedSum, capacity),
    usageRatio: ratio(usageSum, capacity),
  };
}

function ratio(part: number, whole: number): number {
  return part === 0 ? 0 : part / whole;
}
