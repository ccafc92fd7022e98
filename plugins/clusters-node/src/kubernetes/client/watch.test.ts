import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { PODS, reader, SERVER, status } from './__testUtils__/access';
import { WatchEvent } from './watch';

interface Thing {
  metadata: { name: string; resourceVersion: string };
}

/** What the API server answers to one connection, and how that ends. */
interface Connection {
  events?: Array<{ type: string; object: object } | string>;
  end?: 'well' | 'broken' | 'open';
  status?: number;
  headers?: Record<string, string>;
}

const PATH = `${SERVER}/api/v1/pods`;
const thing = (name: string, resourceVersion: string): Thing => ({
  metadata: { name, resourceVersion },
});
const bookmark = (resourceVersion: string) => ({
  type: 'BOOKMARK',
  object: { kind: 'Pod', metadata: { resourceVersion } },
});
const added = (name: string, version: string) => ({
  type: 'ADDED',
  object: thing(name, version),
});

let lists: Array<() => Response>;
let connections: Connection[];
/** Versions that were listed (`list`) and watched from. */
let asked: string[];
/** What watches said of bookmarks. */
let bookmarks: Set<string | null>;

const listOf =
  (version: string, ...items: Thing[]) =>
  () =>
    HttpResponse.json({ metadata: { resourceVersion: version }, items });

function stream({
  events = [],
  end = 'open',
  status: code = 200,
  headers,
}: Connection): Response {
  const text = events
    .map(event => (typeof event === 'string' ? event : JSON.stringify(event)))
    .join('\n');
  const body = new ReadableStream({
    async start(controller) {
      // In two pieces: lines don't end where pieces do.
      const bytes = Buffer.from(`${text}\n`);
      const half = Math.floor(bytes.length / 2);
      controller.enqueue(bytes.subarray(0, half));
      controller.enqueue(bytes.subarray(half));
      await new Promise(resolve => setTimeout(resolve, 20));
      if (end === 'well') {
        controller.close();
      } else if (end === 'broken') {
        controller.error(new Error('reset'));
      }
    },
  });
  return new HttpResponse(body, { status: code, headers });
}

const api = setupServer(
  http.get(PATH, ({ request }) => {
    const { searchParams } = new URL(request.url);
    if (!searchParams.has('watch')) {
      asked.push('list');
      return (lists.length > 1 ? lists.shift()! : lists[0])();
    }
    bookmarks.add(searchParams.get('allowWatchBookmarks'));
    asked.push(searchParams.get('resourceVersion')!);
    return stream(connections.shift() ?? {});
  }),
);

beforeAll(() => api.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  lists = [listOf('10', thing('a', '3'), thing('b', '7'))];
  connections = [];
  asked = [];
  bookmarks = new Set();
});
afterAll(() => api.close());

const short = (event: WatchEvent<Thing>) =>
  'object' in event
    ? `${event.type} ${event.object.metadata.name}`
    : event.type;

/** As many events, or all until it throws. */
async function take(count: number): Promise<string[]> {
  const stop = new AbortController();
  const taken: string[] = [];
  const events = reader().watch<Thing>(PODS, { signal: stop.signal });
  for await (const event of events) {
    taken.push(short(event));
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}

const LISTED = ['listing', 'object a', 'object b', 'listed'];

describe('a watch', () => {
  it('lists, then tells what happens', async () => {
    connections = [
      {
        events: [
          added('c', '11'),
          { type: 'MODIFIED', object: thing('a', '12') },
          bookmark('13'),
          { type: 'DELETED', object: thing('b', '14') },
        ],
      },
    ];
    expect(await take(7)).toEqual([
      ...LISTED,
      'object c',
      'object a',
      'deleted b',
    ]);
    expect(asked).toEqual(['list', '10']);
  });

  it('goes on from the last version, a bookmark’s too, when the API server ends a connection', async () => {
    connections = [
      { events: [added('c', '11')], end: 'well' },
      { events: [bookmark('20')], end: 'well' },
      { events: [added('d', '21')] },
    ];
    expect(await take(6)).toEqual([...LISTED, 'object c', 'object d']);
    expect(asked).toEqual(['list', '10', '11', '20']);
    expect(bookmarks).toEqual(new Set(['true']));
  });

  it('says that a connection broke, and goes on from where it was', async () => {
    connections = [
      { events: [added('c', '11')], end: 'broken' },
      { status: 503, end: 'well' },
      { events: [added('d', '12')] },
    ];
    expect(await take(9)).toEqual([
      ...LISTED,
      'object c',
      'interrupted',
      'interrupted',
      'resumed',
      'object d',
    ]);
    expect(asked).toEqual(['list', '10', '11', '11']);
  });

  it.each<[string, Connection]>([
    [
      'an event',
      { events: [{ type: 'ERROR', object: status(410, 'Expired') }] },
    ],
    [
      'an answer',
      {
        status: 410,
        events: [JSON.stringify(status(410, 'Gone'))],
        end: 'well',
      },
    ],
  ])(
    'lists anew when its version is too old, as %s says',
    async (_, expired) => {
      lists = [lists[0], listOf('30', thing('a', '25'))];
      connections = [expired, { events: [added('d', '31')] }];
      expect(await take(8)).toEqual([
        ...LISTED,
        'listing',
        'object a',
        'listed',
        'object d',
      ]);
      expect(asked).toEqual(['list', '10', 'list', '30']);
    },
  );

  it('begins a list again that gets too old while it is read', async () => {
    const first = () =>
      HttpResponse.json({
        metadata: { resourceVersion: '9', continue: 'c' },
        items: [thing('a', '3')],
      });
    const tooOld = () =>
      HttpResponse.json(
        { ...status(410, 'Expired'), metadata: { continue: 'later' } },
        { status: 410 },
      );
    lists = [first, tooOld, lists[0]];
    expect(await take(6)).toEqual(['listing', 'object a', ...LISTED]);
  });

  it('does not say that it goes on when its version is too old by then', async () => {
    lists = [lists[0], listOf('30')];
    connections = [
      { end: 'broken' },
      { events: [{ type: 'ERROR', object: status(410, 'Expired') }] },
    ];
    expect(await take(7)).toEqual([
      ...LISTED,
      'interrupted',
      'listing',
      'listed',
    ]);
  });

  it('says that it goes on when nothing happens', async () => {
    connections = [{ end: 'broken' }, {}];
    expect(await take(6)).toEqual([...LISTED, 'interrupted', 'resumed']);
  });

  it('goes on after what is no event', async () => {
    connections = [
      { events: [added('c', '11'), '<html>'] },
      { events: [added('d', '12')] },
    ];
    expect(await take(8)).toEqual([
      ...LISTED,
      'object c',
      'interrupted',
      'resumed',
      'object d',
    ]);
    expect(asked).toEqual(['list', '10', '11']);
  });

  it.each([
    [
      403,
      status(403, 'Forbidden'),
      "don't allow watching pods of cluster us-west",
    ],
    [404, {}, "doesn't serve pods"],
  ])(
    'ends where trying again is of no use: %i',
    async (code, body, message) => {
      connections = [
        { status: code, events: [JSON.stringify(body)], end: 'well' },
      ];
      await expect(take(100)).rejects.toThrow(message);
    },
  );

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const events = reader().watch<Thing>(PODS, { signal: stop.signal });
    const taken: string[] = [];
    const watching = (async () => {
      for await (const event of events) {
        taken.push(short(event));
        if (event.type === 'listed') {
          setTimeout(() => stop.abort(new Error('enough')), 50);
        }
      }
    })();
    await expect(watching).rejects.toThrow('enough');
    expect(taken).toEqual(LISTED);
  });

  it('asks a server that ends every connection at once less and less often', async () => {
    connections = Array.from({ length: 100 }, () => ({ end: 'well' as const }));
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 1000);
    const events = reader().watch<Thing>(PODS, { signal: stop.signal });
    await expect(
      (async () => {
        for await (const event of events) {
          short(event);
        }
      })(),
    ).rejects.toThrow('enough');
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});
