import { ResourceMicros } from '../resources/resources';
import { runSteps } from './runSteps';
import { shareIdle } from './shareIdle';
import { ShareRole, ShareSplit } from './partsToShare';
import { CostBucket } from './types';

/** A row of cost of one cluster and one day. @public */
export interface ShareItem {
  /** Unique among the items; settles who gets the last micro. */
  key: string;
  bucket: CostBucket;
  namespace: string;
  cost: ResourceMicros;
}

/** Which namespaces everybody pays for, and how. @public */
export interface SharingPolicy {
  sharedNamespaces: readonly string[];
  /**
   * `weighted`: in proportion to what each item costs. `even`: the same to each
   * namespace that costs something, inside it in proportion.
   */
  split: ShareSplit;
}

/**
 * What sharing moves to an item; negative on the items it is moved from.
 *
 * @public
 */
export interface SharedCosts {
  key: string;
  /** Idle the item carries, also what shared namespaces brought along. On an idle item: what it gave away, ≤ 0. */
  sharedIdle: bigint;
  /** Cost of shared namespaces the item carries. On an item of a shared namespace: what it gave away, ≤ 0. */
  sharedOverhead: bigint;
}

/**
 * Shares idle and shared namespaces of one cluster and day over the tenants.
 *
 * Over all items both columns sum to zero, so cost + sharedIdle +
 * sharedOverhead sums to the whole cluster to the micro; summed over the tenants
 * alone it does so too, unless idle of a resource nobody consumes is left. That
 * stays on the idle item: its cost + sharedIdle is what is left. When no tenant
 * costs anything, shared namespaces keep their cost.
 *
 * Answers in the order of `items`; the amounts don't depend on that order.
 *
 * @public
 */
export function shareCosts(
  items: readonly ShareItem[],
  policy: SharingPolicy,
): SharedCosts[] {
  return runSteps(shareCostsInSteps(items, policy));
}

/**
 * {@link shareCosts} in steps of a few milliseconds with ten thousand items: a
 * caller that shares its thread with requests lets them run between two `next()`.
 * Items that come in the order of their keys take less time.
 *
 * @public
 */
export function* shareCostsInSteps(
  items: readonly ShareItem[],
  policy: SharingPolicy,
): Generator<void, SharedCosts[]> {
  const shared = new Set(policy.sharedNamespaces);
  const order = items
    .map((item, index) => ({ item, index }))
    .sort((a, b) => (a.item.key < b.item.key ? -1 : 1));
  yield;
  const moves = yield* shareIdle(
    order.map(({ item }) => ({
      role: roleOf(item, shared),
      cost: item.cost,
      group: item.namespace,
    })),
    policy.split,
  );
  const answer: SharedCosts[] = new Array(items.length);
  order.forEach(({ item, index }, i) => {
    answer[index] = {
      key: item.key,
      sharedIdle: moves.idle[i],
      sharedOverhead: moves.overhead[i],
    };
  });
  return answer;
}

function roleOf(item: ShareItem, shared: Set<string>): ShareRole {
  if (item.bucket === 'idle') {
    return 'idle';
  }
  return shared.has(item.namespace) ? 'shared' : 'tenant';
}
