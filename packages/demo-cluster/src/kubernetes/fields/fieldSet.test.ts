import fc from 'fast-check';
import { OwnedFields } from '../../world/interventions/Intervention';
import { findResource } from '../resources';
import {
  applied,
  compareFields,
  difference,
  fieldsOf,
  intersection,
  isEmpty,
  pathsOf,
  union,
  withoutFields,
} from './fieldSet';
import { hintsOf } from './hints';
import { JsonMap } from './json';

const HINTS = hintsOf(findResource('apps', 'v1', 'deployments')!);

/** Parts of a Deployment, with what is taken apart and what is not. */
const anyObject: fc.Arbitrary<JsonMap> = fc
  .record({
    replicas: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    labels: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2')),
    containers: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('web', 'side', 'other'),
        cpu: fc.constantFrom('1', '2'),
        args: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
      }),
      { selector: ({ name }) => name, maxLength: 3 },
    ),
    selector: fc.constantFrom({ a: '1' }, { a: '1', b: '2' }),
    finalizers: fc.uniqueArray(fc.constantFrom('p', 'q'), { maxLength: 2 }),
  })
  .map(object =>
    Object.fromEntries(
      Object.entries(object).filter(
        ([, value]) =>
          value !== undefined &&
          (typeof value !== 'object' || Object.keys(value).length > 0),
      ),
    ),
  );

const setOf = (object: JsonMap): OwnedFields => fieldsOf(object, HINTS);
const sorted = (set: OwnedFields) => pathsOf(set).sort();

describe('fields of an object', () => {
  it('are written as managedFields has them', () => {
    const spec = {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      containers: [
        { name: 'web', args: ['-v'], ports: [{ containerPort: 80 }] },
      ],
      finalizers: ['example.com/keep'],
    };
    const set = setOf({ spec });
    expect(set).toEqual({
      'f:spec': {
        'f:replicas': {},
        'f:selector': {},
        'f:containers': {
          'k:{"name":"web"}': {
            '.': {},
            'f:name': {},
            'f:args': {},
            'f:ports': {
              'k:{"containerPort":80,"protocol":"TCP"}': {
                '.': {},
                'f:containerPort': {},
              },
            },
          },
        },
        'f:finalizers': { 'v:"example.com/keep"': {} },
      },
    });
    expect(pathsOf(set)).toContain('.spec.containers[name="web"].args');
    expect(pathsOf(set)).toContain('.spec.finalizers[="example.com/keep"]');
  });

  it('are sets', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (one, other) => {
        const [a, b] = [setOf(one), setOf(other)];
        expect(sorted(union(a, b))).toEqual(
          [...new Set([...pathsOf(a), ...pathsOf(b)])].sort(),
        );
        const both = pathsOf(a).filter(path => pathsOf(b).includes(path));
        expect(sorted(intersection(a, b))).toEqual(both.sort());
        const rest = difference(a, b);
        expect(isEmpty(intersection(rest, b))).toBe(true);
        expect(sorted(union(rest, intersection(a, b)))).toEqual(sorted(a));
      }),
    );
  });
});

describe('what two objects differ in', () => {
  it('is nothing where they are the same, and all of it changed or removed where not', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (before, after) => {
        expect(compareFields(before, before, HINTS)).toEqual({});
        const { changed = {}, removed = {} } = compareFields(
          before,
          after,
          HINTS,
        );
        const isIn = (set: OwnedFields, of: JsonMap) =>
          isEmpty(difference(set, setOf(of)));
        expect(isIn(changed, after)).toBe(true);
        expect(isIn(removed, before)).toBe(true);
        expect(isEmpty(intersection(changed, removed))).toBe(true);
      }),
    );
  });

  it('leaves an object as it was when it is taken out', () => {
    fc.assert(
      fc.property(anyObject, object => {
        const left = withoutFields(object, setOf(object), HINTS);
        expect(Object.values(left as JsonMap).flat()).toEqual([]);
      }),
    );
  });
});

describe('what is applied', () => {
  it('is there, and everything else stays', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (live, config) => {
        const after = applied(live, config, HINTS) as JsonMap;
        expect(sorted(setOf(after))).toEqual(
          sorted(union(setOf(live), setOf(config))),
        );
        const again = applied(after, config, HINTS);
        expect(compareFields(after, again, HINTS)).toEqual({});
        const { changed = {} } = compareFields(live, after, HINTS);
        expect(isEmpty(difference(changed, setOf(config)))).toBe(true);
      }),
    );
  });
});
