import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ClusterConfig } from '@headroom/plugin-clusters-node';
import {
  answer,
  container,
  hoursFromNoon,
  idle,
  soundAnswers,
} from './__testUtils__/answers';
import { OpenCostSource } from './OpenCostSource';

const HOURS = hoursFromNoon(2);
const SOUND = soundAnswers(HOURS);

describe('OpenCostSource', () => {
  let server: Server | undefined;
  const asked: URL[] = [];

  async function start(listener: RequestListener): Promise<ClusterConfig> {
    const listening = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://opencost'));
      listener(request, response);
    });
    server = listening;
    await new Promise<void>(resolve =>
      listening.listen(0, '127.0.0.1', resolve),
    );
    const { port } = listening.address() as AddressInfo;
    return {
      name: 'eu',
      title: 'EU',
      labels: {},
      sections: {
        opencost: {
          url: `http://127.0.0.1:${port}/model`,
          timeoutSeconds: 1,
        },
      },
    };
  }

  /** Answers by path; the coarse question by its parameter. */
  function answering(
    answers: Record<'allocation' | 'coarse' | 'assets', unknown>,
  ): RequestListener {
    return (request, response) => {
      const url = new URL(request.url ?? '', 'http://opencost');
      const what = url.searchParams.has('aggregate')
        ? 'coarse'
        : (url.pathname.split('/').at(-1) as 'allocation' | 'assets');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[what]));
    };
  }

  function ask(
    cluster: ClusterConfig,
    signal: AbortSignal = new AbortController().signal,
  ) {
    const source = OpenCostSource.create({
      logger: mockServices.logger.mock(),
      currency: 'USD',
    });
    return source.allocations({
      cluster,
      start: new Date(HOURS[0].start),
      end: new Date(HOURS[1].end),
      signal,
    });
  }

  afterEach(async () => {
    asked.length = 0;
    const closing = server;
    server = undefined;
    closing?.closeAllConnections();
    await new Promise(resolve =>
      closing ? closing.close(resolve) : resolve(0),
    );
  });

  it('supports clusters with an opencost endpoint', async () => {
    const cluster = await start(answering(SOUND));
    const source = OpenCostSource.create({
      logger: mockServices.logger.mock(),
      currency: 'USD',
    });
    expect(source.id).toBe('opencost');
    expect(source.supports(cluster)).toBe(true);
    expect(source.supports({ ...cluster, sections: {} })).toBe(false);
  });

  it('asks three times for a window, below the base URL, by the hour and unshared', async () => {
    const result = await ask(await start(answering(SOUND)));
    expect(result.rows).toHaveLength(4);
    expect(result.problems).toEqual([]);
    expect(result.queries).toBe(3);
    expect(asked.map(({ pathname }) => pathname)).toEqual([
      '/model/allocation',
      '/model/allocation',
      '/model/assets',
    ]);
    expect(Object.fromEntries(asked[0].searchParams)).toEqual({
      window: '2026-03-02T12:00:00Z,2026-03-02T14:00:00Z',
      step: '1h',
      resolution: '1m',
      accumulate: 'false',
      includeIdle: 'true',
      idleByNode: 'true',
      shareIdle: 'false',
    });
    expect(asked[1].searchParams.get('aggregate')).toBe('cluster');
  });

  describe('a Kubecost that groups by namespace unless told otherwise', () => {
    const AGGREGATE =
      'cluster,node,namespace,controllerKind,controller,pod,container';
    const byNamespace = answer(
      HOURS.map(span => ({
        shop: container(span, {
          name: 'shop',
          properties: {
            cluster: undefined,
            node: undefined,
            controllerKind: undefined,
            controller: undefined,
            pod: undefined,
            container: undefined,
          },
        }),
        __idle__: idle(span, { name: '__idle__', properties: {} }),
      })),
    );
    const name = 'eu/node-1/shop/deployment/cart/cart-7d4b9-x2v/app';

    /** @param byContainer - what it says when it is told */
    function kubecost(byContainer: unknown): RequestListener {
      return (request, response) => {
        const url = new URL(request.url ?? '', 'http://kubecost');
        const aggregate = url.searchParams.get('aggregate');
        const says = url.pathname.endsWith('/assets')
          ? SOUND.assets
          : { [AGGREGATE]: byContainer, cluster: SOUND.coarse }[
              aggregate ?? ''
            ] ?? byNamespace;
        response.end(JSON.stringify(says));
      };
    }

    it.each([
      ['properties', {}],
      [
        'names alone',
        {
          name,
          properties: {
            cluster: undefined,
            node: undefined,
            namespace: undefined,
            controllerKind: undefined,
            controller: undefined,
            pod: undefined,
            container: undefined,
          },
        },
      ],
    ])('is told, and found by %s', async (_, overrides) => {
      const told = answer(
        HOURS.map(span => ({
          [name]: container(span, overrides),
          'eu/node-1/__idle__': idle(span),
        })),
      );
      const cluster = await start(kubecost(told));
      const source = OpenCostSource.create({
        logger: mockServices.logger.mock(),
        currency: 'USD',
      });
      const query = {
        cluster,
        start: new Date(HOURS[0].start),
        end: new Date(HOURS[1].end),
        signal: new AbortController().signal,
      };
      const result = await source.allocations(query);
      expect(result.problems).toEqual([]);
      expect(result.rows).toHaveLength(4);
      expect(result.rows[0]).toMatchObject({
        namespace: 'shop',
        workloadKind: 'Deployment',
        workload: 'cart',
        container: 'app',
      });
      expect(result.queries).toBe(4);
      expect(asked[1].searchParams.get('aggregate')).toBe(AGGREGATE);
      expect(asked[1].searchParams.get('splitIdle')).toBe('true');
      // It is known by now.
      expect((await source.allocations(query)).queries).toBe(3);
    });

    it('is refused when it groups all the same', async () => {
      await expect(ask(await start(kubecost(byNamespace)))).rejects.toThrow(
        /does not answer by container: 2 of 2 items .*none of them are booked/,
      );
    });

    it('may have a few items that are of no container, which are said', async () => {
      const few = answer(
        HOURS.map((span, index) => ({
          ...Object.fromEntries(
            Array.from({ length: 30 }, (_, at) => [`c${at}`, container(span)]),
          ),
          ...(index === 0 && {
            odd: container(span, { properties: { container: undefined } }),
          }),
        })),
      );
      const result = await ask(
        await start(answering({ ...SOUND, allocation: few })),
      );
      expect(result.problems.map(({ code }) => code)).toContain(
        'opencost-groups',
      );
    });
  });

  it('goes on without /assets, and says so', async () => {
    const sound = answering(SOUND);
    const result = await ask(
      await start((request, response) => {
        if (request.url?.includes('/assets')) {
          response.writeHead(404).end('404 page not found');
        } else {
          sound(request, response);
        }
      }),
    );
    expect(result.rows).toHaveLength(4);
    expect(result.nodes).toEqual([]);
    expect(result.problems.map(({ code }) => code)).toEqual([
      'opencost-assets-unavailable',
    ]);
  });

  it.each(['/allocation', '/assets'])(
    'fails when %s does, without passing on what it says',
    async path => {
      const sound = answering(SOUND);
      const cluster = await start((request, response) => {
        if (request.url?.includes(path)) {
          response.writeHead(500).end('error at db.internal');
        } else {
          sound(request, response);
        }
      });
      const error = await ask(cluster).catch((reason: Error) => reason);
      expect(String(error)).toContain('OpenCost of cluster eu');
      expect(String(error)).toContain('500');
      expect(String(error)).not.toContain('db.internal');
    },
  );

  it('fails on a page of HTML', async () => {
    const cluster = await start((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<html>Sign in</html>');
    });
    await expect(ask(cluster)).rejects.toThrow(/OpenCost of cluster eu.*JSON/);
  });

  it('gives up on a server that hangs', async () => {
    const cluster = await start(() => {});
    await expect(ask(cluster)).rejects.toThrow(
      'did not answer /allocation within 1 s',
    );
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const cluster = await start(() => controller.abort(new Error('enough')));
    await expect(ask(cluster, controller.signal)).rejects.toThrow('enough');
    expect(asked).toHaveLength(1);
  });

  it('takes only windows of whole hours', async () => {
    const cluster = await start(answering(SOUND));
    const source = OpenCostSource.create({
      logger: mockServices.logger.mock(),
      currency: 'USD',
    });
    const query = { cluster, signal: new AbortController().signal };
    const noon = new Date(HOURS[0].start);
    await expect(
      source.allocations({
        ...query,
        start: noon,
        end: new Date(HOURS[0].start + 1_800_000),
      }),
    ).rejects.toThrow('on the hour');
    await expect(
      source.allocations({ ...query, start: noon, end: noon }),
    ).rejects.toThrow('at least one hour');
    expect(asked).toEqual([]);
  });
});
