import fc from 'fast-check';
import { totalOf, zeroResources } from '../money/resourceMicros';
import { parseAggregate } from './aggregate';
import { answerStep } from './answerStep';
import { toOpenCostItem } from './answerItem';
import { AllocationFilter, FilterComparison, NO_FILTER } from './filter';
import { sumItems } from './Items';
import { noQuantities } from './quantities';
import { AllocationItem, AllocationQuestion, AllocationRow } from './types';

const HOUR = 3_600_000;
const SPAN = { start: 0, end: HOUR };

const micros = fc.oneof(
  fc.bigInt(0n, 10n),
  fc.bigInt(0n, 5_000_000n),
  // A source may book a credit.
  fc.bigInt(-50n, 0n),
);
const cost = fc.record({
  cpu: micros,
  memory: micros,
  gpu: micros,
  storage: micros,
  network: micros,
});
const small = (prefix: string) =>
  fc.constantFrom(...['a', 'b', 'c'].map(each => prefix + each));

const tenant = fc
  .record({
    cluster: small('cluster-'),
    node: small('node-'),
    namespace: small('ns-'),
    controller: small('web-'),
    pod: small('pod-'),
    label: fc.option(small('app-'), { nil: undefined }),
    cost,
    cores: fc.integer({ min: 0, max: 8 }),
  })
  .map(
    ({ label, cost: paid, cores, ...properties }): AllocationRow => ({
      kind: 'tenant',
      properties: {
        ...properties,
        controllerKind: 'deployment',
        ...(label && { labels: { app: label } }),
      },
      cost: paid,
      quantities: { ...noQuantities(), cpuCoreHours: cores },
      ...SPAN,
      unknownUsage: [],
    }),
  );
const idle = fc
  .record({ cluster: small('cluster-'), node: small('node-'), cost })
  .map(
    ({ cost: paid, ...properties }): AllocationRow => ({
      kind: 'idle',
      properties,
      cost: { ...paid, storage: 0n, network: 0n },
      quantities: noQuantities(),
      ...SPAN,
      unknownUsage: [],
    }),
  );
const unmounted = fc
  .record({ cluster: small('cluster-'), storage: micros })
  .map(
    ({ cluster, storage }): AllocationRow => ({
      kind: 'unmounted',
      properties: { cluster, namespace: '__unmounted__' },
      cost: { ...zeroResources(), storage },
      quantities: noQuantities(),
      ...SPAN,
      unknownUsage: [],
    }),
  );
const rows = fc
  .tuple(
    fc.array(tenant, { maxLength: 20 }),
    fc.array(idle, { maxLength: 6 }),
    fc.array(unmounted, { maxLength: 2 }),
  )
  .map(parts => parts.flat());

const aggregates = [
  undefined,
  'cluster',
  'namespace',
  'node',
  'controller,label:app',
  'team',
];
const question = fc
  .record({
    aggregate: fc.constantFrom(...aggregates),
    idle: fc.constantFrom('separate' as const, 'shared' as const),
    idleByNode: fc.boolean(),
    splitIdle: fc.boolean(),
    namespaces: fc.subarray(['ns-a', 'ns-b', 'ns-c']),
    label: fc.boolean(),
    overhead: fc.oneof(fc.constant(0n), fc.bigInt(0n, 1_000_000n)),
    split: fc.constantFrom('weighted' as const, 'even' as const),
  })
  .map(
    ({
      aggregate,
      namespaces,
      label,
      overhead,
      split,
      ...rest
    }): AllocationQuestion => ({
      ...rest,
      ...(aggregate && { aggregate: parseAggregate(aggregate) }),
      filter: NO_FILTER,
      shared: {
        namespaces,
        labels: label ? [['app', 'app-a']] : [],
        overhead,
        split,
      },
    }),
  );

const of = (item: AllocationItem) =>
  totalOf(item.cost) + totalOf(item.idle) + item.shared;
const total = (items: readonly AllocationItem[]) =>
  items.reduce((sum, item) => sum + of(item), 0n);
const paid = (all: readonly AllocationRow[]) =>
  all.reduce((sum, row) => sum + totalOf(row.cost), 0n);
const totals = (items: readonly AllocationItem[]) =>
  new Map(items.map(item => [item.name, of(item)]));

const filter = fc
  .constantFrom(
    ['cluster', 'cluster-a'],
    ['namespace', 'ns-b'],
    ['node', 'node-c'],
    ['controllerName', 'web-a'],
    ['services', 'front'],
  )
  .map(
    ([field, value]) =>
      ({
        kind: 'comparison',
        field,
        match: 'equals',
        negated: false,
        values: [value],
      } as FilterComparison),
  );

describe('the answer of a step', () => {
  it('sums to what was paid and is shared, whatever is asked', () => {
    fc.assert(
      fc.property(rows, question, (all, asked) => {
        const whole = all.length > 0 ? asked.shared.overhead : 0n;
        expect(total(answerStep(all, asked))).toBe(paid(all) + whole);
      }),
    );
  });

  it('without idle sums to what was paid by those who ran', () => {
    fc.assert(
      fc.property(rows, question, (all, asked) => {
        const ran = all.filter(({ kind }) => kind !== 'idle');
        const whole = all.length > 0 ? asked.shared.overhead : 0n;
        expect(total(answerStep(all, { ...asked, idle: 'hidden' }))).toBe(
          paid(ran) + whole,
        );
      }),
    );
  });

  it('of a filter and of its contrary sums to that of all, by name', () => {
    const negate = (asked: FilterComparison): AllocationFilter => ({
      ...asked,
      negated: true,
    });
    fc.assert(
      fc.property(rows, question, filter, (all, asked, wanted) => {
        const parts = [wanted, negate(wanted)].map(each =>
          answerStep(all, { ...asked, filter: each }),
        );
        expect(totals(sumItems(parts))).toEqual(totals(answerStep(all, asked)));
      }),
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(
        rows.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
          ),
        ),
        question,
        ([all, shuffled], asked) => {
          expect(totals(answerStep(shuffled, asked))).toEqual(
            totals(answerStep(all, asked)),
          );
        },
      ),
    );
  });

  it('does not depend on what things are called, but for the last micro of each', () => {
    fc.assert(
      fc.property(rows, question, (all, asked) => {
        const turned = all.map(row => ({
          ...row,
          properties: {
            ...row.properties,
            ...(row.properties.pod && { pod: `${row.properties.pod}-x` }),
            ...(row.properties.node && { node: `x-${row.properties.node}` }),
          },
        }));
        const name = (text: string) =>
          text.replace(/pod-\w/, '$&-x').replace(/node-\w/, 'x-$&');
        const renamed = totals(answerStep(turned, asked));
        const before = totals(answerStep(all, asked));
        expect([...before.keys()].map(name).sort()).toEqual(
          [...renamed.keys()].sort(),
        );
        for (const [each, amount] of before) {
          const off = amount - (renamed.get(name(each)) ?? 0n);
          expect(Number(off < 0n ? -off : off)).toBeLessThanOrEqual(
            20 * all.length,
          );
        }
      }),
    );
  });

  it('has the parts of each item sum to its total', () => {
    fc.assert(
      fc.property(rows, question, (all, asked) => {
        for (const item of answerStep(all, asked)) {
          const told = toOpenCostItem(item, SPAN);
          const parts =
            told.cpuCost +
            told.ramCost +
            told.gpuCost +
            told.pvCost +
            told.networkCost +
            told.sharedCost;
          expect(parts).toBeCloseTo(told.totalCost, 9);
        }
      }),
    );
  });

  it('has controllers that are the sum of their pods', () => {
    fc.assert(
      fc.property(rows, question, (all, asked) => {
        const by = (aggregate: string) =>
          answerStep(all, {
            ...asked,
            idle: 'hidden',
            aggregate: parseAggregate(aggregate),
            shared: {
              ...asked.shared,
              namespaces: [],
              labels: [],
              overhead: 0n,
            },
          });
        const pods = by('controller,pod').map(item => ({
          ...item,
          name: item.name.split('/')[0],
        }));
        expect(totals(sumItems([pods]))).toEqual(totals(by('controller')));
      }),
    );
  });

  it('of two hours is the sum of both, as far as nothing is shared', () => {
    fc.assert(
      fc.property(rows, rows, question, (first, second, asked) => {
        const plain: AllocationQuestion = {
          ...asked,
          idle: 'separate',
          shared: { ...asked.shared, namespaces: [], labels: [], overhead: 0n },
        };
        const both = answerStep([...first, ...second], plain);
        const each = sumItems(
          [first, second].map(of1 => answerStep(of1, plain)),
        );
        expect(total(both)).toBe(total(each));
        const tenants = (items: readonly AllocationItem[]) =>
          [...totals(items)].filter(([name]) => !name.includes('__idle__'));
        expect(tenants(each).sort()).toEqual(tenants(both).sort());
      }),
    );
  });
});

it('names idle of a resource that costs nobody anything', () => {
  const items = answerStep(
    [
      {
        kind: 'tenant',
        properties: { cluster: 'eu', namespace: 'shop' },
        cost: { ...zeroResources(), cpu: 10n },
        quantities: noQuantities(),
        ...SPAN,
        unknownUsage: [],
      },
      {
        kind: 'idle',
        properties: { cluster: 'eu' },
        cost: { ...zeroResources(), cpu: 5n, gpu: 7n },
        quantities: noQuantities(),
        ...SPAN,
        unknownUsage: [],
      },
    ],
    {
      aggregate: parseAggregate('namespace'),
      filter: NO_FILTER,
      idle: 'shared',
      idleByNode: false,
      splitIdle: false,
      shared: { namespaces: [], labels: [], overhead: 0n, split: 'weighted' },
    },
  );
  expect(totals(items)).toEqual(
    new Map([
      ['__idle__', 7n],
      ['shop', 15n],
    ]),
  );
  expect(items[1].idle).toEqual({ ...zeroResources(), cpu: 5n });
});
