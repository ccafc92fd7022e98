import fc from 'fast-check';
import { ObjectStore } from './ObjectStore';
import { KubeObject } from './types';

const KIND = 'v1/pods';

function pod(name: string, value: number, uid = name): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ns',
      uid,
      creationTimestamp: '2026-01-05T00:00:00Z',
    },
    value,
  };
}

function harness(keepMs?: number) {
  let now = 1_000_000_000;
  let objects: KubeObject[] = [];
  const store = ObjectStore.create({
    read: () => new Map([[KIND, objects]]),
    now: () => now,
    keepMs,
  });
  return {
    store,
    /** The objects are these after so many milliseconds. */
    become(next: KubeObject[], afterMs = 2_000) {
      objects = next;
      now += afterMs;
      store.sync();
    },
  };
}

const withoutVersion = (objects: KubeObject[]) =>
  objects.map(({ metadata: { resourceVersion: _, ...metadata }, ...rest }) => ({
    ...rest,
    metadata,
  }));

describe('ObjectStore', () => {
  it('gives every change a version of its own', () => {
    const { store, become } = harness();
    const before = store.resourceVersion;
    become([pod('a', 1), pod('b', 1)]);
    become([pod('a', 2), pod('b', 1)]);
    become([pod('a', 2)]);
    const changes = store.changesAfter(KIND, before);
    expect(
      changes.map(({ type, object }) => [type, object.metadata.name]),
    ).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'b'],
      ['MODIFIED', 'a'],
      ['DELETED', 'b'],
    ]);
    expect(changes.map(change => change.resourceVersion)).toEqual(
      [1, 2, 3, 4].map(step => before + step),
    );
    expect(changes[3].object.metadata.resourceVersion).toBe(String(before + 4));
  });

  it('says that an object made anew was deleted and added', () => {
    const { store, become } = harness();
    become([pod('a', 1, 'first')]);
    const before = store.resourceVersion;
    become([pod('a', 1, 'second')]);
    expect(
      store
        .changesAfter(KIND, before)
        .map(({ type, object }) => [type, object.metadata.uid]),
    ).toEqual([
      ['DELETED', 'first'],
      ['ADDED', 'second'],
    ]);
  });

  it('does not change what has not changed', () => {
    const { store, become } = harness();
    become([pod('a', 1)]);
    const version = store.resourceVersion;
    become([pod('a', 1)]);
    expect(store.resourceVersion).toBe(version);
  });

  it('can be read at any version it still knows', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.uniqueArray(
            fc.record({ id: fc.integer({ min: 0, max: 6 }), value: fc.nat(3) }),
            { selector: ({ id }) => id },
          ),
          { maxLength: 12 },
        ),
        states => {
          const { store, become } = harness();
          const history = [{ version: store.resourceVersion, objects: [] }] as {
            version: number;
            objects: unknown[];
          }[];
          for (const state of states) {
            become(state.map(({ id, value }) => pod(`pod-${id}`, value)));
            history.push({
              version: store.resourceVersion,
              objects: withoutVersion(store.list(KIND)),
            });
          }
          for (const { version, objects } of history) {
            expect(withoutVersion(store.listAt(KIND, version))).toEqual(
              objects,
            );
          }
        },
      ),
    );
  });

  it('forgets after a while, and says so with 410', () => {
    const { store, become } = harness(10_000);
    const first = store.resourceVersion;
    become([pod('a', 1)]);
    become([pod('a', 2)], 8_000);
    expect(store.listAt(KIND, first)).toEqual([]);
    const known = store.resourceVersion;
    become([pod('a', 3)], 9_000);
    const gone = expect.objectContaining({
      status: expect.objectContaining({ code: 410, reason: 'Expired' }),
    });
    expect(() => store.listAt(KIND, first)).toThrow(gone);
    expect(() => store.changesAfter(KIND, first)).toThrow(gone);
    expect(store.changesAfter(KIND, known)).toHaveLength(1);
  });

  it('does not know the future', () => {
    const { store } = harness();
    expect(() => store.listAt(KIND, store.resourceVersion + 1)).toThrow(
      expect.objectContaining({
        status: expect.objectContaining({ code: 504, reason: 'Timeout' }),
      }),
    );
  });

  it('starts above every version of an earlier process', () => {
    let now = 1_000_000_000;
    const read = () => new Map([[KIND, [pod('a', now)]]]);
    const first = ObjectStore.create({ read, now: () => now });
    now += 3_600_000;
    first.sync();
    now += 1_000;
    const second = ObjectStore.create({ read, now: () => now });
    expect(() => second.changesAfter(KIND, first.resourceVersion)).toThrow(
      'too old resource version',
    );
  });
});
