import { setTimeout as sleep } from 'node:timers/promises';
import { FakeApiServer, FakeObject } from './__testUtils__/FakeApiServer';
import { until } from './__testUtils__/until';
import { ObjectCache, ObjectCacheOptions } from './ObjectCache';

const PATH = '/apis/apps/v1/deployments';
const KIND = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  resource: 'deployments',
};

interface Kept {
  size: number;
}

let api: FakeApiServer;
let stopping: AbortController;
/** Names that were projected, in order. */
let projected: string[];
let said: string[];
let cache: ObjectCache<Kept>;

function create(options: Partial<ObjectCacheOptions<Kept>> = {}) {
  return ObjectCache.create<Kept>({
    reader: api.reader(),
    kind: KIND,
    project: object => {
      const { metadata, size } = object as FakeObject;
      projected.push(metadata.name);
      if (typeof size !== 'number') {
        throw new TypeError('Malformed');
      }
      return { size };
    },
    log: sentence => said.push(sentence),
    refusedMs: 50,
    notServedMs: 50,
    ...options,
  });
}

async function follow(options?: Partial<ObjectCacheOptions<Kept>>) {
  cache = create(options);
  cache.start(stopping.signal);
  await cache.ready({ signal: stopping.signal });
}

const held = () =>
  Object.fromEntries(
    cache.objects.map(({ name, value }) => [name, value.size]).sort(),
  );

const holds = (objects: object) =>
  until(`${JSON.stringify(objects)} are held`, () => {
    return JSON.stringify(held()) === JSON.stringify(objects);
  });

const is = (state: string) =>
  until(`it is ${state}`, () => cache.state.state === state);

beforeEach(async () => {
  api = await FakeApiServer.start();
  stopping = new AbortController();
  projected = [];
  said = [];
  api.set(PATH, 'api', { size: 1 });
  api.set(PATH, 'web', { size: 2 });
});

afterEach(async () => {
  stopping.abort(new Error('The test is over'));
  await api.stop();
});

describe('ObjectCache', () => {
  it('holds what is there and follows what changes, by name and by uid', async () => {
    await follow();
    expect(cache.state.state).toBe('current');
    expect(held()).toEqual({ api: 1, web: 2 });
    const web = cache.byName('shop', 'web')!;
    expect(web).toEqual({
      uid: 'uid-2',
      resourceVersion: '102',
      namespace: 'shop',
      name: 'web',
      value: { size: 2 },
    });
    expect(cache.byUid('uid-2')).toBe(web);
    expect(cache.byName('other', 'web')).toBeUndefined();
    api.set(PATH, 'web', { size: 3 });
    api.set(PATH, 'db', { size: 4 });
    api.delete(PATH, 'api');
    await holds({ db: 4, web: 3 });
    expect(cache.byUid('uid-1')).toBeUndefined();
    expect(api.asked).toEqual([`list ${PATH}`, `watch ${PATH}`]);
  });

  it('asks nothing before it is started, and nothing more once it is stopped', async () => {
    cache = create();
    expect(cache.state.state).toBe('loading');
    await sleep(50);
    expect(api.asked).toEqual([]);
    cache.start(stopping.signal);
    cache.start(stopping.signal);
    await cache.ready({ signal: stopping.signal });
    await until('it watches', () => api.watches === 1);
    stopping.abort(new Error('enough'));
    await until('the watch is gone', () => api.watches === 0);
    await sleep(700);
    expect(api.asked).toHaveLength(2);
  });

  it('takes one object that came in the place of another', async () => {
    await follow();
    api.holding = true;
    api.delete(PATH, 'web');
    const again = api.set(PATH, 'web', { size: 9 });
    api.release();
    await holds({ api: 1, web: 9 });
    expect(cache.byName('shop', 'web')?.uid).toBe(again.metadata.uid);
    expect(cache.byUid('uid-2')).toBeUndefined();
  });

  it('never shows half of a list, be it the first or a later one', async () => {
    for (let index = 0; index < 450; index++) {
      api.set(PATH, `many-${index}`, { size: 0 });
    }
    let release = () => {};
    const atSecondPage = () =>
      new Promise<void>(reached => {
        api.beforePage = async (_, page) => {
          if (page === 1) {
            reached();
            await new Promise<void>(resolve => {
              release = resolve;
            });
          }
        };
      });
    let reached = atSecondPage();
    cache = create();
    cache.start(stopping.signal);
    await reached;
    expect(cache.size).toBe(0);
    expect(cache.state.state).toBe('loading');
    release();
    await is('current');
    expect(cache.size).toBe(452);
    reached = atSecondPage();
    api.holding = true;
    api.delete(PATH, 'many-0');
    api.forget();
    api.cut();
    api.holding = false;
    await reached;
    expect(cache.size).toBe(452);
    expect(cache.state).toMatchObject({ state: 'interrupted' });
    release();
    await is('current');
    expect(cache.size).toBe(451);
    expect(cache.byName('shop', 'many-0')).toBeUndefined();
  });

  it('begins again with a list that gets too old while it is read', async () => {
    for (let index = 0; index < 450; index++) {
      api.set(PATH, `many-${index}`, { size: 0 });
    }
    let expired = 0;
    api.beforePage = async (_, page) => {
      if (page === 1 && expired === 0) {
        expired += 1;
        api.delete(PATH, 'many-0');
        return 'expired';
      }
      return undefined;
    };
    await follow();
    await is('current');
    expect(cache.size).toBe(451);
    expect(expired).toBe(1);
  });

  it('reads anew when it has missed too much, and makes anew only what changed', async () => {
    await follow();
    await until('it watches', () => api.watches === 1);
    expect(projected).toEqual(['api', 'web']);
    api.holding = true;
    api.set(PATH, 'web', { size: 5 });
    api.delete(PATH, 'api');
    api.forget();
    api.cut();
    api.holding = false;
    await holds({ web: 5 });
    expect(cache.state.state).toBe('current');
    expect(projected).toEqual(['api', 'web', 'web']);
    expect(api.count(`list ${PATH}`)).toBe(2);
  });

  it('says since when and why it does not know, and goes on', async () => {
    let now = Date.parse('2026-11-28T20:00:00Z');
    let elapsed = 0;
    await follow({ now: () => now, elapsed: () => elapsed });
    await until('it watches', () => api.watches === 1);
    now += 1000;
    elapsed += 61_000;
    expect(cache.ageMs).toBe(61_000);
    api.bookmark();
    await until('it was heard of', () => cache.ageMs === 0);
    api.cut();
    await is('interrupted');
    expect(cache.state).toEqual({
      state: 'interrupted',
      since: '2026-11-28T20:00:01.000Z',
      problem: {
        failure: 'Unreachable',
        message: expect.stringContaining("can't be reached for deployments"),
      },
    });
    elapsed += 5000;
    expect(cache.ageMs).toBe(5000);
    expect(held()).toEqual({ api: 1, web: 2 });
    await is('current');
    // That a connection stands says nothing yet.
    expect(cache.ageMs).toBe(5000);
    api.set(PATH, 'web', { size: 3 });
    await holds({ api: 1, web: 3 });
    expect(cache.ageMs).toBe(0);
    expect(api.count(`list ${PATH}`)).toBe(1);
  });

  it('says that it was never read, and why', async () => {
    api.refused.set(PATH, { code: 500, reason: 'InternalError' });
    await follow();
    expect(cache.state).toMatchObject({
      state: 'loading',
      problem: { failure: 'Failed' },
    });
    expect(cache.ageMs).toBeUndefined();
    api.refused.clear();
    await is('current');
  });

  it('says which permission is missing, once, and asks again', async () => {
    api.refused.set(PATH, { code: 403, reason: 'Forbidden' });
    await follow();
    expect(cache.state).toMatchObject({
      state: 'refused',
      problem: {
        failure: 'Forbidden',
        message: expect.stringContaining("don't allow listing deployments"),
      },
      permission: {
        group: 'apps',
        resource: 'deployments',
        verbs: ['list', 'watch'],
      },
    });
    await until('it asked again', () => api.count(`list ${PATH}`) >= 3);
    api.refused.clear();
    await holds({ api: 1, web: 2 });
    expect(said).toEqual([
      expect.stringContaining(
        'allow the account to list and watch deployments.apps',
      ),
      'The account may read the deployments again.',
    ]);
  });

  it('is refused as well when only watching is, and keeps what it held', async () => {
    await follow();
    await until('it watches', () => api.watches === 1);
    api.refused.set(PATH, { code: 401, reason: 'Unauthorized' });
    api.cut();
    await is('refused');
    expect(held()).toEqual({ api: 1, web: 2 });
  });

  it('knows that there is none of what is not installed, until it is', async () => {
    api.refused.set(PATH, { code: 404, reason: 'NotFound' });
    await follow({ kind: { ...KIND, optional: true } });
    expect(cache.state.state).toBe('notServed');
    expect(cache.ageMs).toBeLessThan(5000);
    expect(held()).toEqual({});
    api.refused.clear();
    await holds({ api: 1, web: 2 });
    api.refused.set(PATH, { code: 404, reason: 'NotFound' });
    api.cut();
    await is('notServed');
    expect(cache.size).toBe(0);
  });

  it('takes an API server without Kubernetes’ own kinds for something else', async () => {
    api.refused.set(PATH, { code: 404, reason: 'NotFound' });
    await follow();
    expect(cache.state).toMatchObject({
      state: 'loading',
      problem: { failure: 'NotServed' },
    });
  });

  it('keeps an object that can’t be read from no other', async () => {
    api.set(PATH, 'odd', { size: 'large' });
    await follow();
    expect(held()).toEqual({ api: 1, web: 2 });
    expect(cache.unreadable).toEqual([
      { uid: 'uid-3', namespace: 'shop', name: 'odd' },
    ]);
    api.set(PATH, 'odd', { size: 7 });
    api.set(PATH, 'web', {});
    await holds({ api: 1, odd: 7 });
    expect(cache.unreadable.map(({ name }) => name)).toEqual(['web']);
    api.delete(PATH, 'web');
    await until('it is gone', () => cache.unreadable.length === 0);
  });

  it('tells of many changes once', async () => {
    await follow();
    let told = 0;
    const stop = cache.onChange(() => {
      told += 1;
    });
    for (let size = 0; size < 50; size++) {
      api.set(PATH, 'web', { size });
    }
    await holds({ api: 1, web: 49 });
    await until('it is told', () => told > 0);
    await sleep(600);
    expect(told).toBe(1);
    stop();
    api.set(PATH, 'web', { size: 0 });
    await holds({ api: 1, web: 0 });
    await sleep(600);
    expect(told).toBe(1);
  });
});

describe('what was written', () => {
  it('is held at once, whatever the watch tells later of before', async () => {
    await follow();
    api.holding = true;
    api.set(PATH, 'web', { size: 3 });
    const written = api.set(PATH, 'web', { size: 4 });
    cache.put(written);
    expect(held()).toEqual({ api: 1, web: 4 });
    const seen: unknown[] = [];
    const stop = cache.onChange(() => seen.push(held()));
    api.release();
    api.set(PATH, 'api', { size: 8 });
    await holds({ api: 8, web: 4 });
    stop();
    expect(seen).not.toContainEqual(expect.objectContaining({ web: 3 }));
  });

  it('stays through a list that was begun before it', async () => {
    await follow();
    let written: FakeObject | undefined;
    let made: FakeObject | undefined;
    api.beforePage = async () => {
      if (!written) {
        api.holding = true;
        written = api.set(PATH, 'web', { size: 4 });
        made = api.set(PATH, 'new', { size: 6 });
        cache.put(written);
        cache.put(made);
      }
    };
    api.forget();
    api.cut();
    await until('it was listed again', () => api.count(`list ${PATH}`) === 2);
    await is('current');
    expect(held()).toEqual({ api: 1, new: 6, web: 4 });
    api.release();
    api.set(PATH, 'web', { size: 5 });
    await holds({ api: 1, new: 6, web: 5 });
  });

  it('does not come back once it is gone, nor in the place of what is newer', async () => {
    await follow();
    const before = api.set(PATH, 'web', { size: 3 });
    api.set(PATH, 'web', { size: 4 });
    await holds({ api: 1, web: 4 });
    cache.put(before);
    expect(held()).toEqual({ api: 1, web: 4 });
    const last = api.set(PATH, 'web', { size: 5 });
    api.delete(PATH, 'web');
    await holds({ api: 1 });
    cache.put(last);
    expect(held()).toEqual({ api: 1 });
    cache.put({ kind: 'Status' });
    expect(held()).toEqual({ api: 1 });
  });

  it('is waited for where its answer was no whole object', async () => {
    await follow();
    api.holding = true;
    const { metadata } = api.set(PATH, 'web', { size: 7 });
    const { uid, resourceVersion } = metadata;
    cache.expect({ uid, resourceVersion });
    expect([...cache.behind]).toEqual([uid]);
    const caughtUp = cache.caughtUp(
      { uid, resourceVersion },
      { signal: stopping.signal },
    );
    api.release();
    await caughtUp;
    expect(held()).toEqual({ api: 1, web: 7 });
    expect([...cache.behind]).toEqual([]);
    // What is held already is not waited for.
    cache.expect({ uid, resourceVersion });
    expect([...cache.behind]).toEqual([]);
  });

  it.each(['deleted', 'listed'])(
    'is not waited for once the object is %s',
    async how => {
      await follow();
      api.holding = true;
      const { metadata } = api.set(PATH, 'web', { size: 7 });
      const caughtUp = cache.caughtUp(metadata, { signal: stopping.signal });
      if (how === 'deleted') {
        api.delete(PATH, 'web');
        api.release();
      } else {
        api.forget();
        api.cut();
      }
      await caughtUp;
      expect([...cache.behind]).toEqual([]);
    },
  );

  it('is waited for no longer than one wants', async () => {
    await follow();
    const waiting = new AbortController();
    const caughtUp = cache.caughtUp(
      { uid: 'uid-1', resourceVersion: '999999' },
      { signal: waiting.signal },
    );
    waiting.abort(new Error('no more'));
    await expect(caughtUp).rejects.toThrow('no more');
  });
});
