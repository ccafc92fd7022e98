import { totalOf, zeroResources } from '../money/resourceMicros';
import { RESOURCES, ResourceMicros } from '../resources/resources';
import { aggregateName, aggregateProperties } from './aggregate';
import { Carriers } from './Carriers';
import { matchesFilter } from './filter';
import { ownersOfIdle, sumResources } from './IdleShares';
import { Items } from './Items';
import { AllocationProperties, IDLE_ITEM, UNALLOCATED } from './properties';
import { noQuantities } from './quantities';
import { AllocationItem, AllocationQuestion, AllocationRow } from './types';

/**
 * What is asked of the rows of one step, as OpenCost's `AggregateBy` answers it
 * (core/pkg/opencost/allocation.go), but exactly: nothing is created or lost.
 *
 * - Idle goes to tenants of its cluster, or node, by what each costs in its resource.
 *   Where nobody costs anything in it, it stays an item of its own.
 * - What is shared, and the idle that belongs to it, goes to the other tenants by what
 *   each costs before idle. Where there are none, it keeps its own name, and overhead
 *   is `__unallocated__`.
 * - The filter comes last. Idle that is separate is then that of what is left; what
 *   belongs to nobody is judged by its own cluster and node.
 *
 * The items of a filter and of its contrary so sum to those of no filter.
 *
 * @param unordered - in any order; the amounts don't depend on it
 * @public
 */
export function answerStep(
  unordered: readonly AllocationRow[],
  question: AllocationQuestion,
): AllocationItem[] {
  const rows = inOrder(unordered);
  const { filter, idle, idleByNode, shared } = question;
  const nameOf = (i: number) => itemName(rows[i].properties, question);
  const isTenant = rows.map(({ kind }) => kind === 'tenant');
  const isShared = rows.map((row, i) => isTenant[i] && paidByAll(row, shared));
  const carriers = Carriers.of(
    rows,
    isTenant.map((tenant, i) => tenant && !isShared[i]),
    nameOf,
    shared.split,
  );
  const moves = isShared.map(each => each && !carriers.isEmpty);
  const isLeft = rows.map(
    (row, i) =>
      row.kind !== 'idle' && !moves[i] && matchesFilter(filter, row.properties),
  );

  const { owned, left } =
    idle === 'hidden'
      ? { owned: rows.map(() => zeroResources()), left: [] }
      : ownersOfIdle(rows, idleByNode);
  const carried = rows.map(() => 0n);
  const carry = (i: number, amount: bigint) => {
    carried[i] += amount;
  };
  const moved = indicesOf(moves);
  if (!carriers.isEmpty) {
    const paid = moved.map(
      i => totalOf(rows[i].cost) + (idle === 'shared' ? totalOf(owned[i]) : 0n),
    );
    carriers.split(
      paid.reduce((a, b) => a + b, shared.overhead),
      carry,
    );
  }

  const items = Items.create();
  for (const i of indicesOf(isLeft)) {
    const row = rows[i];
    items.addRow(nameOf(i), itemProperties(row.properties, question), row, {
      idle: idle === 'shared' ? owned[i] : zeroResources(),
      shared: carried[i],
    });
  }
  const span = spanOf(rows);
  if (carriers.isEmpty && shared.overhead !== 0n && span) {
    if (matchesFilter(filter, {})) {
      items.at(UNALLOCATED, {}, span).shared += shared.overhead;
    }
  }
  const addIdle = (of: AllocationProperties, cost: ResourceMicros) => {
    if (span && RESOURCES.some(resource => cost[resource] !== 0n)) {
      const { name, properties } = idleItem(of, question);
      const none = { quantities: noQuantities(), unknownUsage: [], ...span };
      items.addItem({
        ...{ name, properties, cost, ...none },
        ...{ idle: zeroResources(), shared: 0n },
      });
    }
  };
  for (const { row, cost } of left) {
    if (matchesFilter(filter, row.properties)) {
      addIdle(row.properties, cost);
    }
  }
  if (idle === 'separate') {
    indicesOf(isLeft).forEach(i => addIdle(rows[i].properties, owned[i]));
    for (const [cluster, brought] of byCluster(rows, moved)) {
      const cost = sumResources(brought.map(i => owned[i]));
      addIdle({ cluster }, partOfLeft(cost, carriers, isLeft));
    }
  }
  return items.toArray();
}

/** The part of idle of what is shared that goes to those who are left. */
function partOfLeft(
  cost: ResourceMicros,
  carriers: Carriers,
  isLeft: readonly boolean[],
): ResourceMicros {
  const part = zeroResources();
  for (const resource of RESOURCES) {
    carriers.split(cost[resource], (i, amount) => {
      if (isLeft[i]) {
        part[resource] += amount;
      }
    });
  }
  return part;
}

function paidByAll(
  { properties: { namespace, labels } }: AllocationRow,
  shared: AllocationQuestion['shared'],
): boolean {
  return (
    (namespace !== undefined && shared.namespaces.includes(namespace)) ||
    shared.labels.some(([name, value]) => labels?.[name] === value)
  );
}

function itemName(
  properties: AllocationProperties,
  { aggregate }: AllocationQuestion,
): string {
  if (aggregate) {
    return aggregateName(aggregate, properties);
  }
  const { cluster, node, namespace, pod, container } = properties;
  return [cluster, node, namespace, pod, container]
    .map(part => part || UNALLOCATED)
    .join('/');
}

function itemProperties(
  properties: AllocationProperties,
  { aggregate }: AllocationQuestion,
): AllocationProperties {
  return aggregate ? aggregateProperties(aggregate, properties) : properties;
}

/** With aggregates there is one item of idle, unless it is split; without, one a cluster or node. */
function idleItem(
  { cluster, node }: AllocationProperties,
  { aggregate, splitIdle, idleByNode }: AllocationQuestion,
): Pick<AllocationItem, 'name' | 'properties'> {
  if (aggregate && !splitIdle) {
    return { name: IDLE_ITEM, properties: { cluster } };
  }
  const properties: AllocationProperties =
    idleByNode && node ? { cluster, node } : { cluster };
  return {
    name: [...Object.values(properties), IDLE_ITEM].join('/'),
    properties,
  };
}

function byCluster(
  rows: readonly AllocationRow[],
  indices: readonly number[],
): Map<string, number[]> {
  const clusters = new Map<string, number[]>();
  for (const i of indices) {
    const { cluster = '' } = rows[i].properties;
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), i]);
  }
  return clusters;
}

function indicesOf(flags: readonly boolean[]): number[] {
  return flags.flatMap((flag, i) => (flag ? [i] : []));
}

function spanOf(
  rows: readonly AllocationRow[],
): Pick<AllocationItem, 'start' | 'end'> | undefined {
  let span: Pick<AllocationItem, 'start' | 'end'> | undefined;
  for (const { start, end } of rows) {
    span = {
      start: Math.min(start, span?.start ?? start),
      end: Math.max(end, span?.end ?? end),
    };
  }
  return span;
}

/** Who gets the last micro must not depend on the order in which rows come. */
function inOrder(rows: readonly AllocationRow[]): AllocationRow[] {
  return rows
    .map(row => ({ row, key: JSON.stringify([row.kind, row.properties]) }))
    .sort((a, b) => {
      if (a.key === b.key) {
        return 0;
      }
      return a.key < b.key ? -1 : 1;
    })
    .map(({ row }) => row);
}
