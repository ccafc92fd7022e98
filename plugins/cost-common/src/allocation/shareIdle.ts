import { totalOf } from '../money/resourceMicros';
import { splitExactly, sumMicros } from '@headroom/common';
import { RESOURCES } from '../resources/resources';
import { Coefficients } from './Coefficients';
import { ShareSplit, SharingPart, weightOf } from './partsToShare';
import { runSteps } from './runSteps';

/** What {@link share} moved to (or, when negative, from) each part. */
export interface SharingMoves {
  /**
   * Idle by part. For idle parts this is what they gave away, negative. The
   * idle of shared parts has already gone on to the tenants.
   */
  idle: bigint[];
  /** Cost of shared parts and overhead by part; negative for what a shared part gave away. */
  overhead: bigint[];
  /** Idle of a tenant by the scope it comes from, without what shared parts brought along. */
  idleByScope: Array<Map<string, bigint>>;
  /** Idle that shared parts brought along, by the scope it comes from. */
  sharedIdleByScope: Map<string, bigint>;
  /** Idle that reached a tenant by way of a shared part, by part. */
  idleViaShared: bigint[];
  /** Whether there were tenants to carry shared parts and overhead. */
  passedOn: boolean;
}

/**
 * Moves idle, shared parts and overhead to the tenants. Nothing is created or
 * lost: the moves of one resource or part sum to zero, to the micro.
 *
 * - Idle goes, per scope and resource, to tenants and shared parts in
 *   proportion to what each costs in that resource. Where nobody costs anything
 *   in it, it stays where it is.
 * - Shared parts, and the idle they got, go to the tenants in proportion to what
 *   each costs *before* idle (`weighted`), or the same to each group (`even`,
 *   inside a group in proportion). Where no tenant costs anything, they stay.
 *
 * (OpenCost `AggregateBy`: coefficients are taken before idle is distributed.)
 */
export function share(
  parts: readonly SharingPart[],
  options: { split: ShareSplit; overheadMicros?: bigint },
): SharingMoves {
  return runSteps(shareInSteps(parts, options));
}

/** {@link share} in steps of a few milliseconds with ten thousand parts. */
export function* shareInSteps(
  parts: readonly SharingPart[],
  options: { split: ShareSplit; overheadMicros?: bigint },
): Generator<void, SharingMoves> {
  const own = yield* shareIdle(parts);
  const coefficients = Coefficients.of(parts, options.split);
  yield;
  const ownIdle = own.byScope.map(scopes => sumMicros(scopes.values()));

  const idle = parts.map((_, i) => ownIdle[i] - own.given[i]);
  const overhead = parts.map(() => 0n);
  const idleViaShared = parts.map(() => 0n);
  const sharedIdleByScope = new Map<string, bigint>();
  if (!coefficients) {
    return {
      idle,
      overhead,
      idleByScope: own.byScope,
      sharedIdleByScope,
      idleViaShared,
      passedOn: false,
    };
  }

  let sharedCost = options.overheadMicros ?? 0n;
  let sharedIdle = 0n;
  parts.forEach((part, i) => {
    if (part.role === 'shared') {
      const cost = totalOf(part.cost);
      sharedCost += cost;
      overhead[i] -= cost;
      sharedIdle += ownIdle[i];
      idle[i] = 0n;
      own.byScope[i].forEach((amount, scope) =>
        add(sharedIdleByScope, scope, amount),
      );
    }
  });
  yield;
  coefficients.split(sharedCost, (i, amount) => {
    overhead[i] += amount;
  });
  yield;
  coefficients.split(sharedIdle, (i, amount) => {
    idle[i] += amount;
    idleViaShared[i] += amount;
  });
  return {
    idle,
    overhead,
    idleByScope: own.byScope,
    sharedIdleByScope,
    idleViaShared,
    passedOn: true,
  };
}

/** Idle per part and scope, and what each idle part gave away. */
function* shareIdle(
  parts: readonly SharingPart[],
): Generator<void, { byScope: Array<Map<string, bigint>>; given: bigint[] }> {
  const byScope = parts.map(() => new Map<string, bigint>());
  const given = parts.map(() => 0n);
  for (const [scope, { givers, takers }] of membersByScope(parts)) {
    for (const resource of RESOURCES) {
      const weights = takers.map(i => weightOf(parts[i].cost[resource]));
      if (weights.some(weight => weight > 0n)) {
        const amounts = givers.map(i => parts[i].cost[resource]);
        givers.forEach((i, k) => {
          given[i] += amounts[k];
        });
        const shares = splitExactly(sumMicros(amounts), weights);
        takers.forEach((i, k) => add(byScope[i], scope, shares[k]));
      }
      yield;
    }
  }
  return { byScope, given };
}

function membersByScope(parts: readonly SharingPart[]) {
  const scopes = new Map<string, { givers: number[]; takers: number[] }>();
  parts.forEach((part, i) => {
    if (part.role === 'idle') {
      for (const scope of part.scopes) {
        const members = scopes.get(scope);
        if (members) {
          members.givers.push(i);
        } else {
          scopes.set(scope, { givers: [i], takers: [] });
        }
      }
    }
  });
  parts.forEach((part, i) => {
    if (part.role !== 'idle') {
      part.scopes.forEach(scope => scopes.get(scope)?.takers.push(i));
    }
  });
  return scopes;
}

function add(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}
