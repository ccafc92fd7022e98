import fc from 'fast-check';
import { JsonMap } from '../fields/json';
import { StatusError } from '../status';
import { jsonPatched } from './jsonPatch';
import { mergePatched, strategicallyPatched } from './mergePatch';

const codeOf = (act: () => unknown): number | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as StatusError).status.code;
  }
};

describe('a merge patch', () => {
  // RFC 7386, appendix A.
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j with %j is %j', (document, patch, after) => {
    expect(mergePatched(document, patch)).toEqual(after);
  });
});

describe('a strategic merge patch', () => {
  const containers = [
    { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }] },
    { name: 'b', image: 'b:1' },
  ];

  it.each<[string, unknown, unknown]>([
    [
      'merges elements by their names',
      [{ name: 'b', image: 'b:2' }],
      [containers[0], { name: 'b', image: 'b:2' }],
    ],
    [
      'merges lists in lists',
      [{ name: 'a', env: [{ name: 'Y', value: '2' }] }],
      [
        {
          ...containers[0],
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
        },
        containers[1],
      ],
    ],
    ['takes elements away', [{ name: 'a', $patch: 'delete' }], [containers[1]]],
    [
      'replaces a list',
      [{ $patch: 'replace' }, { name: 'c', image: 'c:1' }],
      [{ name: 'c', image: 'c:1' }],
    ],
    [
      'adds what is new',
      [{ name: 'c', image: 'c:1' }],
      [...containers, { name: 'c', image: 'c:1' }],
    ],
  ])('%s', (_what, patch, after) => {
    expect(strategicallyPatched({ containers }, { containers: patch })).toEqual(
      {
        containers: after,
      },
    );
  });

  it('joins finalizers, replaces other lists of texts, and deletes from lists', () => {
    const document = { finalizers: ['a'], args: ['x'] };
    expect(
      strategicallyPatched(document, { finalizers: ['b', 'a'], args: ['y'] }),
    ).toEqual({ finalizers: ['a', 'b'], args: ['y'] });
    expect(
      strategicallyPatched(document, {
        '$deleteFromPrimitiveList/finalizers': ['a'],
        '$setElementOrder/finalizers': [],
      }),
    ).toEqual({ finalizers: [], args: ['x'] });
  });

  it('is refused where an element has no name', () => {
    const patch = { containers: [{ image: 'b:2' }] };
    expect(codeOf(() => strategicallyPatched({ containers }, patch))).toBe(400);
  });
});

describe('a JSON patch', () => {
  // RFC 6902, appendix A.
  it.each<[unknown, unknown[], unknown]>([
    [
      { foo: 'bar' },
      [{ op: 'add', path: '/baz', value: 'q' }],
      { baz: 'q', foo: 'bar' },
    ],
    [
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'q' }],
      { foo: ['bar', 'q', 'baz'] },
    ],
    [
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['a'] }],
      { foo: ['bar', ['a']] },
    ],
    [
      { baz: 'q', foo: 'bar' },
      [{ op: 'remove', path: '/baz' }],
      { foo: 'bar' },
    ],
    [
      { foo: ['bar', 'q', 'baz'] },
      [{ op: 'remove', path: '/foo/1' }],
      { foo: ['bar', 'baz'] },
    ],
    [{ baz: 'q' }, [{ op: 'replace', path: '/baz', value: 'b' }], { baz: 'b' }],
    [
      { foo: { bar: 'baz', waldo: 'fred' }, qux: {} },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { thud: 'fred' } },
    ],
    [
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      { a: { b: 1 } },
      [{ op: 'copy', from: '/a/b', path: '/c' }],
      { a: { b: 1 }, c: 1 },
    ],
    [
      { baz: 'q', foo: ['a', 2] },
      [{ op: 'test', path: '/foo/1', value: 2 }],
      { baz: 'q', foo: ['a', 2] },
    ],
    [
      { '/': 9, '~1': 10 },
      [{ op: 'test', path: '/~01', value: 10 }],
      { '/': 9, '~1': 10 },
    ],
    [{ foo: null }, [{ op: 'replace', path: '/foo', value: 1 }], { foo: 1 }],
  ])('of %j with %j is %j', (document, operations, after) => {
    const before = JSON.stringify(document);
    expect(jsonPatched(document, operations)).toEqual(after);
    expect(JSON.stringify(document)).toBe(before);
  });

  it.each<[unknown, unknown[], number]>([
    [{ baz: 'q' }, [{ op: 'test', path: '/baz', value: 'bar' }], 422],
    [{ foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'q' }], 422],
    [{ foo: [1] }, [{ op: 'add', path: '/foo/2', value: 3 }], 422],
    [{ foo: [1] }, [{ op: 'remove', path: '/foo/01' }], 422],
    [{ foo: 1 }, [{ op: 'replace', path: '/bar', value: 3 }], 422],
    [{ foo: 1 }, [{ op: 'spoil', path: '/foo' }], 400],
    [{ foo: 1 }, [{ op: 'remove', path: 'foo' }], 400],
  ])('of %j with %j is a %i', (document, operations, code) => {
    expect(codeOf(() => jsonPatched(document, operations))).toBe(code);
  });

  it('that adds what a test then finds is never refused', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        fc.jsonValue(),
        (document, name, value) => {
          fc.pre(name !== '__proto__');
          const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          const after = jsonPatched(document, [
            { op: 'add', path, value },
            { op: 'test', path, value },
          ]);
          expect((after as JsonMap)[name]).toEqual(value);
        },
      ),
    );
  });
});
