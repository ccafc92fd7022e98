import fc from 'fast-check';
import { AllocationProperties, UNALLOCATED } from '../properties';
import { matchesFilter, needsOfFilter } from './matchesFilter';
import { parseAllocationFilter } from './parseFilter';
import { printAllocationFilter } from './printFilter';
import {
  AllocationFilter,
  FILTER_FIELDS,
  FilterComparison,
  NO_FILTER,
} from './types';

const value = fc.string({ maxLength: 12 }).map(text => text.replace(/"/g, ''));
const comparison = fc
  .record({
    field: fc.constantFrom(...FILTER_FIELDS),
    key: fc.option(
      fc.string({ maxLength: 8 }).map(text => text.replace(/\]/g, '')),
      { nil: undefined },
    ),
    match: fc.constantFrom('equals', 'contains', 'prefix', 'suffix'),
    negated: fc.boolean(),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  })
  .map(({ field, key, ...rest }): FilterComparison => {
    const isMap = field === 'label' || field === 'annotation';
    return {
      kind: 'comparison',
      field,
      ...(isMap && key !== undefined && { key }),
      ...rest,
    } as FilterComparison;
  });
const { filter } = fc.letrec<{ filter: AllocationFilter }>(tie => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constant('group' as const),
      op: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
    }),
  ),
}));

it('is the same filter when it is printed and parsed', () => {
  fc.assert(
    fc.property(filter, asked => {
      const text = printAllocationFilter(asked);
      expect(parseAllocationFilter(text)).toEqual(asked);
    }),
  );
});

const WEB: AllocationProperties = {
  cluster: 'eu',
  namespace: 'shop',
  controllerKind: 'deployment',
  controller: 'web',
  services: ['front', 'back-end'],
  labels: { app: 'web', app_kubernetes_io_name: 'shop-web' },
  annotations: { team: 'blue' },
};

it('lets through what its contrary does not', () => {
  const contrary = (of: FilterComparison): FilterComparison => ({
    ...of,
    negated: !of.negated,
  });
  fc.assert(
    fc.property(comparison, asked => {
      expect(matchesFilter(asked, WEB)).not.toBe(
        matchesFilter(contrary(asked), WEB),
      );
    }),
  );
});

// Texts of OpenCost's own cases (core/pkg/filter/allocation/parser_test.go).
it.each([
  [' \n\t '],
  ['namespace: "kubecost"'],
  ['((namespace: "kubecost"))'],
  ['(namespace: "kubecost" + services~:"foo")'],
  [
    'namespace: "kubecost" + services~:"foo" + (cluster:"cluster-one" | controllerKind:"deployment")',
  ],
  [
    'namespace: "kubecost" | services~:"foo" | (cluster:"cluster-one" + controllerKind:"deployment") | namespace:"bar","test"',
  ],
  ['node:"node a b c" , "node 12 3"\n+\n\rnamespace : "kubecost"'],
  ['(namespace:"kubecost" | cluster<~:"cluster-") + services~:"foo"'],
  [
    '(label~:"foo" + label[foo]:"bar") | (label!~:"foo" + annotation~:"foo" + annotation[foo]:"bar")',
  ],
  ['container!:"123-abc_foo" + pod!<~:"a" + pod!~>:"b" + owner!:"kubecost"'],
])('reads %j', text => {
  const read = parseAllocationFilter(text);
  expect(parseAllocationFilter(printAllocationFilter(read))).toEqual(read);
});

it.each([
  ['()', 'has ")" at character 2; there must be a parenthesis or one of the'],
  ['namespace.:"a"', 'has ".:\\"a\\"" at character 10; after a field there'],
  ['(namespace:"a"))', 'has ")" at character 16; a parenthesis that is closed'],
  ['((namespace:"a")', 'is not complete; a parenthesis that is opened'],
  [
    'namespace:"a" | services~:"b" + cluster:"c"',
    'at character 31; + and | must not follow one another',
  ],
  ['namespace:"a" cluster:"b"', 'after a value there must be +, | or a comma'],
  ['namespace:a', 'there must be a value in double quotes'],
  ['namespace:"a', 'a quote that is opened must be closed'],
  ['label[app:"a"', 'a bracket that is opened must be closed'],
  ['provider:"aws"', 'one of the fields cluster, node, namespace'],
  ['namespace:"a" +', 'is not complete; there must be'],
  [`${'('.repeat(40)}pod:"a"`, 'groups must be at most 32 deep'],
])('refuses %j where it goes wrong', (text, message) => {
  expect(() => parseAllocationFilter(text)).toThrow(message);
});

it.each([
  ['namespace:"shop"', true],
  ['namespace:"cart","shop"', true],
  ['namespace!:"cart","shop"', false],
  ['namespace:"Shop"', false],
  ['namespace<~:"sh"', true],
  ['namespace~>:"op" + namespace~:"ho"', true],
  ['namespace!<~:"sh"', false],
  ['controllerName:"web" + controllerKind:"deployment"', true],
  ['services:"back-end"', true],
  // An element of a list is there as a whole, or not.
  ['services~:"back"', false],
  ['services<~:"back"', true],
  ['services!:"front"', false],
  ['label[app]:"web"', true],
  ['label[app.kubernetes.io/name]~>:"-web"', true],
  ['label[tier]:"web"', false],
  ['label[tier]!:"web"', true],
  ['label:"app"', true],
  ['label:"app.kubernetes.io/name"', true],
  ['label:"ap"', false],
  ['label<~:"ap"', true],
  ['annotation[team]:"blue"', true],
  // Of the label there is none, so that the annotation counts.
  ['team:"blue"', true],
  ['product:"web"', true],
  ['owner:"__unallocated__"', true],
  ['owner!:"__unallocated__"', false],
  ['pod:""', true],
  ['label:"__unallocated__"', false],
  ['', true],
])('%j lets %s', (text, expected) => {
  expect(matchesFilter(parseAllocationFilter(text), WEB)).toBe(expected);
});

it('says what must be known to answer it', () => {
  expect(needsOfFilter(NO_FILTER)).toEqual([]);
  expect(
    needsOfFilter(
      parseAllocationFilter(
        'cluster:"a" + (controllerName:"b" | label[app/x]:"c" | label~:"d" | team:"e" | services:"f")',
      ),
    ),
  ).toEqual([
    {},
    { controller: true },
    { labels: ['app_x'] },
    { labels: 'all' },
    { labels: ['team'], annotations: ['team'] },
    { services: true },
  ]);
});

it('compares with nothing by its reserved name alone', () => {
  const nothing = { cluster: 'eu' };
  const asks = (text: string) =>
    matchesFilter(parseAllocationFilter(text), nothing);
  expect(asks(`label:"${UNALLOCATED}"`)).toBe(true);
  expect(asks('label<~:""')).toBe(false);
  expect(asks(`services:"${UNALLOCATED}"`)).toBe(true);
});
