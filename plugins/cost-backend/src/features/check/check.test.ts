import { once } from 'node:events';
import { createServer, request as httpRequest, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';
import {
  createKubernetesAccess,
  readClusters,
} from '@headroom/plugin-clusters-node';
import { ClusterCheckEvent } from '@headroom/common';
import { inEnglish } from '@headroom/plugin-cost-common/testUtils';
import {
  CheckedConfig,
  CheckStep,
  UsageSource,
} from '@headroom/plugin-cost-node';
import express from 'express';
import request from 'supertest';
import { node } from '../../__testUtils__/FakeUsageSource';
import { readCostConfig } from '../../core/config/readCostConfig';
import { CostSources } from '../../core/CostSources';
import { ClusterChecker } from './ClusterChecker';
import { ClusterChecks } from './ClusterChecks';
import { createCheckRouter } from './checkRouter';

const NOW = new Date('2026-03-02T10:20:00Z');
const HOUR = '2026-03-02T10:00:00.000Z';
const PATH = '/v1/sources/c1/check';

type Steps = (
  signal: AbortSignal,
  configured?: CheckedConfig,
) => AsyncIterable<CheckStep>;

async function* soundSteps(): AsyncGenerator<CheckStep> {
  yield { kind: 'asking', question: 'Is it there?' };
  yield {
    kind: 'finding',
    finding: { id: 'answers', severity: 'right', sentence: 'It is.' },
  };
  yield {
    kind: 'nodes',
    nodes: [
      {
        node: node(HOUR, {
          instanceType: 'm5.2xlarge',
          hourlyPrice: undefined,
        }),
        count: 3,
      },
      {
        node: node(HOUR, { instanceType: 'x99.huge', hourlyPrice: undefined }),
        count: 2,
      },
      // Of unknown type: labels may tell.
      { node: node(HOUR, { instanceType: undefined }), count: 1 },
    ],
  };
}

function appWith(
  options: {
    steps?: Steps | 'no check' | 'no source';
    clusters?: object[];
    prices?: object;
    cost?: object;
    allowed?: boolean;
  } = {},
) {
  const { steps = soundSteps } = options;
  const config = new ConfigReader({
    headroom: {
      clusters: options.clusters ?? [
        {
          name: 'c1',
          title: 'C One',
          prometheus: {
            url: 'http://prometheus.example.com',
            auth: { type: 'bearer', token: 'hunter2' },
          },
        },
      ],
      ...(options.prices && { prices: options.prices }),
      ...(options.cost && { cost: options.cost }),
    },
  } as never);
  const sources = CostSources.create();
  if (steps !== 'no source') {
    const source: UsageSource = {
      id: 'fake',
      supports: () => true,
      endpointOf: cluster => cluster.prometheus,
      observe: async () => {
        throw new Error('not asked');
      },
      ...(steps !== 'no check' && {
        check: (_, signal, configured) => steps(signal, configured),
      }),
    };
    sources.addUsageSource(source);
  }
  const logger = mockServices.logger.mock();
  const auditor = mockServices.auditor.mock();
  const audit = {
    success: jest.fn(async () => {}),
    fail: jest.fn(async () => {}),
  };
  auditor.createEvent.mockResolvedValue(audit);
  const requireSources = jest.fn(async () => {
    if (options.allowed === false) {
      throw new NotAllowedError('You need the permission cost.sources.read');
    }
  });
  const app = express();
  app.use(
    createCheckRouter({
      httpAuth: mockServices.httpAuth({
        pluginId: 'cost',
        defaultCredentials: mockCredentials.user(),
      }),
      checks: ClusterChecks.create({
        clusters: readClusters(config),
        checker: ClusterChecker.create({
          sources,
          config: readCostConfig(config),
          kubernetes: createKubernetesAccess({ config, logger }),
          logger,
          now: () => NOW,
        }),
        authorizer: { requireSources } as never,
        auditor,
        logger,
      }),
    }),
  );
  app.use(mockErrorHandler());
  return { app, audit, auditor, logger, requireSources };
}

function eventsIn(text: string): ClusterCheckEvent[] {
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

async function check(app: express.Express): Promise<ClusterCheckEvent[]> {
  const response = await request(app)
    .post(PATH)
    .buffer(true)
    .parse((res, done) => {
      let text = '';
      res.on('data', chunk => (text += chunk));
      res.on('end', () => done(null, text));
    });
  expect(response.status).toBe(200);
  expect(response.headers['content-type']).toMatch(/^application\/x-ndjson/);
  expect(response.headers['cache-control']).toContain('no-transform');
  const events = eventsIn(response.body);
  events.forEach(expectWorded);
  return events;
}

/** A page words it as it is said; what the fake source says has no words. */
function expectWorded(event: ClusterCheckEvent): void {
  if (event.type === 'asking' && event.wording) {
    expect(inEnglish(event.wording)).toBe(event.question);
  } else if (event.type === 'failed') {
    expect(inEnglish(event.wording)).toBe(event.message);
  } else if (event.type === 'finding' && event.finding.id !== 'answers') {
    const { sentence, effect, wording } = event.finding;
    expect(inEnglish(wording?.sentence)).toBe(sentence);
    expect(inEnglish(wording?.effect)).toBe(effect);
  }
}

const findingsIn = (events: ClusterCheckEvent[]) =>
  events.flatMap(event =>
    event.type === 'finding'
      ? [{ subject: event.subject, ...event.finding }]
      : [],
  );

describe('POST /v1/sources/:cluster/check', () => {
  it('tells, a line an event, what is asked and found', async () => {
    const { app, audit, auditor } = appWith();
    const events = await check(app);
    expect(events[0]).toEqual({
      type: 'started',
      cluster: 'c1',
      title: 'C One',
      source: 'fake',
      simulated: false,
      at: NOW.toISOString(),
    });
    expect(events.at(-1)).toEqual({ type: 'finished', at: NOW.toISOString() });
    expect(events).toContainEqual({
      type: 'asking',
      subject: 'source',
      question: 'Is it there?',
    });
    expect(
      findingsIn(events).map(
        ({ id, severity, subject }) => `${subject} ${severity} ${id}`,
      ),
    ).toEqual([
      'source note credentials',
      'source right answers',
      'prices right prices',
      'prices missing prices-assumed',
      'kubernetes missing kubernetes-access',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/hunter2|example\.com/);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'cluster-check',
        severityLevel: 'medium',
        meta: { cluster: 'c1' },
      }),
    );
    expect(audit.success).toHaveBeenCalledWith({
      meta: { wrong: 0, missing: 2, note: 1, right: 2, end: 'finished' },
    });
  });

  it('tells the source which labels of nodes and pods configuration asks for', async () => {
    const asked: Array<CheckedConfig | undefined> = [];
    const steps: Steps = async function* steps(_, configured) {
      asked.push(configured);
      yield { kind: 'asking', question: 'What is asked for?' };
    };
    await check(
      appWith({
        steps,
        cost: {
          ownerLabels: ['team'],
          links: [
            { cluster: 'c*', labels: { tier: 'web' }, entityRef: 'web' },
            { cluster: 'd*', labels: { other: 'web' }, entityRef: 'web' },
          ],
        },
      }).app,
    );
    expect(asked).toMatchObject([{ linkLabels: ['team', 'tier'] }]);
    expect(asked[0]?.nodeLabels).toBeDefined();
  });

  it('writes the prices that are missing as they belong into the configuration', async () => {
    const found = findingsIn(await check(appWith().app));
    const assumed = found.find(({ id }) => id === 'prices-assumed');
    expect(assumed?.sentence).toContain('2 nodes: 2 × x99.huge in us-west-2');
    expect(assumed?.mend).toEqual({
      where: 'headroom.prices',
      line: "nodes:\n  - { instanceType: x99.huge, region: us-west-2, capacityType: on-demand, hourlyPrice: '…' }",
    });
  });

  it('writes which operating system a missing price is of, and Auto Mode', async () => {
    const unknown = {
      instanceType: 'x99.huge',
      hourlyPrice: undefined,
    };
    const steps: Steps = async function* steps() {
      yield {
        kind: 'nodes',
        nodes: [
          {
            node: node(HOUR, { ...unknown, operatingSystem: 'windows' }),
            count: 2,
          },
          {
            node: node(HOUR, { ...unknown, managedBy: 'eks-auto-mode' }),
            count: 1,
          },
        ],
      };
    };
    const found = findingsIn(await check(appWith({ steps }).app));
    const assumed = found.find(({ id }) => id === 'prices-assumed');
    expect(assumed?.sentence).toContain(
      '2 × x99.huge in us-west-2 with Windows, 1 × x99.huge in us-west-2 in EKS Auto Mode',
    );
    expect(assumed?.mend?.line).toContain('os: windows, hourlyPrice');
    expect(assumed?.mend?.line).toContain('autoMode: true, hourlyPrice');
  });

  it('takes configured prices, and says what nobody knows', async () => {
    const steps: Steps = async function* steps() {
      yield {
        kind: 'nodes',
        nodes: [
          {
            node: node(HOUR, {
              instanceType: 'x99.huge',
              hourlyPrice: undefined,
            }),
            count: 2,
          },
          {
            node: node(HOUR, {
              node: 'vk',
              instanceType: 'acme-pods',
              podPlatform: 'acme-pods',
              billing: 'pods',
              hourlyPrice: undefined,
            }),
            count: 1,
          },
        ],
      };
    };
    const prices = {
      nodes: [{ instanceType: 'x99.huge', hourlyPrice: '9.9' }],
    };
    const found = findingsIn(await check(appWith({ steps, prices }).app));
    expect(found.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'note credentials',
      'right prices',
      'wrong prices-missing',
      'missing kubernetes-access',
    ]);
    expect(found[2].mend?.line).toBe(
      "pods:\n  - { platform: acme-pods, region: us-west-2, cpuCoreHour: '…', memoryGibHour: '…' }",
    );
  });

  it.each([
    ['no source', [{ name: 'c1' }], 'wrong no-source', /prometheus: \{ url/],
    [
      'no source',
      undefined,
      'wrong no-source',
      /backend\.add\(import\('@headroom\/plugin-cost-backend-module-prometheus'/,
    ],
    [
      'no source',
      [{ name: 'c1', opencost: { url: 'http://opencost.example.com' } }],
      'wrong no-source',
      /plugin-cost-backend-module-opencost'/,
    ],
    ['no check', undefined, 'note no-check', /^$/],
  ] as const)(
    'says that there is %s',
    async (steps, clusters, expected, line) => {
      const found = findingsIn(
        await check(
          appWith({ steps, clusters: clusters && [...clusters] }).app,
        ),
      );
      const finding = found.find(
        ({ id, severity }) => `${severity} ${id}` === expected,
      );
      expect(finding).toBeDefined();
      expect(finding?.mend?.line ?? '').toMatch(line);
    },
  );

  it('goes on with the rest when the check of a source breaks off, saying nothing of why', async () => {
    const { app, logger } = appWith({
      steps: async function* steps() {
        yield { kind: 'asking', question: 'What?' };
        throw new Error('password of db.internal');
      },
    });
    const events = await check(app);
    expect(findingsIn(events).map(({ id }) => id)).toEqual([
      'credentials',
      'check-broke-off',
      'kubernetes-access',
    ]);
    expect(JSON.stringify(events)).not.toContain('db.internal');
    expect(logger.error).toHaveBeenCalled();
  });

  it('is for those who may see sources, and for known clusters', async () => {
    const { app, audit } = appWith({ allowed: false });
    expect((await request(app).post(PATH)).status).toBe(403);
    expect(audit.fail).toHaveBeenCalledTimes(1);
    const allowed = appWith();
    const unknown = await request(allowed.app).post('/v1/sources/c2/check');
    expect(unknown.status).toBe(404);
    expect(allowed.auditor.createEvent.mock.calls[0][0].meta).toEqual({
      cluster: 'unknown',
    });
    const parameter = await request(allowed.app).post(`${PATH}?url=http://x`);
    expect(parameter.status).toBe(400);
    expect(parameter.body.error.message).toContain(
      'url is not known here; there are no parameters',
    );
    expect((await request(allowed.app).get(PATH)).status).toBe(404);
  });
});

describe('a check that takes long', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** A check that waits until it is let go or told to stop. */
  function waiting() {
    const held = { stopped: false, go: () => {} };
    const steps: Steps = async function* steps(signal) {
      yield { kind: 'asking', question: 'Anybody?' };
      await new Promise<void>((resolve, reject) => {
        held.go = resolve;
        signal.addEventListener('abort', () => {
          held.stopped = true;
          reject(signal.reason);
        });
      });
    };
    return { held, steps };
  }

  async function listen(app: express.Express): Promise<number> {
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** Resolves when the question came through, with what ends the request. */
  async function begin(port: number) {
    const sent = httpRequest({ port, path: PATH, method: 'POST' });
    sent.on('error', () => {});
    sent.end();
    const [response] = await once(sent, 'response');
    await new Promise<void>(resolve => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk;
        if (text.includes('Anybody?')) {
          resolve();
        }
      });
    });
    return { sent, response };
  }

  it('shows what it asks at once, is the only one of its cluster, and ends', async () => {
    const { held, steps } = waiting();
    const { app } = appWith({ steps });
    const port = await listen(app);
    const { response } = await begin(port);
    const second = await request(app).post(PATH);
    expect(second.status).toBe(409);
    expect(second.body.error.message).toMatch(/C One is under way/);
    held.go();
    await once(response, 'end');
    expect(held.stopped).toBe(false);
  });

  it('stops when its caller leaves, and may then be begun again', async () => {
    const { held, steps } = waiting();
    const { app, audit } = appWith({ steps });
    const port = await listen(app);
    const { sent } = await begin(port);
    sent.destroy();
    while (audit.success.mock.calls.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    expect(held.stopped).toBe(true);
    expect(audit.success.mock.calls[0]).toEqual([
      { meta: expect.objectContaining({ end: 'cancelled' }) },
    ]);
    const { response } = await begin(port);
    held.go();
    await once(response, 'end');
  });
});
