import fc from 'fast-check';
import { sumMicros } from '@headroom/common';
import { totalOf } from '../money/resourceMicros';
import { aggregate } from './aggregate';
import { Aggregate, AggregateQuery } from './aggregateTypes';
import { AllocationDimension, AllocationItem } from './allocationItem';

const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 0n, max: 100n }),
  fc.bigInt({ min: 0n, max: 10_000_000n }),
);

const item: fc.Arbitrary<AllocationItem> = fc
  .record({
    cluster: fc.constantFrom('c1', 'c2'),
    node: fc.constantFrom('n1', 'n2', 'n3', undefined),
    namespace: fc.constantFrom('a', 'b', 'system'),
    controllerKind: fc.constantFrom('Deployment', 'DaemonSet', undefined),
    controller: fc.constantFrom('x', 'y', undefined),
    app: fc.constantFrom('one', 'two', undefined),
    services: fc.subarray(['s1', 's2']),
    cost: fc.record({
      cpu: amount,
      memory: amount,
      gpu: amount,
      storage: amount,
      network: amount,
    }),
    idle: fc.boolean(),
  })
  .map(({ app, ...given }): AllocationItem => {
    const labels: Record<string, string> = app === undefined ? {} : { app };
    const namespace = given.idle ? '__idle__' : given.namespace;
    return { ...given, namespace, labels, annotations: {} };
  });

// One pod each, so that no two items are alike.
const items = fc
  .array(item, { maxLength: 25 })
  .map(list => list.map((one, i) => ({ ...one, pod: `pod-${i}` })));

const dimensions: AllocationDimension[] = [
  'cluster',
  'node',
  'namespace',
  'controllerKind',
  'controller',
  'deployment',
  'service',
  'pod',
  'label:app',
  'annotation:team',
];

const query: fc.Arbitrary<AggregateQuery> = fc.record({
  groupBy: fc.subarray(dimensions, { maxLength: 3 }),
  idle: fc.constantFrom('separate', 'share', 'by-cluster', 'by-node'),
  share: fc.option(
    fc.record({
      namespaces: fc.subarray(['system', 'absent']),
      labels: fc.constantFrom<Record<string, string[]>>({}, { app: ['one'] }),
      split: fc.constantFrom('weighted' as const, 'even' as const),
    }),
    { nil: undefined },
  ),
  overheadMicros: fc.option(amount, { nil: undefined }),
});

const idleOf = ({ rows }: Aggregate) =>
  sumMicros(rows.filter(row => row.idle).map(row => row.totalMicros));

describe('aggregate, of anything', () => {
  it('has the same total whatever the grouping, idle mode and sharing', () => {
    fc.assert(
      fc.property(items, query, (given, asked) => {
        const whole =
          sumMicros(given.map(({ cost }) => totalOf(cost))) +
          (asked.overheadMicros ?? 0n);
        const { rows, totalMicros } = aggregate(given, asked);
        expect(totalMicros).toBe(whole);
        expect(sumMicros(rows.map(row => row.totalMicros))).toBe(whole);
        for (const row of rows) {
          expect(row.totalMicros >= 0n).toBe(true);
          expect(row.totalMicros).toBe(
            row.ownMicros + row.sharedIdleMicros + row.sharedMicros,
          );
        }
      }),
    );
  });

  it('has in a filter and its opposite all there is, idle too', () => {
    const filters: Array<(one: AllocationItem) => boolean> = [
      one => one.namespace === 'a',
      one => one.cluster === 'c1',
      one => one.node === 'n1' || one.labels.app === 'two',
      one => one.idle === true,
      () => false,
    ];
    fc.assert(
      fc.property(
        items,
        query,
        fc.constantFrom(...filters),
        (given, asked, filter) => {
          const whole = aggregate(given, asked);
          const kept = aggregate(given, { ...asked, filter });
          const rest = aggregate(given, {
            ...asked,
            filter: one => !filter(one),
          });
          expect(kept.totalMicros + rest.totalMicros).toBe(whole.totalMicros);
          expect(idleOf(kept) + idleOf(rest)).toBe(idleOf(whole));
          for (const row of whole.rows.filter(({ idle }) => !idle)) {
            const of = ({ rows }: Aggregate) =>
              rows.find(({ key, idle }) => key === row.key && !idle)
                ?.totalMicros ?? 0n;
            expect(of(kept) + of(rest)).toBe(row.totalMicros);
          }
        },
      ),
    );
  });

  it('does not depend on the order of the items', () => {
    fc.assert(
      fc.property(items, query, (given, asked) => {
        expect(aggregate([...given].reverse(), asked)).toEqual(
          aggregate(given, asked),
        );
      }),
    );
  });

  it('has in a controller what its pods have', () => {
    fc.assert(
      fc.property(items, query, (given, asked) => {
        // Sharing evenly counts groups, so only there the grouping may matter.
        const sharing = asked.share && {
          ...asked.share,
          split: 'weighted' as const,
        };
        const coarse = { ...asked, share: sharing, groupBy: ['controller'] };
        const fine = { ...coarse, groupBy: ['controller', 'pod'] };
        const pods = aggregate(given, fine as AggregateQuery).rows;
        const controllers = aggregate(given, coarse as AggregateQuery).rows;
        for (const row of controllers.filter(({ idle }) => !idle)) {
          const own = pods.filter(
            ({ values, idle }) => !idle && values[0] === row.values[0],
          );
          expect(sumMicros(own.map(pod => pod.totalMicros))).toBe(
            row.totalMicros,
          );
        }
      }),
    );
  });

  it('shows idle apart by cluster and node as it was given', () => {
    fc.assert(
      fc.property(items, query, (given, asked) => {
        const { rows } = aggregate(given, { ...asked, idle: 'by-node' });
        const expected = new Map<string, bigint>();
        for (const { idle, cluster, node, cost } of given) {
          if (idle && totalOf(cost) > 0n) {
            const key = ['__idle__', cluster, ...(node ? [node] : [])].join(
              '/',
            );
            expected.set(key, (expected.get(key) ?? 0n) + totalOf(cost));
          }
        }
        expect(
          new Map(
            rows.filter(row => row.idle).map(row => [row.key, row.totalMicros]),
          ),
        ).toEqual(expected);
      }),
    );
  });
});
