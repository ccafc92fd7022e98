import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ClusterConfig } from '../clusters';
import { ClusterSection } from './ClusterSection';
import { clustersServiceRef } from './clustersService';

const url = 'http://x.example.com';
const opencost = ClusterSection.endpoint('opencost');

/** Plugins of one back end: each with a module that reads its own section. */
async function start(
  entry: object,
  sections: ClusterSection<unknown>[] = [opencost],
) {
  const lists: ClusterConfig[][] = [];
  const logger = mockServices.rootLogger.mock();
  logger.child.mockReturnValue(logger);
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: { headroom: { clusters: [{ name: 'eu', ...entry }] } },
      }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => logger,
      }),
      ...sections.flatMap((section, index) => [
        createBackendPlugin({
          pluginId: `plugin${index}`,
          register: env =>
            env.registerInit({
              deps: { clusters: clustersServiceRef },
              init: async ({ clusters }) => {
                lists.push(clusters.list());
              },
            }),
        }),
        createBackendModule({
          pluginId: `plugin${index}`,
          moduleId: 'section',
          register: env =>
            env.registerInit({
              deps: { clusters: clustersServiceRef },
              init: async ({ clusters }) => clusters.register(section),
            }),
        }),
      ]),
    ],
  });
  await backend.stop();
  return { lists, warnings: logger.warn.mock.calls.map(([text]) => text) };
}

describe('clustersServiceRef', () => {
  it('is one for all plugins, each with modules that read sections of their own', async () => {
    const eks = ClusterSection.endpoint('eks');
    const { lists, warnings } = await start(
      { opencost: { url }, eks: { url: `${url}/eks` }, aks: {} },
      [opencost, eks],
    );
    expect(lists).toHaveLength(2);
    for (const [cluster] of lists) {
      expect(opencost.of(cluster)?.url).toBe(url);
      expect(eks.of(cluster)?.url).toBe(`${url}/eks`);
    }
    // Only what no module of any plugin reads.
    expect(warnings).toEqual([
      'No installed module reads aks of cluster eu under headroom.clusters; install the module that does, or remove it',
    ]);
  });

  it('does not start with a section that can’t be read', async () => {
    await expect(start({ opencost: { url: 'ftp://x' } })).rejects.toThrow(
      "Invalid configuration: headroom.clusters[0].opencost.url 'ftp://x': must start with http:// or https://",
    );
  });

  it('does not start with a section that is spelt like one that is read', async () => {
    await expect(start({ openCost: { url } })).rejects.toThrow(
      'headroom.clusters[0].openCost: is not known; opencost is probably meant',
    );
  });
});
