import { Worded, wordClusterTrust } from '@headroom/common';
import {
  ClusterKind,
  InventoryCounts,
  InventoryDoubt,
  InventoryTrust,
  KindKnowledge,
} from './ClusterSnapshot';

/** How far what is known is trusted. @public */
export interface InventoryLimits {
  /** Milliseconds: what is older is stale. */
  maxAgeMs: number;
  /** Of what there was, 0 to 1: fewer are suddenly shrunken. */
  shrunkenShare: number;
  /** Where there were fewer than so many, a few that go are nothing special. */
  shrunkenFrom: number;
  /** Milliseconds for which what there was is remembered. */
  rememberMs: number;
}

/**
 * Three minutes: an API server shows every minute, or at least every two, that
 * nothing happened.
 *
 * @public
 */
export const INVENTORY_LIMITS: InventoryLimits = {
  maxAgeMs: 180_000,
  shrunkenShare: 0.5,
  shrunkenFrom: 10,
  rememberMs: 60 * 60_000,
};

/** Kinds of what is scaled; a cluster with none of all of them is empty. */
const WORKLOADS: readonly ClusterKind[] = [
  'deployments',
  'statefulSets',
  'cronJobs',
  'rollouts',
];

/**
 * Whether something may be done by what is known of a cluster: never by an inventory
 * that is empty, failed, partial, stale or suddenly shrunken.
 *
 * @param knowledge - of every kind that plans are made by
 * @param previous - the most there was of each kind a short while ago, as {@link mostOf} has it; a kind that isn't in it is not compared
 * @public
 */
export function judgeInventory({
  cluster,
  knowledge,
  previous = {},
  limits = INVENTORY_LIMITS,
}: {
  cluster: string;
  knowledge: readonly KindKnowledge[];
  previous?: InventoryCounts;
  limits?: InventoryLimits;
}): InventoryTrust {
  const doubts = knowledge.flatMap(
    each =>
      unknown(cluster, each) ??
      stale(cluster, each, limits) ??
      shrunken(cluster, each, previous[each.kind] ?? 0, limits) ??
      [],
  );
  if (doubts.length === 0) {
    doubts.push(...empty(cluster, knowledge));
  }
  return doubts.length > 0
    ? { trustworthy: false, doubts }
    : { trustworthy: true };
}

function unknown(
  cluster: string,
  { kind, resource, state }: KindKnowledge,
): InventoryDoubt | undefined {
  if (state.state === 'loading') {
    const problem = state.problem?.message;
    return doubt(
      'failed',
      problem
        ? wordClusterTrust('notReadBecause', { cluster, resource, problem })
        : wordClusterTrust('notRead', { cluster, resource }),
      kind,
    );
  }
  return state.state === 'refused'
    ? doubt(
        'partial',
        wordClusterTrust('refused', {
          cluster,
          resource,
          problem: state.problem.message,
        }),
        kind,
      )
    : undefined;
}

function stale(
  cluster: string,
  { kind, resource, state, ageMs = Infinity }: KindKnowledge,
  { maxAgeMs }: InventoryLimits,
): InventoryDoubt | undefined {
  if (ageMs <= maxAgeMs) {
    return undefined;
  }
  const params = {
    cluster,
    resource,
    seconds: Math.round(ageMs / 1000),
    most: maxAgeMs / 1000,
  };
  return doubt(
    'stale',
    state.state === 'interrupted'
      ? wordClusterTrust('staleBecause', {
          ...params,
          problem: state.problem.message,
        })
      : wordClusterTrust('stale', params),
    kind,
  );
}

function shrunken(
  cluster: string,
  { kind, resource, state, count }: KindKnowledge,
  before: number,
  { shrunkenShare, shrunkenFrom, rememberMs }: InventoryLimits,
): InventoryDoubt | undefined {
  const params = { cluster, resource, before, minutes: rememberMs / 60_000 };
  if (state.state === 'notServed') {
    return before > 0
      ? doubt('shrunken', wordClusterTrust('uninstalled', params), kind)
      : undefined;
  }
  return before >= shrunkenFrom && count < before * shrunkenShare
    ? doubt(
        'shrunken',
        wordClusterTrust('shrunken', { ...params, left: count }),
        kind,
      )
    : undefined;
}

function empty(
  cluster: string,
  knowledge: readonly KindKnowledge[],
): InventoryDoubt[] {
  const of = (kinds: readonly ClusterKind[]) =>
    knowledge.filter(({ kind }) => kinds.includes(kind));
  const isEmpty = (kinds: KindKnowledge[]) =>
    kinds.length > 0 && kinds.every(({ count }) => count === 0);
  if (isEmpty(of(['namespaces']))) {
    return [
      doubt(
        'empty',
        wordClusterTrust('noNamespace', { cluster }),
        'namespaces',
      ),
    ];
  }
  return isEmpty(of(WORKLOADS))
    ? [doubt('empty', wordClusterTrust('noWorkload', { cluster }))]
    : [];
}

function doubt(
  reason: InventoryDoubt['reason'],
  worded: Worded,
  kind?: ClusterKind,
): InventoryDoubt {
  return { reason, ...worded, ...(kind && { kind }) };
}
