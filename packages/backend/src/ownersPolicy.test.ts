import http from 'node:http';
import { AddressInfo } from 'node:net';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { kubernetesPermissions } from '@backstage/plugin-kubernetes-common';
import permissionPlugin from '@backstage/plugin-permission-backend';
import allowAllPolicy from '@backstage/plugin-permission-backend-module-allow-all-policy';
import { Permission } from '@backstage/plugin-permission-common';
import costPlugin from '@headroom/plugin-cost-backend';
import { costPermissions } from '@headroom/plugin-cost-common';
import { scalingPermissions } from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import request from 'supertest';
import ownersPolicy from './ownersPolicy';
import { scheduler } from './scheduler';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const TEAMS: Record<string, string[]> = {
  'user:default/alice': ['user:default/alice', 'group:default/shop'],
  'user:default/pat': ['user:default/pat', 'group:default/platform'],
};
const SERVICE = '/api/cost/v1/services/component/default';
const SECRETS = '/api/kubernetes/proxy/api/v1/secrets';

/** A Kubernetes API that remembers what it was asked for. */
let kubernetes: http.Server;
let asked: string[] = [];

beforeAll(async () => {
  kubernetes = http.createServer((req, res) => {
    asked.push(req.url ?? '');
    res.setHeader('content-type', 'application/json');
    res.end('{}');
  });
  await new Promise<void>(resolve =>
    kubernetes.listen(0, '127.0.0.1', resolve),
  );
});
afterAll(() => {
  kubernetes.close();
});
beforeEach(() => {
  asked = [];
});

/** Who asks on behalf of a user is known as such; in Backstage's mock it is not. */
const onBehalfOfUsers = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const mock = mockServices.httpAuth({ pluginId: plugin.getId() });
    const { credentials } = mock;
    mock.credentials = async (req, options) => {
      const found = await credentials.call(mock, req, options);
      const { userEntityRef } = found.principal as { userEntityRef?: string };
      return userEntityRef &&
        req.headers.authorization?.startsWith('Bearer mock-service-token')
        ? mockCredentials.user(userEntityRef, { actor: { subject: 'plugin' } })
        : (found as any); // of the type that was allowed
    };
    return mock;
  },
});

async function start(policy: BackendFeature) {
  const knex = await databases.init('POSTGRES_18');
  const { port } = kubernetes.address() as AddressInfo;
  const { server } = await startTestBackend({
    features: [
      policy,
      scheduler,
      permissionPlugin,
      kubernetesPlugin,
      costPlugin,
      permissionsServiceFactory,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      onBehalfOfUsers,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async credentials => {
            const { userEntityRef } = credentials.principal as {
              userEntityRef: string;
            };
            return { userEntityRef, ownershipEntityRefs: TEAMS[userEntityRef] };
          },
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          permission: {
            enabled: true,
            platformTeams: ['group:default/platform'],
          },
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  {
                    name: 'c1',
                    url: `http://127.0.0.1:${port}`,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'x',
                    skipTLSVerify: true,
                  },
                ],
              },
            ],
          },
          headroom: {
            clusters: [
              {
                name: 'c1',
                prometheus: { url: 'http://prometheus.example.com' },
              },
            ],
          },
        },
      }),
    ],
  });
  await addEntities(knex);
  const as = (userEntityRef: string) => ({
    get: (path: string) =>
      request(server)
        .get(path)
        .set('Authorization', mockCredentials.user.header(userEntityRef))
        .set('Backstage-Kubernetes-Cluster', 'c1'),
    decisions: async (permissions: Permission[]) => {
      const { body } = await request(server)
        .post('/api/permission/authorize')
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.user(userEntityRef),
            targetPluginId: 'permission',
          }),
        )
        .send({
          items: permissions.map((permission, i) => ({
            id: `${i}`,
            permission,
          })),
        });
      return Object.fromEntries(
        permissions.map(({ name }, i) => [name, body.items[i].result]),
      );
    },
  });
  return { alice: as('user:default/alice'), pat: as('user:default/pat') };
}

async function addEntities(knex: Knex) {
  for (const [name, owner] of [
    ['web', 'group:default/shop'],
    ['api', 'group:default/other'],
  ]) {
    await knex('cost_entities').insert({
      entity_ref: `component:default/${name}`,
      kind: 'component',
      namespace: 'default',
      name,
      owner_refs: [owner],
      labels: '{}',
      annotations: '{}',
    });
  }
}

const EVERY_PERMISSION = [
  ...costPermissions,
  ...scalingPermissions,
  ...kubernetesPermissions,
  ...catalogPermissions,
];

describe('the policy that is shipped for a first look', () => {
  it('lets every user ask a cluster for anything', async () => {
    const { alice } = await start(allowAllPolicy);
    expect(await alice.decisions(kubernetesPermissions)).toMatchObject({
      'kubernetes.proxy': 'ALLOW',
    });
    // The proxy itself does not run here; it refuses nobody.
    expect((await alice.get(SECRETS)).status).not.toBe(403);
  });
});

describe('the policy for production', () => {
  it('shows people what their teams own, and nothing else', async () => {
    const { alice } = await start(ownersPolicy);
    expect((await alice.get(`${SERVICE}/web`)).status).toBe(200);
    const foreign = await alice.get(`${SERVICE}/api`);
    expect(foreign.status).toBe(403);
    const fleet = await alice.get('/api/cost/v1/fleet');
    expect([fleet.status, fleet.body.restricted]).toEqual([200, true]);
    expect((await alice.get('/api/cost/v1/sources')).status).toBe(403);
  });

  it('closes the way to clusters, for platform teams too', async () => {
    const { alice, pat } = await start(ownersPolicy);
    for (const user of [alice, pat]) {
      expect((await user.get(SECRETS)).status).toBe(403);
    }
    expect((await alice.get('/api/kubernetes/clusters')).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('decides about every permission of these plugins as the documentation says', async () => {
    const { alice, pat } = await start(ownersPolicy);
    const own = await alice.decisions(EVERY_PERMISSION);
    const allowed = (result: string) =>
      Object.keys(own).filter(name => own[name] === result);
    expect(allowed('ALLOW')).toEqual(['catalog.entity.read']);
    expect(allowed('CONDITIONAL')).toEqual([
      'cost.read',
      'cost.advice.decide',
      'cost.budget.write',
      'cost.anomaly.decide',
      'scaling.read',
      'scaling.policy.write',
      'scaling.approve',
      'scaling.override',
      'scaling.kill',
    ]);
    const all = await pat.decisions(EVERY_PERMISSION);
    expect(Object.keys(all).filter(name => all[name] !== 'ALLOW')).toEqual([
      'kubernetes.proxy',
    ]);
  });

  it('leaves scheduled tasks to services', async () => {
    const { alice, pat } = await start(ownersPolicy);
    for (const user of [alice, pat]) {
      const tasks = await user.get('/api/cost/.backstage/scheduler/v1/tasks');
      expect(tasks.status).toBe(403);
    }
  });
});
