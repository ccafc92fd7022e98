import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createClusterVersions,
  createKubernetesAccess,
} from '@headroom/plugin-clusters-node';
import { sayManifest } from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import {
  know,
  ScalingBackend,
  startScalingBackend,
  storedEntity,
  until,
} from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import { startTestCluster, TestCluster } from '../../__testUtils__/demo';
import { Caller } from '../../core/ScalingScopes';
import { Sight } from '../../core/Sight';
import { ManifestChecks } from './ManifestChecks';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const IMPORTER = 'component:default/legacy-importer';
const MANIFESTS =
  '/api/scaling/v1/entities/component/default/legacy-importer/manifests';

let cluster: TestCluster;
let knex: Knex;
let backend: ScalingBackend;
let api: Server;

beforeAll(async () => {
  cluster = await startTestCluster();
  knex = await postgres.migrated();
  await know(
    knex,
    [storedEntity({ entityRef: IMPORTER, name: 'legacy-importer' })],
    { 'legacy/Deployment/legacy-importer': IMPORTER },
  );
  backend = await startScalingBackend({
    knex,
    clusters: { 'us-west': cluster.url },
  });
  await until(
    async () => (await backend.api.get('/api/scaling/v1/workloads')).body.total,
    total => total > 0,
    'The cluster',
  );
});

afterAll(async () => {
  await backend?.stop();
  await cluster?.demo.stop();
  api?.close();
});

describe('manifests of a service', () => {
  it('are checked as its clusters have them', async () => {
    const { status, body } = await backend.api.get(MANIFESTS);
    expect(status).toBe(200);
    const [place] = body.places;
    expect(place.place).toEqual({
      type: 'cluster',
      cluster: 'us-west',
      namespace: 'legacy',
    });
    expect(place.objects).toBeGreaterThan(0);
    expect(place.unknown).toEqual([]);
    expect(place.findings).toContainEqual(
      expect.objectContaining({
        rule: 'K60',
        object: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'legacy',
          name: 'legacy-importer',
        },
      }),
    );
    // What only a file can have, and what an API server fills in.
    const rules = place.findings.map(({ rule }: { rule: string }) => rule);
    for (const rule of ['M7', 'M38', 'K1', 'K2', 'K38', 'K41']) {
      expect(rules).not.toContain(rule);
    }
    expect(body.notes).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('headroom.io/manifests'),
      }),
    ]);
  });

  it('are not none of a service that was not read from the catalog yet', async () => {
    const { status, body } = await backend.api.get(
      MANIFESTS.replace('legacy-importer', 'just-created'),
    );
    expect([status, body.error.message]).toEqual([
      404,
      expect.stringContaining('just-created is not in the catalog'),
    ]);
  });

  it('are of services only that the caller may see', async () => {
    const other = await startScalingBackend({
      knex,
      clusters: { 'us-west': cluster.url },
      decision: { result: AuthorizeResult.DENY },
    });
    const { status } = await other.api.get(MANIFESTS);
    const posted = await other.api
      .post('/api/scaling/v1/manifests/checks')
      .send({ files: [{ path: 'a.yaml', text: 'a: 1' }] });
    expect([status, posted.status]).toEqual([403, 403]);
    await other.stop();
  });
});

describe('manifests that are sent', () => {
  const url = '/api/scaling/v1/manifests/checks';

  it('are checked with file and line', async () => {
    const { status, body } = await backend.api.post(url).send({
      files: [
        {
          path: 'vpa.yaml',
          text: 'apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: { name: web }\nspec:\n  updatePolicy: { updateMode: Off }\n',
        },
        { path: 'broken.yaml', text: 'a: [' },
      ],
      context: { kubernetesVersion: '1.36', namespace: 'shop' },
    });
    expect(status).toBe(200);
    expect(body.objects).toBe(1);
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        rule: 'M1',
        file: 'vpa.yaml',
        line: 5,
        object: expect.objectContaining({ namespace: 'shop' }),
      }),
    );
    expect(body.unread).toEqual([
      expect.objectContaining({ file: 'broken.yaml' }),
    ]);
  });

  it.each<[string, object]>([
    ['files', {}],
    ['files', { files: [] }],
    ['text', { files: [{ path: 'a.yaml' }] }],
    ['context', { files: [{ path: 'a', text: '' }], context: { a: 1 } }],
    ['files', { files: Array(201).fill({ path: 'a', text: '' }) }],
  ])('are refused at %s', async (field, request) => {
    const { status, body } = await backend.api.post(url).send(request);
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining(field),
    ]);
  });

  it('are refused where they are too large', async () => {
    const { status } = await backend.api
      .post(url)
      .send({ files: [{ path: 'a.yaml', text: 'x'.repeat(300 * 1024) }] });
    expect(status).toBe(413);
  });
});

/** What a cluster that is older than its autoscaler lists. */
const ITEMS: Record<string, object[]> = {
  deployments: [
    {
      metadata: { name: 'web', namespace: 'shop' },
      spec: { template: { spec: { containers: [{ name: 'web' }] } } },
    },
  ],
  verticalpodautoscalers: [
    {
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        updatePolicy: { updateMode: 'InPlaceOrRecreate' },
      },
    },
  ],
};

describe('a source that does not answer', () => {
  it.each<[string, object]>([
    ['is unknown by name, and never nothing found', { gitVersion: 'v1.32.4' }],
    ['is unknown by name, its version too', {}],
  ])('%s', async (_, version) => {
    const isKnown = 'gitVersion' in version;
    api?.close();
    api = createServer((req, res) => {
      const kind = req.url?.split('?')[0].split('/').pop();
      const status = { networkpolicies: 403, scaledobjects: 404 }[kind ?? ''];
      res.writeHead(status ?? 200, { 'Content-Type': 'application/json' });
      if (kind === 'version') {
        res.end(JSON.stringify(version));
        return;
      }
      res.end(
        JSON.stringify(
          status
            ? {
                kind: 'Status',
                code: status,
                reason: status === 403 ? 'Forbidden' : 'NotFound',
                message: 'no',
              }
            : {
                kind: 'List',
                metadata: {},
                items: ITEMS[kind ?? ''] ?? [],
              },
        ),
      );
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => api.once('listening', resolve));
    const { port } = api.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const kubernetes = createKubernetesAccess({
      config: new ConfigReader({
        headroom: {
          clusters: [{ name: 'c', kubernetes: { url, token: 'r' } }],
        },
      }),
      logger: mockServices.logger.mock(),
    });
    const target = (name: string) => ({
      entityRef: 'component:default/web',
      workload: {
        cluster: name,
        namespace: 'shop',
        kind: 'Deployment',
        name: 'web',
      },
    });
    const checks = ManifestChecks.create({
      kubernetes,
      versions: createClusterVersions({ access: kubernetes }),
      fleet: {
        recent: async () =>
          ({
            targets: () => [target('c'), target('gone')],
            clusters: [{ config: { name: 'dark' } }],
          } as never),
      },
      links: { entity: async () => undefined },
      manifests: {
        readAll: async () => ({
          url: 'https://forge/acme/web/tree/main/deploy',
          isPart: false,
          isOwn: true,
          files: [
            {
              path: 'web.yaml',
              text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template: { spec: { containers: [{ name: web, image: "web:latest" }] } }\n',
            },
            { path: 'chart/web.yaml', text: 'name: web\n{{- if .x }}\na: }' },
          ],
        }),
      },
    });
    const caller = { read: Sight.grant() } as Caller;
    const { places, notes } = await checks.ofEntity(
      caller,
      'component:default/web',
      new AbortController().signal,
    );
    expect(notes).toEqual([sayManifest('clusterUnseen', { cluster: 'dark' })]);
    const [live, gone, written] = places;
    expect(live.unknown).toEqual([
      sayManifest('kindsUnread', {
        cluster: 'c',
        namespace: 'shop',
        failure: 'Forbidden',
        kinds: 'NetworkPolicy',
      }),
      ...(isKnown
        ? []
        : [sayManifest('versionUnread', { cluster: 'c', failure: 'Failed' })]),
    ]);
    const rules = live.findings.map(({ rule }) => rule);
    expect(rules).toContain('K10');
    // It fires on clusters whose version is known to be too old.
    expect(rules.includes('M5')).toBe(isKnown);
    expect(rules).toContain('K42');
    expect(rules).not.toContain('K60');
    expect(gone).toMatchObject({
      objects: 0,
      findings: [],
      unknown: [sayManifest('clusterUnread', { cluster: 'gone' })],
    });
    expect(written.place).toEqual({
      type: 'repository',
      url: 'https://forge/acme/web/tree/main/deploy',
    });
    expect(written.findings).toContainEqual(
      expect.objectContaining({ rule: 'K13', file: 'web.yaml', line: 5 }),
    );
    expect(written.unknown.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^chart\/web\.yaml was not checked\./),
    ]);
  });
});
