import { totalOf, zeroResources } from '../money/resourceMicros';
import { splitExactly } from '@headroom/common';
import { AggregateRows } from './AggregateRows';
import { Aggregate, AggregateQuery } from './aggregateTypes';
import { AllocationItem, UNALLOCATED_GROUP, valueOf } from './allocationItem';
import { share, SharingMoves } from './shareIdle';
import { SharingPart } from './partsToShare';
import { IDLE_NAMESPACE } from './types';

/** In no name, label or annotation. */
const SEPARATOR = '\0';

/** What a filter sees of overhead that found nobody to carry it. */
const UNCARRIED: AllocationItem = {
  cluster: '',
  namespace: UNALLOCATED_GROUP,
  labels: {},
  annotations: {},
  services: [],
  cost: zeroResources(),
};

/**
 * Groups allocations the way OpenCost's `AggregateBy` does, exactly: whatever
 * the grouping, idle mode and sharing, rows sum to the items plus the overhead
 * to the micro, and a filter and its opposite sum to the whole.
 *
 * @public
 */
export function aggregate(
  items: readonly AllocationItem[],
  query: AggregateQuery,
): Aggregate {
  const inOrder = sortItems(items);
  const values = inOrder.map(item =>
    query.groupBy.map(dimension => valueOf(item, dimension)),
  );
  const parts = inOrder.map(
    (item, i): SharingPart => ({
      role: roleOf(item, query),
      cost: item.cost,
      scopes: item.idle ? [idleScope(item)] : itemScopes(item),
      group: values[i].join(SEPARATOR),
    }),
  );
  const moves = share(parts, {
    split: query.share?.split ?? 'weighted',
    overheadMicros: query.overheadMicros,
  });

  const rows = AggregateRows.create();
  const kept = inOrder.map(item => passes(item, query));
  inOrder.forEach((item, i) => {
    if (kept[i] && bearsCost(parts[i], moves)) {
      rows.add(values[i], false, {
        own: totalOf(item.cost),
        shared: moves.overhead[i],
        idle: query.idle === 'share' ? moves.idle[i] : 0n,
      });
    }
  });
  addIdleRows(rows, { items: inOrder, parts, moves, kept, query });
  const overhead = query.overheadMicros ?? 0n;
  if (overhead !== 0n && !moves.passedOn && passes(UNCARRIED, query)) {
    rows.add([UNALLOCATED_GROUP], false, { shared: overhead });
  }
  return rows.finish();
}

function passes(item: AllocationItem, { filter }: AggregateQuery): boolean {
  return filter ? filter(item) : true;
}

/** Idle, and what was passed on to the tenants, is no group. */
function bearsCost({ role }: SharingPart, { passedOn }: SharingMoves): boolean {
  return role === 'tenant' || (role === 'shared' && !passedOn);
}

interface IdleInput {
  items: readonly AllocationItem[];
  parts: readonly SharingPart[];
  moves: SharingMoves;
  kept: readonly boolean[];
  query: AggregateQuery;
}

/** Idle that belongs to the items that are left, and idle nobody consumes. */
function addIdleRows(rows: AggregateRows, input: IdleInput): void {
  const { items, moves, kept, query } = input;
  const unconsumed = new Map<string, bigint>();
  items.forEach((item, i) => {
    if (item.idle && kept[i]) {
      addTo(unconsumed, idleScope(item), totalOf(item.cost) + moves.idle[i]);
    }
  });
  const belonging = query.idle === 'share' ? undefined : belongingIdle(input);
  for (const amounts of [unconsumed, belonging ?? new Map<string, bigint>()]) {
    for (const [scope, amount] of amounts) {
      if (amount !== 0n) {
        rows.add(idleValues(scope, query.idle), true, { own: amount });
      }
    }
  }
}

function belongingIdle({ parts, moves, kept }: IdleInput): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  let viaShared = 0n;
  parts.forEach((part, i) => {
    if (kept[i] && bearsCost(part, moves)) {
      viaShared += moves.idleViaShared[i];
      moves.idleByScope[i].forEach((amount, scope) =>
        addTo(amounts, scope, amount),
      );
    }
  });
  // What came by way of shared items is a mix of the scopes they ran in.
  if (viaShared !== 0n) {
    const pools = [...moves.sharedIdleByScope];
    const sizes = pools.map(([, pool]) => (pool < 0n ? -pool : pool));
    splitExactly(viaShared, sizes).forEach((amount, k) =>
      addTo(amounts, pools[k][0], amount),
    );
  }
  return amounts;
}

function roleOf(
  item: AllocationItem,
  { share: sharing }: AggregateQuery,
): SharingPart['role'] {
  if (item.idle) {
    return 'idle';
  }
  const byNamespace = sharing?.namespaces?.includes(item.namespace ?? '');
  const byLabel = Object.entries(sharing?.labels ?? {}).some(
    ([label, shared]) => shared.includes(item.labels[label]),
  );
  return byNamespace || byLabel ? 'shared' : 'tenant';
}

function idleScope(item: AllocationItem): string {
  return [item.cluster, item.node ?? ''].join(SEPARATOR);
}

function itemScopes(item: AllocationItem): string[] {
  const cluster = [item.cluster, ''].join(SEPARATOR);
  return item.node ? [cluster, idleScope(item)] : [cluster];
}

function idleValues(scope: string, mode: AggregateQuery['idle']): string[] {
  const [cluster, node] = scope.split(SEPARATOR);
  if (mode === 'by-cluster') {
    return [IDLE_NAMESPACE, cluster];
  }
  if (mode === 'by-node') {
    return node === ''
      ? [IDLE_NAMESPACE, cluster]
      : [IDLE_NAMESPACE, cluster, node];
  }
  return [IDLE_NAMESPACE];
}

function addTo(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}

/** Who gets the last micro must not depend on the order of the items. */
function sortItems(items: readonly AllocationItem[]): AllocationItem[] {
  return items
    .map(item => ({ item, key: identityOf(item) }))
    .sort((a, b) => {
      if (a.key === b.key) {
        return 0;
      }
      return a.key < b.key ? -1 : 1;
    })
    .map(({ item }) => item);
}

function identityOf(item: AllocationItem): string {
  const { cluster, node, namespace, pod, container } = item;
  return [cluster, node, namespace, pod, container].join(SEPARATOR);
}
