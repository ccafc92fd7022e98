import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import { JsonObject } from '@backstage/types';
import { HOUR_MS } from '@headroom/common';
import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';
import costPlugin from '@headroom/plugin-cost-backend';
import costModuleDemo from '@headroom/plugin-cost-backend-module-demo';
import {
  CostEstimate,
  RunningService,
  ServiceCostReport,
} from '@headroom/plugin-cost-common';
import {
  completeSpec,
  demandsOf,
  renderService,
  serviceSpecSchema,
} from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import request from 'supertest';

jest.setTimeout(180_000);

/** What is created, so long before now that it has a bill. */
const AGO_MS = 8 * HOUR_MS;
const SPEC = serviceSpecSchema.parse(
  completeSpec({
    kind: 'web-service',
    name: 'parcel-tracker',
    namespace: 'parcels',
    cluster: 'us-west',
    owner: 'group:default/platform',
    image: 'ghcr.io/parcels/parcel-tracker:0.1.0',
    timezone: 'America/Los_Angeles',
  }),
);
const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: parcel }
spec:
  owner: group:default/platform
  type: service
  parameters:
    - properties: { repoUrl: { type: string }, deployTo: { type: string } }
  steps:
    - id: files
      action: fetch:plain
      input: { url: ./skeleton }
    - id: publish
      action: publish:github
      input:
        repoUrl: \${{ parameters.repoUrl }}
        description: Where a parcel is
        defaultBranch: main
        topics: ['deploy-to-\${{ parameters.deployTo }}']
    - id: register
      action: catalog:register
      input:
        repoContentsUrl: \${{ steps.publish.output.repoContentsUrl }}
        catalogInfoPath: /catalog-info.yaml
`;
const COMPONENT = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: parcel-tracker
  annotations: { backstage.io/kubernetes-id: parcel-tracker }
spec: { type: service, lifecycle: production, owner: group:default/platform }
`;

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
let directory: string;
let demo: DemoCluster;
let behindMs = AGO_MS;
const backends: TestBackend[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'creating-'));
  demo = await startDemoCluster({
    start: new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 72 * HOUR_MS),
    now: () => new Date(Date.now() - behindMs),
    ports: { 'us-west': 0, 'eu-central': 0 },
    forge: { port: 0, directory: join(directory, 'forge') },
  });
  await write('template.yaml', TEMPLATE);
  await write('skeleton/catalog-info.yaml', COMPONENT);
  for (const { path, text } of renderService(SPEC)) {
    await write(`skeleton/manifests/${path}`, text);
  }
});

afterAll(async () => {
  await Promise.all(backends.map(backend => backend.stop()));
  await demo?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** A back end whose plugins have databases of their own. */
async function start(features: BackendFeature[], data: JsonObject) {
  const clients = new Map<string, Promise<Knex>>();
  const database = createServiceFactory({
    service: coreServices.database,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }) => {
      const id = plugin.getId();
      const client = clients.get(id) ?? databases.init('POSTGRES_18');
      clients.set(id, client);
      return { getClient: () => client };
    },
  });
  const backend = await startTestBackend({
    features: [
      database,
      schedulerServiceFactory,
      mockServices.rootConfig.factory({ data }),
      ...features,
    ],
  });
  backends.push(backend);
  return request(backend.server);
}

async function until<T>(
  find: () => Promise<T | undefined>,
  what: string | (() => string),
): Promise<T> {
  for (let tries = 0; tries < 240; tries += 1) {
    const found = await find();
    if (found !== undefined) {
      return found;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 250);
    });
  }
  throw new Error(
    `There was no ${typeof what === 'string' ? what : what()} within a minute`,
  );
}

/** Has the scaffolder make the service; the entity that the catalog reads from the forge. */
async function create(): Promise<any> {
  const host = demo.forgeUrl!.replace('http://', '');
  const portal = await start(
    [catalogPlugin, templateModel, scaffolderPlugin, githubModule],
    {
      backend: { workingDirectory: directory },
      integrations: {
        github: [
          {
            host,
            apiBaseUrl: `${demo.forgeUrl}/api/v3`,
            token: 'simulated',
          },
        ],
      },
      catalog: {
        processingInterval: { seconds: 5 },
        rules: [{ allow: ['Component', 'Location', 'Template'] }],
        locations: [{ type: 'file', target: join(directory, 'template.yaml') }],
      },
    },
  );
  const as = mockCredentials.user.header();
  const entityOf = (kind: string, name: string) => async () => {
    const { status, body } = await portal
      .get(`/api/catalog/entities/by-name/${kind}/default/${name}`)
      .set('Authorization', as);
    return status === 200 ? body : undefined;
  };
  await until(entityOf('template', 'parcel'), 'template in the catalog');
  const { status, body } = await portal
    .post('/api/scaffolder/v2/tasks')
    .set('Authorization', as)
    .send({
      templateRef: 'template:default/parcel',
      values: {
        repoUrl: `${host}?owner=parcels&repo=parcel-tracker`,
        deployTo: 'us-west',
      },
    });
  expect([status, body.error]).toEqual([201, undefined]);
  await until(async () => {
    const task = await portal
      .get(`/api/scaffolder/v2/tasks/${body.id}`)
      .set('Authorization', as);
    if (task.body.status === 'failed') {
      const events = await portal
        .get(`/api/scaffolder/v2/tasks/${body.id}/events?after=0`)
        .set('Authorization', as);
      throw new Error(JSON.stringify(events.body, undefined, 1).slice(-4000));
    }
    return task.body.status === 'completed' ? true : undefined;
  }, 'end of the task');
  return until(entityOf('component', 'parcel-tracker'), 'entity');
}

it('creates a service that runs in the demo, and costs there what was said', async () => {
  const entity = await create();
  expect(entity.metadata.annotations).toMatchObject({
    'backstage.io/source-location': `url:${demo.forgeUrl}/parcels/parcel-tracker/tree/main/`,
  });
  const deployment = `${demo.urls['us-west']}/apis/apps/v1/namespaces/parcels/deployments/parcel-tracker`;
  await until(async () => {
    const { ok } = await fetch(deployment);
    return ok ? true : undefined;
  }, 'Deployment');
  expect(
    await (await fetch(`${demo.forgeUrl}/parcels/parcel-tracker`)).text(),
  ).not.toContain('<li>');

  // Hours pass.
  behindMs = 0;
  const cost = await start(
    [
      costPlugin,
      costModuleDemo,
      catalogServiceMock.factory({ entities: [entity] }),
    ],
    {
      headroom: {
        clusters: [
          {
            name: 'us-west',
            title: 'US West',
            demo: { url: demo.urls['us-west'] },
            kubernetes: { url: demo.urls['us-west'], token: 'reads' },
          },
        ],
        cost: {
          ingest: {
            backfill: { days: 3 },
            share: 1,
            initialDelay: { seconds: 0 },
          },
          entities: { initialDelay: { seconds: 0 } },
          inventory: {
            frequency: { seconds: 5 },
            initialDelay: { seconds: 0 },
          },
        },
      },
    },
  );
  const as = mockCredentials.user.header();
  const days = {
    from: new Date(Date.now() - AGO_MS - 2 * HOUR_MS)
      .toISOString()
      .slice(0, 10),
    to: new Date(Date.now() + 24 * HOUR_MS).toISOString().slice(0, 10),
  };
  const report = async () => {
    const { body } = await cost
      .get('/api/cost/v1/services/component/default/parcel-tracker')
      .query(days)
      .set('Authorization', as);
    return body as ServiceCostReport;
  };
  const dataUntil = await until(async () => {
    const { status, dataUntil: end, days: each } = await report();
    return status === 'ok' && each?.every(day => !day.missingHours)
      ? end
      : undefined;
  }, 'report without missing hours');

  // Asked once it is known what nodes cost: for some minutes the answer stays.
  const { body } = await cost
    .post('/api/cost/v1/estimates')
    .set('Authorization', as)
    .send({ cluster: 'us-west', pods: demandsOf(SPEC) });
  const estimate = body as CostEstimate;
  expect(estimate.complete).toBe(true);
  const expected =
    ((await replicaHours(dataUntil!)) * Number(estimate.monthly.min)) /
    SPEC.replicas.min /
    estimate.hoursPerMonth;
  let total = NaN;
  await until(
    async () => {
      total = Number((await report()).headline?.total);
      return Math.abs(total / expected - 1) < 0.01 ? true : undefined;
    },
    () => `cost of ${expected}, but ${total},`,
  );

  // What runs now is told without any hour of it, and is as dear as was said.
  const running = await until(async () => {
    const answer = await cost
      .get('/api/cost/v1/services/component/default/parcel-tracker/running')
      .set('Authorization', as);
    return answer.body.monthly ? (answer.body as RunningService) : undefined;
  }, 'what runs now');
  expect(running).toMatchObject({ complete: true, unknown: [] });
  const aReplica = Number(running.monthly) / running.replicas;
  const said = Number(estimate.monthly.min) / SPEC.replicas.min;
  expect(Math.abs(aReplica / said - 1)).toBeLessThan(0.01);
});

/** Hours that its replicas ran until then, by the cluster's own count. */
async function replicaHours(dataUntil: string): Promise<number> {
  const end = Date.parse(dataUntil);
  const usage = await fetch(
    `${demo.urls['us-west']}/telemetry/v1/usage?start=${new Date(
      end - AGO_MS - HOUR_MS,
    ).toISOString()}&end=${new Date(end).toISOString()}`,
  );
  const { containers } = (await usage.json()) as any;
  const hours =
    containers
      .filter((each: any) => each.workload === 'parcel-tracker')
      .reduce((sum: number, each: any) => sum + each.runSeconds, 0) / 3600;
  // The hour that is not over, and the one that may not be settled, are not in yet.
  expect(hours).toBeGreaterThan(2 * 6);
  return hours;
}
