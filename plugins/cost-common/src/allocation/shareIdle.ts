import { totalOf } from '../money/resourceMicros';
import { splitExactly, sumMicros } from '@headroom/common';
import { RESOURCES } from '../resources/resources';
import { Coefficients } from './Coefficients';
import { PartToShare, ShareSplit, weightOf } from './partsToShare';

/** What sharing moved to (or, when negative, from) each part. */
export interface ShareMoves {
  /** Idle by part; of idle parts what they gave away, negative. */
  idle: bigint[];
  /** Cost of shared parts by part; negative for what a shared part gave away. */
  overhead: bigint[];
}

/**
 * Moves idle and shared parts to the tenants, in steps of a few milliseconds with
 * ten thousand parts. Nothing is created or lost: the moves of one resource or
 * part sum to zero, to the micro.
 *
 * - Idle goes, per resource, to tenants and shared parts in proportion to what
 *   each costs in that resource. Where nobody costs anything in it, it stays
 *   where it is.
 * - Shared parts, and the idle they got, go to the tenants in proportion to what
 *   each costs *before* idle (`weighted`), or the same to each group (`even`,
 *   inside a group in proportion). Where no tenant costs anything, they stay.
 *
 * (OpenCost `AggregateBy`: coefficients are taken before idle is distributed.)
 */
export function* shareIdle(
  parts: readonly PartToShare[],
  split: ShareSplit,
): Generator<void, ShareMoves> {
  const idle = yield* moveIdle(parts);
  const coefficients = Coefficients.of(parts, split);
  yield;
  const overhead = parts.map(() => 0n);
  if (!coefficients) {
    return { idle, overhead };
  }

  let sharedCost = 0n;
  let sharedIdle = 0n;
  parts.forEach((part, i) => {
    if (part.role === 'shared') {
      const cost = totalOf(part.cost);
      sharedCost += cost;
      overhead[i] -= cost;
      sharedIdle += idle[i];
      idle[i] = 0n;
    }
  });
  yield;
  coefficients.split(sharedCost, (i, amount) => {
    overhead[i] += amount;
  });
  yield;
  coefficients.split(sharedIdle, (i, amount) => {
    idle[i] += amount;
  });
  return { idle, overhead };
}

/** What idle parts give to tenants and shared parts, by part. */
function* moveIdle(parts: readonly PartToShare[]): Generator<void, bigint[]> {
  const moves = parts.map(() => 0n);
  const givers: number[] = [];
  const takers: number[] = [];
  parts.forEach((part, i) => (part.role === 'idle' ? givers : takers).push(i));
  for (const resource of RESOURCES) {
    const weights = takers.map(i => weightOf(parts[i].cost[resource]));
    if (weights.some(weight => weight > 0n)) {
      const amounts = givers.map(i => parts[i].cost[resource]);
      givers.forEach((i, k) => {
        moves[i] -= amounts[k];
      });
      splitExactly(sumMicros(amounts), weights).forEach((amount, k) => {
        moves[takers[k]] += amount;
      });
    }
    yield;
  }
  return moves;
}
