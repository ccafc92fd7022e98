import {
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { KubeConfig } from '@kubernetes/client-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  ClusterInventories,
  clusterInventoriesServiceRef,
} from './ClusterInventories';
import { kubernetesAccessServiceRef } from './KubernetesAccess';

const server = 'https://us-west.example.com';
const lists: string[] = [];
const api = setupServer(
  http.get(`${server}/*`, ({ request }) => {
    lists.push(new URL(request.url).pathname);
    return HttpResponse.json({ metadata: {}, items: [] });
  }),
);

beforeAll(() => api.listen({ onUnhandledRequest: 'error' }));
afterAll(() => api.close());

it('lists a cluster once for all plugins of a portal', async () => {
  const inventories: ClusterInventories[] = [];
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'us-west', server } as never, {
    name: 'reader',
  });
  await startTestBackend({
    features: [
      createServiceFactory({
        service: kubernetesAccessServiceRef,
        deps: {},
        factory: () => ({
          kubeConfigFor: name => (name === 'us-west' ? config : undefined),
          actingKubeConfigFor: () => undefined,
          timeoutMsFor: () => 5000,
        }),
      }),
      ...['cost', 'scaling', 'retention'].map(pluginId =>
        createBackendPlugin({
          pluginId,
          register: env =>
            env.registerInit({
              deps: { service: clusterInventoriesServiceRef },
              init: async ({ service }) => {
                inventories.push(service);
              },
            }),
        }),
      ),
    ],
  });
  const { signal } = new AbortController();
  const read = (each: ClusterInventories, maxAgeMs: number) =>
    each.read('us-west', { signal, maxAgeMs });
  const [first, ...others] = await Promise.all(
    inventories.map(each => read(each, 60_000)),
  );
  expect(first?.workloads).toEqual([]);
  expect(others).toEqual([first, first]);
  const pods = () => lists.filter(path => path === '/api/v1/pods').length;
  expect(pods()).toBe(1);
  await read(inventories[0], 0);
  expect(pods()).toBe(2);
  expect(
    inventories[1].read('another', { signal, maxAgeMs: 0 }),
  ).toBeUndefined();
});
