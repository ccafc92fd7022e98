import fc from 'fast-check';
import { ObjectStore } from './ObjectStore';

interface Told {
  uid: string;
  name: string;
  version: number;
  deleted: boolean;
}

/** An API server, and what of it a client has been told. */
class Model {
  readonly store = ObjectStore.create<number>();
  #version = 10;
  #uids = 0;
  #told = 0;
  readonly #history: Told[] = [];
  readonly #objects = new Map<string, Told>();
  /** Versions that we wrote or were told, by uid: what is held never goes behind them. */
  readonly #known = new Map<string, number>();

  write(name: string, byUs: boolean): void {
    const before = this.#objects.get(name);
    this.#version += 1;
    if (!before) {
      this.#uids += 1;
    }
    const object = {
      uid: before?.uid ?? `u${this.#uids}`,
      name,
      version: this.#version,
      deleted: false,
    };
    this.#objects.set(name, object);
    this.#history.push(object);
    if (byUs) {
      this.store.put(toCached(object));
      this.#known.set(object.uid, object.version);
    }
  }

  delete(name: string): void {
    const before = this.#objects.get(name);
    if (before) {
      this.#version += 1;
      this.#objects.delete(name);
      this.#history.push({
        ...before,
        version: this.#version,
        deleted: true,
      });
    }
  }

  /** Some of what happened is told. */
  tell(count: number): void {
    for (const event of this.#history.slice(this.#told, this.#told + count)) {
      this.#told += 1;
      if (event.deleted) {
        this.store.remove(event.uid, String(event.version));
        this.#known.delete(event.uid);
      } else {
        this.store.take(event.uid, String(event.version), () =>
          toCached(event),
        );
      }
    }
  }

  /** What happened before is read anew, while we write. */
  list(meanwhile: () => void, whole: boolean): void {
    const version = String(this.#version);
    const listed = [...this.#objects.values()];
    const seen = this.#history.length;
    this.store.beginList();
    for (const object of listed) {
      this.store.take(object.uid, String(object.version), () =>
        toCached(object),
      );
    }
    meanwhile();
    if (!whole) {
      this.store.dropList();
      return;
    }
    this.store.endList(version);
    this.#told = seen;
    const gone = new Set(listed.map(({ uid }) => uid));
    for (const [uid, known] of this.#known) {
      if (!gone.has(uid) && known <= Number(version)) {
        this.#known.delete(uid);
      }
    }
  }

  /** What is wrong with what is held; nothing, as it should be. */
  faults(): string[] {
    const { all } = this.store;
    const inconsistent = all.filter(
      object =>
        this.store.byUid(object.uid) !== object ||
        this.store.byName('', object.name) !== object,
    );
    const behind = [...this.#known].filter(([uid, known]) => {
      const held = this.store.byUid(uid);
      return held && Number(held.resourceVersion) < known;
    });
    return [
      ...(all.length === this.store.size ? [] : ['another size']),
      ...inconsistent.map(({ uid }) => `${uid} is inconsistent`),
      ...behind.map(([uid]) => `${uid} is behind`),
    ];
  }

  get held(): string[] {
    return this.store.all
      .map(({ uid, name, resourceVersion }) =>
        [name, uid, resourceVersion].join(' '),
      )
      .sort();
  }

  get there(): string[] {
    return [...this.#objects.values()]
      .map(({ uid, name, version }) => [name, uid, version].join(' '))
      .sort();
  }
}

function toCached({ uid, name, version }: Told) {
  return {
    uid,
    name,
    namespace: '',
    resourceVersion: String(version),
    value: version,
  };
}

const name = fc.constantFrom('a', 'b', 'c');
const write = fc.record({
  type: fc.constant('write'),
  name,
  byUs: fc.boolean(),
});
const remove = fc.record({ type: fc.constant('delete'), name });
const change = fc.oneof(write, remove) as fc.Arbitrary<Change>;
const step = fc.oneof(
  change,
  fc.record({
    type: fc.constant('tell'),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    type: fc.constant('list'),
    meanwhile: fc.array(change, { maxLength: 4 }),
    whole: fc.boolean(),
  }),
) as fc.Arbitrary<Step>;

type Change =
  | { type: 'write'; name: string; byUs: boolean }
  | { type: 'delete'; name: string };
type Step =
  | Change
  | { type: 'tell'; count: number }
  | { type: 'list'; meanwhile: Change[]; whole: boolean };

function run(model: Model, each: Step): void {
  switch (each.type) {
    case 'write':
      model.write(each.name, each.byUs);
      break;
    case 'delete':
      model.delete(each.name);
      break;
    case 'tell':
      model.tell(each.count);
      break;
    default:
      model.list(
        () => each.meanwhile.forEach(one => run(model, one)),
        each.whole,
      );
  }
}

describe('ObjectStore', () => {
  it('has in the end what the API server has, and never goes behind what we wrote', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const model = new Model();
        model.list(() => {}, true);
        for (const each of steps) {
          run(model, each);
          expect(model.faults()).toEqual([]);
        }
        model.tell(Infinity);
        expect(model.faults()).toEqual([]);
        expect(model.held).toEqual(model.there);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes by what it is told last where versions can’t be compared', () => {
    const store = ObjectStore.create<number>();
    const made = (resourceVersion: string) => () => ({
      uid: 'u',
      name: 'a',
      namespace: '',
      resourceVersion,
      value: 0,
    });
    store.beginList();
    store.take('u', 'x', made('x'));
    store.endList('x');
    expect(store.put(made('y')())).toBe(true);
    store.take('u', 'z', made('z'));
    expect(store.byUid('u')?.resourceVersion).toBe('z');
  });
});
